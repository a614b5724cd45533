import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { invoiceEffects } from "~/modules/invoices/invoice.effects";
import { receiveFromProvider } from "~/modules/invoices/receivables/change-account.server";
import type { LedgerOutcome } from "~/modules/invoices/receivables/ledger-messages";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { entryIdOf } from "./entry-id.server";
import { paymentEffects } from "./payment.effects";
import { paymentStore } from "./payment.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; settings: Pick<Settings, "linkKey"> };
export type AssignRefusal =
  /** Another invoice has it by now. */
  { kind: "payment-not-waiting" } | { kind: "no-such-invoice" } | { kind: "other-currency"; currency: string } | { kind: "stale" };

/**
 * Puts a payment at Square that fits no invoice on the invoice of this number. It is the entry that it would have been
 * by itself, so its refunds and disputes follow it.
 */
export async function assignPayment(
  s: Needs,
  { paymentId, invoiceNumber }: { paymentId: string; invoiceNumber: number },
): Promise<Result<LedgerOutcome | null, AssignRefusal>> {
  const store = paymentStore(s.db);
  const { organizationId, organization } = s.db.scope;
  const payment = await store.payment(paymentId);
  if (payment?.outcome !== "unclear" || payment.status !== "COMPLETED") return err({ kind: "payment-not-waiting" });
  if (payment.currency !== organization.currency) return err({ kind: "other-currency", currency: payment.currency });
  const invoice = await store.issued(invoiceNumber);
  if (!invoice) return err({ kind: "no-such-invoice" });
  const { amount, createdAt } = payment;
  const entryId: Id<"entry"> = entryIdOf(s.settings.linkKey, organizationId, paymentId);
  const received = await receiveFromProvider(
    { ...s, zone: organization.zone },
    invoice.customerId,
    {
      intent: "receive",
      id: entryId,
      on: [{ invoiceId: invoice.id, amount }],
      forEstimate: null,
      amount,
      method: "square",
      reference: null,
      day: dayOf(createdAt, organization.zone),
    },
    () => ({
      changes: [store.assignedRow(paymentId, { customerId: invoice.customerId, entryId })],
      effects: [
        invoiceEffects.of("mail.receipt", `mail.receipt:${entryId}`, { entryId }),
        paymentEffects.of("mail.payment-received", `mail.payment-received:${paymentId}`, { paymentId }),
        paymentEffects.of("square.payment-assigned", `square.payment-assigned:${paymentId}`, { paymentId }),
      ],
    }),
  );
  if (received.ok) return ok(received.value);
  return err(received.error.kind === "stale" ? { kind: "stale" } : { kind: "payment-not-waiting" });
}
