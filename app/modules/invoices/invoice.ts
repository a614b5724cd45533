import { type Cents, sumCents, toCents } from "~/kernel/money";
import { DAY, dayOf, startOfNamedDay, type UtcMs } from "~/kernel/time";
import type { Charges } from "~/modules/organizations/shop-rules/charges";
import type { InvoiceGroup } from "./invoice-lines";

/** What is kept. Whether it is paid or overdue is never kept: the ledger and the calendar say so. */
export type InvoiceState = "draft" | "issued" | "void";
export const statuses = ["draft", "issued", "partial", "paid", "overdue", "void"] as const;
export type InvoiceStatus = (typeof statuses)[number];

export const statusLabels: Record<InvoiceStatus, string> = {
  draft: "Draft",
  issued: "Issued",
  partial: "Partly paid",
  paid: "Paid",
  overdue: "Overdue",
  void: "Void",
};

/** What is fixed when an invoice is issued, and never changes after. What things cost the shop is no part of it. */
export type InvoiceContents = {
  customer: string;
  taxCertificate: string | null;
  groups: readonly InvoiceGroup[];
  charges: Charges;
};

export type InvoiceBalance = { state: InvoiceState; total: Cents; applied: Cents; dueAt: UtcMs | null };

export const balanceOf = ({ state, total, applied }: Omit<InvoiceBalance, "dueAt">): Cents => (state === "issued" ? toCents(total - applied) : toCents(0));

/** How an invoice stands at an instant. A late one is overdue however much of it is paid, until all of it is. */
export function statusOf(it: InvoiceBalance, now: UtcMs): InvoiceStatus {
  if (it.state !== "issued") return it.state;
  if (balanceOf(it) <= 0) return "paid";
  if (it.dueAt !== null && now >= it.dueAt) return "overdue";
  return it.applied > 0 ? "partial" : "issued";
}

export type InvoiceAction = "issue" | "discard" | "void" | "pay" | "apply-credit" | "credit-note";

const NOT_ISSUED = "Issue it first: a draft asks nobody for money.";
const ISSUED = "It is issued; what it says is fixed.";
const VOID = "It is void.";
const PAID = "It is paid in full.";
const MONEY_ON_IT = "There is money on it. Reverse the payment or unapply the credit first; then it can be voided.";
const ISSUED_REASON = "It is issued: void it instead, so that its number is accounted for.";

const owed = { issue: ISSUED, discard: ISSUED_REASON, void: true, pay: true, "apply-credit": true, "credit-note": true } as const;
const closed = { issue: VOID, discard: VOID, void: VOID, pay: VOID, "apply-credit": VOID, "credit-note": VOID } as const;

/** The life cycle: how an invoice stands × what is asked, and otherwise the reason why not. Server, page and tests read this one table. */
const allowed: Record<InvoiceStatus, Record<InvoiceAction, true | string>> = {
  draft: {
    issue: true,
    discard: true,
    void: "A draft has no number to keep. Discard it.",
    pay: NOT_ISSUED,
    "apply-credit": NOT_ISSUED,
    "credit-note": NOT_ISSUED,
  },
  issued: owed,
  partial: owed,
  overdue: owed,
  paid: { ...owed, pay: PAID, "apply-credit": PAID },
  void: closed,
};

/** True, or the reason why this cannot be done to the invoice now. */
export function canDo(action: InvoiceAction, it: InvoiceBalance, now: UtcMs): true | string {
  // Whatever the calendar says: with money on it, its number stands for something.
  if (action === "void" && it.state === "issued" && it.applied > 0) return MONEY_ON_IT;
  return allowed[statusOf(it, now)][action];
}

const BELOW_NOTHING =
  "It comes to less than nothing. Invoice its orders together with other work, or discard it and give the customer a credit note or a credit for them.";

/** True, or why a draft that comes to a sum cannot be issued: an invoice asks for money, and what is below nothing is a credit. */
export function canIssue(it: InvoiceBalance, total: Cents, now: UtcMs): true | string {
  const allowed = canDo("issue", it, now);
  return allowed === true && total < 0 ? BELOW_NOTHING : allowed;
}

export const terms = {
  receipt: { label: "Due on receipt", days: 0 },
  "net-15": { label: "Net 15 days", days: 15 },
  "net-30": { label: "Net 30 days", days: 30 },
  "net-45": { label: "Net 45 days", days: 45 },
  "net-60": { label: "Net 60 days", days: 60 },
} as const satisfies Record<string, { label: string; days: number }>;
export type Terms = keyof typeof terms;
export const termNames = Object.keys(terms) as Terms[]; // the table's own keys

/** The calendar day that an invoice is due on, and the instant when that day is over in the shop's zone. */
export function dueUnder(asked: Terms, issuedAt: UtcMs, zone: string): { dueDay: string; dueAt: UtcMs } {
  const dueDay = dayAfter(dayOf(issuedAt, zone), terms[asked].days);
  const dueAt = startOfNamedDay(dayAfter(dueDay, 1), zone);
  if (dueAt === null) throw new RangeError(`no such day: ${dueDay}`);
  return { dueDay, dueAt };
}

/** A calendar day so many days on; a day names no instant, so no zone moves it. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export const invoiceNumber = (number: number | null): string => (number === null ? "Draft" : `INV-${number}`);

/** How late money is, in the columns that an accountant asks for. */
export const ages = ["current", "1-30", "31-60", "61-90", "90+"] as const;
export type Age = (typeof ages)[number];
export const ageLabels: Record<Age, string> = {
  current: "Not yet due",
  "1-30": "0–30 days late",
  "31-60": "31–60 days late",
  "61-90": "61–90 days late",
  "90+": "Over 90 days late",
};

export function ageOf(dueAt: UtcMs, now: UtcMs): Age {
  if (now < dueAt) return "current";
  const days = Math.floor((now - dueAt) / DAY);
  return days <= 30 ? "1-30" : days <= 60 ? "31-60" : days <= 90 ? "61-90" : "90+";
}

/** What an invoice that puts several orders together comes to: the sums of its orders. */
export function chargesOfAll(groups: readonly { charges: Charges }[]): Charges {
  const sum = (of: keyof Charges) => sumCents(groups.map(({ charges }) => charges[of]));
  return {
    labor: sum("labor"),
    parts: sum("parts"),
    fees: sum("fees"),
    outside: sum("outside"),
    supplies: sum("supplies"),
    subtotal: sum("subtotal"),
    tax: sum("tax"),
    total: sum("total"),
  };
}
