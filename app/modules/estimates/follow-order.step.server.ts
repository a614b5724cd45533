import type { Id } from "~/kernel/ids";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { Order } from "~/modules/work-orders/order";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { estimateStore } from "./estimate.store.server";

/** The estimates that lines of an order are on: those of which all lines move with them, and those of which some stay. */
export function estimatesOf(order: Order, moved: readonly Id<"line">[]): { whole: Id<"estimate">[]; split: Id<"estimate">[] } {
  const lines = linesOf(order);
  const ids = [...new Set(lines.filter(({ id }) => moved.includes(id)).flatMap(({ offer }) => offer?.estimateId ?? []))];
  const isWhole = (id: Id<"estimate">) => lines.every((line) => line.offer?.estimateId !== id || moved.includes(line.id));
  return { whole: ids.filter(isWhole), split: ids.filter((id) => !isWhole(id)) };
}

/** Takes estimates along to the order that their lines go to. */
export const followOrderRows = (db: ScopedDatabase<"staff">, ids: readonly Id<"estimate">[], to: Id<"workOrder">): Statement[] =>
  ids.map((id) => estimateStore(db).orderRow(id, to));
