import { newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { type Note, noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { canSendEvidence, isPlaced } from "./dispute";
import { disputeStore } from "./dispute.store.server";

type Refusal = { kind: "not-found" } | { kind: "not-allowed"; message: string };

/** Has the evidence for a dispute gathered and handed to the bank. */
export async function askEvidence(s: { db: ScopedDatabase<"staff">; clock: Clock }, id: string): Promise<Result<null, Refusal | { kind: "stale" }>> {
  const store = disputeStore(s.db);
  const dispute = await store.find(id);
  if (!dispute || !isPlaced(dispute)) return err({ kind: "not-found" });
  const asked = await noteOnAccount({ ...s, zone: s.db.scope.organization.zone }, dispute.customerId, {
    sourceId: dispute.sourceId,
    load: () => store.find(id),
    decide(_, there, now): Result<Note, Refusal> {
      if (!there) return err({ kind: "not-found" });
      const allowed = canSendEvidence(there, now);
      if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
      return ok({
        event: paymentJournal.of("dispute.evidence-asked", { dispute: id }),
        changes: [store.evidenceAskedRow(id, now)],
        effects: [paymentEffects.of("square.evidence-asked", `square.evidence-asked:${newId("event", now)}`, { disputeId: id })],
      });
    },
  });
  if (asked.ok) return ok(null);
  return asked.error.kind === "id-taken" ? err({ kind: "stale" }) : err(asked.error);
}
