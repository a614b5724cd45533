import { err, ok } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import { releaseRow } from "~/modules/invoices/receivables/reservations.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { isReserved, type RefundRequest } from "./refund-request";
import { refundStore } from "./refund-request.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

/** Frees what a refund that came to nothing had reserved, and has the office notified. Ended before, it stays as it is. */
export async function endRefund(s: Needs, { id, customerId, sourceId }: RefundRequest, problem: string, to: "failed" | "unknown" = "failed"): Promise<void> {
  const store = refundStore(s.db);
  const ended = await noteOnAccount(s, customerId, {
    sourceId,
    load: () => store.find(id),
    decide: (_, request) =>
      request && isReserved(request)
        ? ok({
            event: paymentJournal.of(to === "failed" ? "refund.failed" : "refund.unknown", { id, sourceId, amount: request.amount, problem }),
            changes: [store.endedRow(id, to, problem), releaseRow(s.db, id)],
            effects: [paymentEffects.of("mail.refund-failed", `mail.refund-failed:${id}`, { refundId: id })],
          })
        : err({ kind: "ended" as const }),
  });
  if (!ended.ok && ended.error.kind !== "ended") throw new Error(`a failed refund could not be written down: ${ended.error.kind}`);
}
