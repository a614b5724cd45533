import { newId } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { type Note, noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import type { Dispute } from "./dispute";
import { disputeStore } from "./dispute.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

/** Writes down how sending evidence ended, once. */
export async function endEvidence(s: Needs, { id, customerId, sourceId }: Dispute, problem: string | null): Promise<void> {
  const store = disputeStore(s.db);
  const note = (): Note =>
    problem === null
      ? { event: paymentJournal.of("dispute.evidence-sent", { dispute: id }), changes: [store.evidenceRow(id, "sent")], effects: [] }
      : {
          event: paymentJournal.of("dispute.evidence-refused", { dispute: id, problem }),
          changes: [store.evidenceRow(id, "failed", problem)],
          effects: [
            paymentEffects.of("mail.payment-disputed", `mail.payment-disputed:${newId("event", s.clock.now())}`, {
              disputeId: id,
              about: "evidence-failed",
            }),
          ],
        };
  await noteOnAccount(s, customerId, {
    sourceId,
    load: () => store.find(id),
    decide: (_, there) => (there?.evidence === "asked" ? ok(note()) : err({ kind: "ended" as const })),
  });
}
