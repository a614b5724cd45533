import * as z from "zod";
import { dayOf } from "~/kernel/time";
import { askEvidence } from "~/modules/payments/disputes/ask-evidence.server";
import { canSendEvidence, type Dispute } from "~/modules/payments/disputes/dispute";
import type { ShownDispute } from "~/modules/payments/disputes/dispute.view";
import type { Authed } from "~/platform/http/authed.server";
import { staff } from "~/platform/http/guards.server";

/** What can be done about a dispute, on every page that shows it. */
export const disputeCommands = {
  "send-evidence": staff.command({
    permission: "payment:record",
    form: z.object({ dispute: z.string().min(1).max(200) }),
    run: ({ services, form }) => askEvidence(services, form.dispute),
    done: "The evidence is on its way to Square, which hands it to the bank.",
  }),
};

export function shownDisputes(disputes: readonly Dispute[], { services, session }: Pick<Authed<"staff">, "services" | "session">): ShownDispute[] {
  const now = services.clock.now();
  return disputes.map(({ id, state, amount, reason, evidence, problem, dueAt }) => ({
    id,
    state,
    amount,
    reason,
    evidence,
    problem,
    dueDay: dueAt === null ? null : dayOf(dueAt, session.organization.zone),
    maySend: canSendEvidence({ state, dueAt, evidence }, now),
  }));
}
