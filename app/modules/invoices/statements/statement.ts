import { addDays } from "~/kernel/days";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { endOfLastMonth, startOfNamedDay, type UtcMs } from "~/kernel/time";
import { invoiceNumber } from "../invoice";
import { type LedgerEntry, methodLabels } from "../receivables/ledger";

/** Calendar days in the shop's time zone, both inclusive. */
export type Period = { from: string; through: string };
type SourceKind = "payment" | "credit" | "credit-note";

/** An entry that changes the balance. Money moved between credit and invoices doesn't, and a corrected entry is not shown. */
export type StatementEntry = {
  at: UtcMs;
  /** The calendar day it counts from: of a payment the day it came in. */
  on: string;
  kind: "invoice" | "void" | Extract<LedgerEntry["kind"], SourceKind | "refund" | "chargeback" | "reversal" | "reinstatement">;
  /** Number of its invoice. */
  number: number | null;
  /** Kind of the reversed or reinstated source. */
  of: SourceKind | null;
  method: LedgerEntry["method"];
  reference: string | null;
  /** Change of the balance; negative if it lowers the balance. */
  amount: Cents;
};

export type Statement = Period & {
  opening: Cents;
  lines: readonly (StatementEntry & { balance: Cents })[];
  charged: Cents;
  credited: Cents;
  closing: Cents;
};

/** Opening balance, entries and closing balance of a period. A negative balance is credit. */
export function statementOf(period: Period, opening: Cents, entries: readonly StatementEntry[]): Statement {
  let balance = opening;
  const lines = [...entries]
    .sort((a, b) => (a.on === b.on ? a.at - b.at : a.on < b.on ? -1 : 1))
    .map((entry) => {
      balance = toCents(balance + entry.amount);
      return { ...entry, balance };
    });
  const sumOf = (sign: 1 | -1) => sumCents(entries.map(({ amount }) => toCents(Math.max(0, sign * amount))));
  return { ...period, opening, lines, charged: sumOf(1), credited: sumOf(-1), closing: balance };
}

/** The month before the one of today. */
export function lastMonth(today: string): Period {
  const through = endOfLastMonth(today);
  return { from: `${through.slice(0, 8)}01`, through };
}

/** Two years and a day. */
const MOST_DAYS = 731;

/** The requested period; if absent or invalid, from the start of last month to today. */
export function periodIn(from: string | null, through: string | null, today: string): Period {
  const isDay = (text: string | null): text is string => text !== null && startOfNamedDay(text, "UTC") !== null;
  const usual = { from: lastMonth(today).from, through: today };
  // A period ends at the start of the next day, so the calendar's very last day can't end one.
  if (!isDay(from) || !isDay(through) || !isDay(addDays(through, 1)) || through < from || addDays(from, MOST_DAYS) < through) return usual;
  return { from, through };
}

/** The instants of a period in the shop's time zone: from the first, up to but excluding the second. */
export function instantsOf({ from, through }: Period, zone: string): { since: UtcMs; until: UtcMs } {
  const [since, until] = [startOfNamedDay(from, zone), startOfNamedDay(addDays(through, 1), zone)];
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
    case "chargeback":
      return `Payment returned by the bank: ${by}`;
    case "reversal":
      return of === "payment" ? `Payment reversed: ${by}` : of === "credit-note" ? `Credit note for ${invoice} reversed` : "Credit reversed";
    case "reinstatement":
      return of === "payment" ? `Payment reinstated: ${by}` : of === "credit-note" ? `Credit note for ${invoice} reinstated` : "Credit reinstated";
  }
}
