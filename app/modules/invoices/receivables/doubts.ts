import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err } from "~/kernel/result";
import { isCorrected, isReversed, type LedgerEntry, type Money } from "./ledger";

/** What looks like a slip of the hand about a payment or refund, and is asked about before it is recorded. */
export type Doubt =
  /** A payment far above what is open. */
  | { kind: "surplus"; surplus: Cents }
  /** The same amount with the same method and reference is recorded already. */
  | { kind: "duplicate"; entryId: Id<"entry">; day: string }
  /** Dated before the customer's first estimate or invoice. */
  | { kind: "early"; firstDay: string };

/** So many times what is open, an amount is more likely a slip of the hand than a customer who pays ahead. */
const TIMES = 10;
/** What a deposit is measured by, because nothing is open for it. */
const USUAL_DEPOSIT = toCents(10_000_00);

type Known = { entries: readonly LedgerEntry[]; firstDay: string | null };

/** The doubts about money that came in (`open`: what it was meant for; null for a deposit) or went out. */
export function doubtsAbout(kind: "payment" | "refund", money: Money, { entries, firstDay }: Known, open: Cents | null): Doubt[] {
  const { amount, method, reference, day } = money;
  const duplicate = entries.find(
    (entry) =>
      entry.kind === kind &&
      Math.abs(entry.amount) === amount &&
      entry.method === method &&
      entry.reference === reference &&
      // Without a reference, the same amount on another day is most likely another payment.
      (reference !== null || entry.day === day) &&
      !isCorrected(entries, entry.id) &&
      !(kind === "payment" && isReversed(entries, entry.id)),
  );
  return [
    ...(kind === "payment" && amount > TIMES * (open ?? USUAL_DEPOSIT) ? [{ kind: "surplus" as const, surplus: toCents(amount - (open ?? 0)) }] : []),
    ...(duplicate ? [{ kind: "duplicate" as const, entryId: duplicate.id, day: duplicate.day }] : []),
    ...(firstDay !== null && day < firstDay ? [{ kind: "early" as const, firstDay }] : []),
  ];
}

/** Names doubts for the form that confirms them, so that a new doubt is asked about again. */
export const doubtKey = (doubts: readonly Doubt[]): string => doubts.map(nameOf).join(" ");

/** The refusal of money that is doubtful and was not confirmed, or null. */
export function doubtfulAbout(kind: "payment" | "refund", money: Money & { confirmed?: string | null }, known: Known, open: Cents | null) {
  const doubts = doubtsAbout(kind, money, known, open);
  return doubts.length > 0 && doubtKey(doubts) !== money.confirmed ? err({ kind: "doubtful" as const, doubts }) : null;
}

function nameOf(doubt: Doubt): string {
  switch (doubt.kind) {
    case "surplus":
      return `surplus:${doubt.surplus}`;
    case "duplicate":
      return `duplicate:${doubt.entryId}`;
    case "early":
      return `early:${doubt.firstDay}`;
  }
}
