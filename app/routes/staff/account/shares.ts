import { type Id, parseId } from "~/kernel/ids";
import { parseMoney } from "~/kernel/money";
import type { Share } from "~/modules/invoices/receivables/ledger-command";

/** The checkbox that puts an invoice on a payment, and the field of what it gets; empty for as much as it needs. */
export const pickField = (invoiceId: string): string => `pick-${invoiceId}`;
export const shareField = (invoiceId: string): string => `on-${invoiceId}`;

/** What each chosen invoice gets, from the payment's form, in its order; or the fields that can't be read. */
export function readShares(typed: Readonly<Record<string, unknown>>): { ok: true; on: Share[] } | { ok: false; fields: Record<string, string> } {
  const on = new Map<Id<"invoice">, Share>();
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(typed)) {
    const [, part, id] = /^(pick|on)-(.+)$/.exec(name) ?? [];
    const invoiceId = parseId("invoice", id);
    const text = String(value).trim();
    if (!invoiceId || text === "") continue;
    const amount = part === "on" ? parseMoney(text) : null;
    if (part === "on" && (amount === null || amount <= 0)) fields[name] = "Enter an amount above zero, or leave it empty.";
    else on.set(invoiceId, { invoiceId, amount: amount ?? on.get(invoiceId)?.amount ?? null });
  }
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, on: [...on.values()] };
}
