import { toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { decide } from "../decide-order";
import type { Change, Order } from "../order";
import { decidedOn, decisionsOn, isRefusedWork } from "./authorization";
import type { LineDecision } from "./line-decision";
import { withoutOffers } from "./offer-lines";
import { linesOf } from "./order-authorization";

/** Whether an order can be closed without a person: a quote that nothing was agreed to, for a unit that isn't at the shop. */
const canCloseItself = (order: Order): boolean =>
  order.state === "draft" &&
  (order.arrivedAt === null || order.releasedAt !== null) &&
  linesOf(order).every(({ id }) => isUndecided(order, id) || isRefusedWork(decidedOn(order, id).state));

const isUndecided = (order: Order, id: LineDecision["lineId"]): boolean => decidedOn(order, id).state === "none" && decidedOn(order, id).reasoned === 0;

/** Cancels a quote that the customer declined or never answered. Its lines are deferred, those without an answer as unanswered. */
export function closeUnanswered(order: Order, { by, why }: { by: string; why: string }, now: UtcMs): Change | null {
  if (!canCloseItself(order)) return null;
  const open = linesOf(order).filter(({ id }) => isUndecided(order, id));
  const decisions = open.map(
    ({ id: lineId }): LineDecision => ({
      lineId,
      sequence: decisionsOn(order, lineId).length + 1,
      outcome: "unanswered",
      amount: toCents(0),
      ground: null,
      reason: "",
      estimateId: null,
      revision: null,
      by,
      how: "in person",
      splits: false,
      at: now,
    }),
  );
  const decided = { ...order, decisions: [...order.decisions, ...decisions] };
  const canceled = decide(decided, { intent: "cancel", why }, now);
  return canceled.ok ? { ...withoutOffers(order, canceled.value, () => true), decisions } : null;
}
