import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { balanceOf, canDo, invoiceNumber } from "../invoice";
import { type Account, appliedTo } from "./ledger";
import type { LedgerRefusal, Share } from "./ledger-command";

/** The amount an invoice still needs, or the refusal of its status. */
export function openFor(
  { entries, invoices }: Account,
  id: Id<"invoice">,
  type: "pay" | "apply-credit" | "credit-note",
  now: UtcMs,
): Result<Cents, LedgerRefusal> {
  const invoice = invoices.get(id);
  if (!invoice) return err({ kind: "not-found" });
  const balance = { ...invoice, applied: appliedTo(entries, id) };
  const allowed = canDo(type, balance, now);
  return allowed === true ? ok(balanceOf(balance)) : err({ kind: "not-allowed", message: allowed });
}

/** What a payment could still pay of an invoice: nothing if its status refuses one. */
export const openOn = (account: Account, id: Id<"invoice">, now: UtcMs): Cents => {
  const open = openFor(account, id, "pay", now);
  return open.ok ? open.value : toCents(0);
};

/** What each invoice gets of a payment, and what it needs; in their order, as far as the payment reaches. */
export function sharesOf(
  account: Account,
  on: readonly Share[],
  amount: Cents,
  now: UtcMs,
): Result<{ invoiceId: Id<"invoice">; amount: number; open: Cents }[], LedgerRefusal> {
  const allocated = sumCents(on.map((share) => share.amount ?? toCents(0)));
  if (allocated > amount) return err({ kind: "over-allocated", allocated, amount });
  let left = amount - allocated;
  const named = (message: string, id: Id<"invoice">) => ({
    kind: "not-allowed" as const,
    message: `${invoiceNumber(account.invoices.get(id)?.number ?? null)}: ${message}`,
  });
  const shares: { invoiceId: Id<"invoice">; amount: number; open: Cents }[] = [];
  for (const share of on) {
    const { invoiceId } = share;
    const open = openFor(account, invoiceId, "pay", now);
    if (!open.ok) return on.length > 1 && open.error.kind === "not-allowed" ? err(named(open.error.message, invoiceId)) : open;
    if (share.amount !== null && share.amount > open.value)
      return err({ kind: "too-much-on", invoiceId, number: account.invoices.get(invoiceId)?.number ?? null, most: open.value });
    const taken = share.amount ?? Math.min(open.value, left);
    if (share.amount === null) left -= taken;
    shares.push({ invoiceId, amount: taken, open: open.value });
  }
  return ok(shares);
}
