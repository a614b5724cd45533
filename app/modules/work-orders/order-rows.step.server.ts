import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { effectRow, entryRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type NewOrder, newOrder } from "./new-order.store.server";
import type { Change, Order } from "./order";
import { workOrderStore } from "./work-order.store.server";

type Needs = ScopedDatabase<"staff"> | ScopedDatabase<"job">;

/** An order, for a use case of another module that changes it in a batch of its own. */
export const findOrder = async (db: Needs, id: Id<"workOrder">): Promise<Order | null> => (await workOrderStore(db).find(id))?.order ?? null;

/** A new order as statements for that batch. */
export function newOrderRows(db: Needs, order: NewOrder, at: UtcMs): Statement[] {
  const { entry, rows, effects } = newOrder(db, order, at);
  return [entryRow(db, entry), ...rows, ...effects.map((effect) => effectRow(db, effect, at))];
}

/** Writes the sums that lists show of an order that was just opened with lines. */
export const saveSums = (db: Needs, id: Id<"workOrder">, today: string): Promise<void> => workOrderStore(db).saveSums(id, today);

/** A decided change as statements for that batch, which fails as a whole if the order was changed meanwhile. */
export const orderRows = (db: Needs, order: Order, change: Change, at: UtcMs): Statement[] => workOrderStore(db).rowsOf(order, change, at);
