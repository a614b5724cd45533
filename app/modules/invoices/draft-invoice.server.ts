import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { readOrderWork } from "~/modules/work-orders/lines/order-work.step.server";
import { canBill } from "~/modules/work-orders/work-order";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoiceStore, MOST_ORDERS } from "./invoice.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type DraftRefusal =
  | { kind: "no-orders" }
  | { kind: "too-many" }
  | { kind: "not-found" }
  | { kind: "own-fleet" }
  | { kind: "not-done"; message: string }
  | { kind: "order-taken" }
  | IdTaken;

/** Creates a draft for completed orders of one customer. Submitted twice, it is one draft. */
export async function draftInvoice(
  s: Needs,
  draft: { id: Id<"invoice">; customerId: Id<"customer">; orders: readonly Id<"workOrder">[] },
): Promise<Result<null, DraftRefusal>> {
  const orders = [...new Set(draft.orders)];
  if (orders.length === 0) return err({ kind: "no-orders" });
  if (orders.length > MOST_ORDERS) return err({ kind: "too-many" });
  const store = invoiceStore(s.db);
  const known = await store.find(draft.id);
  if (known) return known.customerId === draft.customerId && isSame(await store.orderIdsOf(draft.id), orders) ? ok(null) : err({ kind: "id-taken" });
  const { orders: works } = await readOrderWork(s.db, orders);
  if (works.length !== orders.length || works.some(({ customerId }) => customerId !== draft.customerId)) return err({ kind: "not-found" });
  if (await store.isSelf(draft.customerId)) return err({ kind: "own-fleet" });
  for (const { state, order } of works) {
    const allowed = canBill(state);
    if (allowed !== true) return err({ kind: "not-done", message: `WO-${order}: ${allowed}` });
  }
  return store.draft({ ...draft, orders }, s.clock.now());
}

const isSame = (kept: readonly string[], sent: readonly string[]): boolean => kept.length === sent.length && sent.every((id) => kept.includes(id));
