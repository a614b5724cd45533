import { addDays } from "~/kernel/days";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { type Terms, terms } from "~/kernel/payment-terms";
import { DAY, dayOf, startOfNamedDay, type UtcMs } from "~/kernel/time";
import type { BillTo } from "~/modules/customers/bill-to";
import type { ShopParty } from "~/modules/organizations/shop-party";
import type { Charges } from "~/modules/organizations/shop-rules/charges";
import type { InvoiceGroup } from "./invoice-lines";

/** Stored state. Paid and overdue are never stored: they follow from the ledger and the date. */
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

/** Contents fixed at issue, without the shop's costs. */
export type InvoiceContents = {
  customer: string;
  billTo: BillTo;
  /** Null in a draft, which names the shop as it is now. */
  shop: ShopParty | null;
  taxCertificate: string | null;
  groups: readonly InvoiceGroup[];
  charges: Charges;
  /** The shop took payments online when it was issued: its paper leads to the page for it. */
  paysOnline: boolean;
};

export type InvoiceBalance = { state: InvoiceState; total: Cents; applied: Cents; dueAt: UtcMs | null };

export const balanceOf = ({ state, total, applied }: Omit<InvoiceBalance, "dueAt">): Cents => (state === "issued" ? toCents(total - applied) : toCents(0));

/** Status at an instant. A late invoice is overdue until it is fully paid. */
export function statusOf(it: InvoiceBalance, now: UtcMs): InvoiceStatus {
  if (it.state !== "issued") return it.state;
  if (balanceOf(it) <= 0) return "paid";
  if (it.dueAt !== null && now >= it.dueAt) return "overdue";
  return it.applied > 0 ? "partial" : "issued";
}

export type InvoiceAction = "issue" | "discard" | "void" | "pay" | "apply-credit" | "credit-note";

const NOT_ISSUED = "Issue this invoice first. It's still a draft.";
const ISSUED = "This invoice is issued and can't be changed.";
const VOID = "This invoice is void.";
const PAID = "This invoice is paid in full.";
const MONEY_ON_IT = "Payments or credits are applied to this invoice. Reverse or unapply them first, then void it.";
const ISSUED_REASON = "This invoice is issued. Void it instead, so its number stays on record.";

const owed = { issue: ISSUED, discard: ISSUED_REASON, void: true, pay: true, "apply-credit": true, "credit-note": true } as const;
const closed = { issue: VOID, discard: VOID, void: VOID, pay: VOID, "apply-credit": VOID, "credit-note": VOID } as const;

/** What can be done in each status, or the reason why not. Server, page and tests use this table. */
const allowed: Record<InvoiceStatus, Record<InvoiceAction, true | string>> = {
  draft: {
    issue: true,
    discard: true,
    void: "A draft has no number yet. Discard it instead.",
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

/** True, or the reason why the action is refused now. */
export function canDo(action: InvoiceAction, it: InvoiceBalance, now: UtcMs): true | string {
  // Also while overdue: an invoice with applied money can't be voided.
  if (action === "void" && it.state === "issued" && it.applied > 0) return MONEY_ON_IT;
  return allowed[statusOf(it, now)][action];
}

const BELOW_NOTHING = "The total is negative. Invoice these orders together with other work, or discard this draft and give the customer a credit.";

/** True, or why a draft with this total can't be issued: a negative total would be a credit. */
export function canIssue(it: InvoiceBalance, total: Cents, now: UtcMs): true | string {
  const allowed = canDo("issue", it, now);
  return allowed === true && total < 0 ? BELOW_NOTHING : allowed;
}

/** The due day, and the instant it ends in the shop's time zone. */
export function dueUnder(asked: Terms, issuedAt: UtcMs, zone: string): { dueDay: string; dueAt: UtcMs } {
  const dueDay = addDays(dayOf(issuedAt, zone), terms[asked].days);
  const dueAt = startOfNamedDay(addDays(dueDay, 1), zone);
  if (dueAt === null) throw new RangeError(`no such day: ${dueDay}`);
  return { dueDay, dueAt };
}

export const invoiceNumber = (number: number | null): string => (number === null ? "Draft" : `INV-${number}`);

/** Aging columns of receivables. */
export const ages = ["current", "1-30", "31-60", "61-90", "90+"] as const;
export type Age = (typeof ages)[number];
export const parseAge = (text: string | null): Age | null => ages.find((age) => age === text) ?? null;
export const ageLabels: Record<Age, string> = {
  current: "Not yet due",
  "1-30": "1–30 days late",
  "31-60": "31–60 days late",
  "61-90": "61–90 days late",
  "90+": "Over 90 days late",
};

export function ageOf(dueAt: UtcMs, now: UtcMs): Age {
  if (now < dueAt) return "current";
  const days = Math.floor((now - dueAt) / DAY);
  return days <= 30 ? "1-30" : days <= 60 ? "31-60" : days <= 90 ? "61-90" : "90+";
}

/** The due instants of an age: later than the first, up to the second. */
export function ageRange(age: Age, now: UtcMs): { from: number; until: number } {
  const after = (days: number) => now - days * DAY;
  switch (age) {
    case "current":
      return { from: now, until: Number.MAX_SAFE_INTEGER };
    case "1-30":
      return { from: after(31), until: now };
    case "31-60":
      return { from: after(61), until: after(31) };
    case "61-90":
      return { from: after(91), until: after(61) };
    case "90+":
      return { from: Number.MIN_SAFE_INTEGER, until: after(91) };
  }
}

/** Charges of an invoice over several orders: the sums of its orders. */
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
