import { newId } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { type Note, noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import type { PlacedDispute } from "./dispute";
import { disputeStore } from "./dispute.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

/** How sending ended; `problem`: why it did not, or why nobody knows. */
type Ended = { to: "sent" } | { to: "failed" | "unknown"; problem: string };

/** Writes down how sending evidence ended, once. */
export async function endEvidence(s: Needs, { id, customerId, sourceId }: PlacedDispute, ended: Ended): Promise<void> {
  const store = disputeStore(s.db);
  const noted = await noteOnAccount(s, customerId, {
    sourceId,
    load: () => store.find(id),
    decide: (_, there, now) => (there?.evidence === "asked" ? ok(note(now)) : err({ kind: "ended" as const })),
  });
  if (!noted.ok && noted.error.kind !== "ended") throw new Error(`how evidence ended could not be written down: ${noted.error.kind}`);

  function note(now: UtcMs): Note {
    if (ended.to === "sent")
      return { event: paymentJournal.of("dispute.evidence-sent", { dispute: id }), changes: [store.evidenceRow(id, "sent")], effects: [] };
    const { to, problem } = ended;
    const about = to === "failed" ? "evidence-failed" : "evidence-unknown";
    return {
      event: paymentJournal.of(to === "failed" ? "dispute.evidence-refused" : "dispute.evidence-unknown", { dispute: id, problem }),
      changes: [store.evidenceRow(id, to, problem)],
      effects: [paymentEffects.of("mail.payment-disputed", `mail.payment-disputed:${newId("event", now)}`, { disputeId: id, about })],
    };
  }
}
