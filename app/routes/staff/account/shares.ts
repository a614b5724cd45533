import { type Id, parseId } from "~/kernel/ids";
import { parseMoney } from "~/kernel/money";
import type { Share } from "~/modules/invoices/receivables/ledger-command";
import { readPicks } from "../../parts/invoice-picks";

/** The field of what an invoice gets of a payment; empty for as much as it needs. */
export const shareField = (invoiceId: string): string => `on-${invoiceId}`;

/** What each chosen invoice gets, from the payment's form, in its order; or the fields that can't be read. */
export function readShares(typed: Readonly<Record<string, unknown>>): { ok: true; on: Share[] } | { ok: false; fields: Record<string, string> } {
  const on = new Map<Id<"invoice">, Share>(readPicks(typed).map((invoiceId) => [invoiceId, { invoiceId, amount: null }]));
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(typed)) {
    const invoiceId = parseId("invoice", /^on-(.+)$/.exec(name)?.[1]);
    const text = String(value).trim();
    if (!invoiceId || text === "") continue;
    const amount = parseMoney(text);
    if (amount === null || amount <= 0) fields[name] = "Enter an amount above zero, or leave it empty.";
    else on.set(invoiceId, { invoiceId, amount });
  }
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, on: [...on.values()] };
}
