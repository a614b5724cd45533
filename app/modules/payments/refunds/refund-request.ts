import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { DAY, later, type UtcMs } from "~/kernel/time";

/**
 * A refund that the office asked Square for.
 *
 * asked: Square has not answered yet; asked again under the same key it is the same refund. pending: on its way.
 * completed: it is on the account. failed: Square rejected or refused it; nothing is reserved anymore. unknown: Square
 * did not answer for so long that nobody knows; nothing is reserved either.
 */
export const refundStates = ["asked", "pending", "completed", "failed", "unknown"] as const;
export type RefundState = (typeof refundStates)[number];

export type RefundRequest = {
  id: Id<"refund">;
  customerId: Id<"customer">;
  sourceId: Id<"entry">;
  paymentId: string;
  squareId: string | null;
  state: RefundState;
  amount: Cents;
  currency: string;
  why: string;
  problem: string | null;
  createdAt: UtcMs;
};

/** Those that hold their amount back. */
export const reservedStates = ["asked", "pending"] as const satisfies readonly RefundState[];
export const isReserved = ({ state }: Pick<RefundRequest, "state">): boolean => reservedStates.some((one) => one === state);

/** What may still be refunded of a payment that is worth so much. */
export const refundableOf = (worth: Cents, requests: readonly Pick<RefundRequest, "state" | "amount">[]): Cents =>
  toCents(Math.max(0, worth - sumCents(requests.filter(isReserved).map(({ amount }) => amount))));

/** The unapplied part of it: what is on its way back goes first. */
export const refundableCredit = ({ most, free, reserved }: { most: Cents; free: Cents; reserved: Cents }): Cents =>
  toCents(Math.min(most, Math.max(0, free - reserved)));

const THROUGH_SQUARE = "This came through Square. Refund it through Square, by the form at the payment.";
const NOT_KNOWN = "Nobody knows whether Square made the last refund. Look in Square's dashboard, then ask for it through Square again.";

/** Why a payment through Square can't be paid back another way, or null once Square could not make the last refund that ended. */
export function whyNotByHand(requests: readonly Pick<RefundRequest, "state" | "createdAt">[]): string | null {
  const [last] = requests.filter((request) => !isReserved(request)).toSorted((a, b) => b.createdAt - a.createdAt);
  if (last?.state === "failed") return null;
  return last?.state === "unknown" ? NOT_KNOWN : THROUGH_SQUARE;
}

/** Square forgets a key after a while: a request without an answer for so long is not repeated, but given up. */
export const isGivenUp = ({ state, createdAt }: Pick<RefundRequest, "state" | "createdAt">, now: UtcMs): boolean =>
  state === "asked" && later(createdAt, DAY) <= now;
