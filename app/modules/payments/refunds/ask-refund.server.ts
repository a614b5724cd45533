import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { isReversed, worthOf } from "~/modules/invoices/receivables/ledger";
import { type Note, noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import { reserveRow } from "~/modules/invoices/receivables/reservations.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { isOpen } from "../disputes/dispute";
import { disputeStore } from "../disputes/dispute.store.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { paymentStore } from "../payment.store.server";
import { keyedOf, whyNoPayments } from "../square/square-connection";
import { squareConnectionStore } from "../square/square-connection.store.server";
import type { RefundRefusal } from "./refund-messages";
import { type RefundRequest, refundableOf } from "./refund-request";
import { refundStore } from "./refund-request.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; settings: Pick<Settings, "square"> };
type Wanted = { id: Id<"refund">; sourceId: Id<"entry">; amount: Cents; why: string };

/**
 * Reserves a refund of a payment that came through Square, and has Square asked for it. The request is written down first
 * and its id is Square's idempotency key, so a process that dies in between asks for the same refund again.
 */
export async function askRefund(
  s: Needs,
  customerId: Id<"customer">,
  { id, sourceId, amount, why }: Wanted,
): Promise<Result<null, RefundRefusal | { kind: "stale" }>> {
  const store = refundStore(s.db);
  const connection = await squareConnectionStore(s.db).find();
  const whyNot = whyNoPayments(connection && keyedOf(connection), s.settings.square);
  if (!connection || whyNot !== null) return err({ kind: "not-connected", why: whyNot ?? "Square isn't connected." });
  const asked = await noteOnAccount({ ...s, zone: s.db.scope.organization.zone }, customerId, {
    sourceId,
    load: async () => ({
      payment: await paymentStore(s.db).paymentOfEntry(sourceId),
      requests: await store.ofSource(sourceId),
      there: await store.find(id),
      disputes: await disputeStore(s.db).ofSource(sourceId),
    }),
    decide({ entries }, { payment, requests, there, disputes }, now): Result<Note, RefundRefusal | { kind: "known" }> {
      if (there) return err({ kind: isSame(there, { id, sourceId, amount, why }) ? "known" : "id-taken" });
      const source = entries.find((entry) => entry.id === sourceId && entry.kind === "payment");
      if (!source || !payment || isReversed(entries, sourceId)) return err({ kind: "not-found" });
      if (payment.merchantId !== connection.merchantId) return err({ kind: "other-account", name: payment.merchantName });
      if (disputes.some(({ state }) => isOpen(state))) return err({ kind: "disputed" });
      const most = refundableOf(worthOf(entries, sourceId), requests);
      if (most <= 0) return err({ kind: "nothing-left" });
      if (amount <= 0 || amount > most) return err({ kind: "too-much", most });
      const { id: paymentId, currency } = payment;
      return ok({
        event: paymentJournal.of("refund.asked", { id, sourceId, amount, why }),
        changes: [
          store.newRow({ id, customerId, sourceId, paymentId, squareId: null, state: "asked", amount, currency, why, problem: null, createdAt: now }),
          reserveRow(s.db, { id, customerId, sourceId, amount }),
        ],
        effects: [paymentEffects.of("square.refund-asked", `square.refund-asked:${id}`, { refundId: id })],
      });
    },
  });
  if (asked.ok || asked.error.kind === "known") return ok(null);
  return err(asked.error);
}

const isSame = (there: RefundRequest, wanted: Wanted): boolean =>
  there.sourceId === wanted.sourceId && there.amount === wanted.amount && there.why === wanted.why;
