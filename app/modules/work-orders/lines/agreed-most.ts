import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { priceOf } from "../jobs/job";
import type { Order } from "../order";
import { decidedOn, decisionsOn } from "./authorization";
import { linesOf, totalUnder } from "./order-authorization";

/**
 * What the customer agreed to at most once approved lines are withdrawn or removed. The approved total is lower by what
 * they came to; a limit that was named ends with the last line approved in the answer that named it.
 */
export function mostWithout(order: Order, withdrawn: readonly Id<"line">[]): Pick<Order, "most" | "mostNamedOn"> {
  const authorized = linesOf(order).filter(({ id }) => decidedOn(order, id).state === "authorized");
  const kept = authorized.filter(({ id }) => !withdrawn.includes(id));
  const totalOf = (lines: typeof authorized) =>
    totalUnder(order)(lines.map((line) => ({ line: { ...line, price: priceOf(line) }, price: decidedOn(order, line.id).authorized })));
  const { standing, named, approved } = order.most;
  const lower = approved === null || kept.length === 0 ? null : toCents(Math.max(0, approved - (totalOf(authorized) - totalOf(kept))));
  const holds = kept.some(({ id }) => decisionsOn(order, id).some(({ outcome, estimateId }) => outcome === "approved" && estimateId === order.mostNamedOn));
  return { most: { standing, named: holds ? named : null, approved: lower }, mostNamedOn: holds ? order.mostNamedOn : null };
}
