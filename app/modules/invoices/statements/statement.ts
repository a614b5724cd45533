import { type Cents, sumCents, toCents } from "~/kernel/money";
import { startOfNamedDay, type UtcMs } from "~/kernel/time";
import { dayAfter, invoiceNumber } from "../invoice";
import { type LedgerEntry, methodLabels } from "../receivables/ledger";

/** Calendar days of the shop's, both within it. */
export type Period = { from: string; through: string };
type SourceKind = "payment" | "credit" | "credit-note";

/** What changes what a customer owes. Money that moves between credit and invoices does not. */
export type StatementEntry = {
  at: UtcMs;
  /** The shop's calendar day of it. */
  on: string;
  kind: "invoice" | "void" | Extract<LedgerEntry["kind"], SourceKind | "refund" | "reversal" | "reinstatement">;
  /** Of the invoice that it is about. */
  number: number | null;
  /** What a reversal undoes, or what counts again. */
  of: SourceKind | null;
  method: LedgerEntry["method"];
  reference: string | null;
  /** What it adds to what is owed; below zero where it takes something off. */
  amount: Cents;
};

export type Statement = Period & {
  opening: Cents;
  lines: readonly (StatementEntry & { balance: Cents })[];
  charged: Cents;
  credited: Cents;
  closing: Cents;
};

/** What was owed when a period began, what came and went in it, and what is owed at its end. Below zero is the customer's credit. */
export function statementOf(period: Period, opening: Cents, entries: readonly StatementEntry[]): Statement {
  let balance = opening;
  const lines = [...entries]
    .sort((a, b) => a.at - b.at)
    .map((entry) => {
      balance = toCents(balance + entry.amount);
      return { ...entry, balance };
    });
  const sumOf = (sign: 1 | -1) => sumCents(entries.map(({ amount }) => toCents(Math.max(0, sign * amount))));
  return { ...period, opening, lines, charged: sumOf(1), credited: sumOf(-1), closing: balance };
}

/** Longer than any shop prints: two years and a day. */
const MOST_DAYS = 731;

/** The period that somebody asks for; where nothing is asked or it makes no sense, since the month before this one began. */
export function periodIn(from: string | null, through: string | null, today: string): Period {
  const isDay = (text: string | null): text is string => text !== null && startOfNamedDay(text, "UTC") !== null;
  const usual = { from: `${dayAfter(`${today.slice(0, 8)}01`, -1).slice(0, 8)}01`, through: today };
  // A period ends where the day after it begins; the calendar's last day has none.
  if (!isDay(from) || !isDay(through) || !isDay(dayAfter(through, 1)) || through < from || dayAfter(from, MOST_DAYS) < through) return usual;
  return { from, through };
}

/** The instants between which a period lies where the shop is: from the first, before the second. */
export function instantsOf({ from, through }: Period, zone: string): { since: UtcMs; until: UtcMs } {
  const [since, until] = [startOfNamedDay(from, zone), startOfNamedDay(dayAfter(through, 1), zone)];
  if (since === null || until === null) throw new RangeError(`no such days: ${from}, ${through}`);
  return { since, until };
}

/** "Invoice INV-12", "Check 1041", "Check 1041 reversed". */
export function entryLabel({ kind, of, number, method, reference }: Omit<StatementEntry, "at" | "on" | "amount">): string {
  const invoice = number === null ? "an invoice" : invoiceNumber(number);
  const by = [method && methodLabels[method], reference].filter(Boolean).join(" ");
  switch (kind) {
    case "invoice":
      return `Invoice ${invoice}`;
    case "void":
      return `Invoice ${invoice} voided`;
    case "payment":
      return `Payment: ${by}`;
    case "credit":
      return "Credit given";
    case "credit-note":
      return `Credit note for ${invoice}`;
    case "refund":
      return `Refund: ${by}`;
    case "reversal":
      return of === "payment" ? `Payment reversed: ${by}` : of === "credit-note" ? `Credit note for ${invoice} reversed` : "Credit reversed";
    case "reinstatement":
      return of === "payment" ? `Payment counts again: ${by}` : of === "credit-note" ? `Credit note for ${invoice} counts again` : "Credit counts again";
  }
}
