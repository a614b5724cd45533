import type { Id } from "~/kernel/ids";
import { whyUndecided } from "~/modules/inspections/defects/fleet-repair";
import type { InvoiceGroup } from "./invoice-lines";

type Repaired = Parameters<typeof whyUndecided>[0][number] & { workOrderId: Id<"workOrder"> | null };
type Work = { group: Pick<InvoiceGroup, "orderId" | "order"> };

export const orderIdsIn = (works: readonly Work[]): Id<"workOrder">[] => works.map(({ group }) => group.orderId);

/** Why these orders aren't billed: a fleet certified a repair itself that is still on one of them. Null where nothing is undecided. */
export function repairsUndecided(repaired: readonly Repaired[], works: readonly Work[]): string | null {
  const work = works.find(({ group }) => repaired.some(({ workOrderId }) => workOrderId === group.orderId));
  return work ? `WO-${work.group.order}: ${whyUndecided(repaired.filter(({ workOrderId }) => workOrderId === work.group.orderId))}` : null;
}
