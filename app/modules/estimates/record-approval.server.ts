import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, DAY, dayOf, later } from "~/kernel/time";
import { authorizationIn } from "~/modules/work-orders/lines/order-authorization";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { changeEstimate } from "./change-estimate.server";
import type { Answer, AnswerAuthor, Refusal } from "./command";
import { type CreateRefusal, createEstimate } from "./create-estimate.server";
import { TOO_LOW } from "./decisions/answer-revision";
import { type Estimate, newest } from "./estimate";
import { estimateStore } from "./estimate.store.server";
import { agreedBefore, noParties, takeSnapshot, totalWith } from "./estimate-snapshot";
import { USUAL_DAYS } from "./head-form";
import { isAgreed } from "./life-cycle";
import { openLines } from "./line-choice";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };
type Approval = Pick<Answer, "purchaseOrder" | "notToExceed" | "note" | "options"> & { estimateId: Id<"estimate">; from: AnswerAuthor };

/**
 * Records that a customer approved the open lines of an order by phone or at the counter, before an estimate was sent.
 * It is an estimate that is sent and answered at once, so the same evidence exists: what was approved, at which price,
 * up to which sum. No mail asks for an answer, because there is one by the time it would go out.
 */
export async function recordApproval(
  s: Needs,
  workOrderId: Id<"workOrder">,
  { estimateId, from, ...given }: Approval,
): Promise<Result<Estimate, Refusal | CreateRefusal>> {
  const order = await findOrder(s.db, workOrderId);
  if (!order) return err({ kind: "not-found" });
  const { zone } = s.db.scope.organization;
  const now = s.clock.now();
  const known = await estimateStore(s.db).find(estimateId);
  // The same form sent twice finds its own approval.
  if (known?.workOrderId === workOrderId) return finished(known);
  const authorization = authorizationIn(order, dayOf(now, zone));
  const jobs = openLines(order.jobs, authorization).filter(({ lineIds }) => lineIds.length > 0);
  if (jobs.length === 0)
    return err({ kind: "incomplete", message: "There's no line to approve. Write what the customer agreed to first, such as the diagnosis." });
  const validThrough = dayOf(later(now, USUAL_DAYS * DAY), zone);
  const content = { title: order.title, note: "", insideNote: "", validThrough, deposit: null, jobs };
  // Checked before anything is saved, so that a limit that is too low leaves nothing behind.
  const facts = { number: 0, revision: 1, ...noParties, taxExempt: order.taxExempt, rules: order.rules.rules, photos: {} };
  const { notToExceed } = given;
  const snapshot = takeSnapshot(content, { jobs: order.jobs, authorization }, facts);
  if (notToExceed !== null && notToExceed < agreedBefore(snapshot) + totalWith(snapshot, given.options ?? {}))
    return err({ kind: "incomplete", message: TOO_LOW });
  const created = await createEstimate(s, { id: estimateId, workOrderId, content });
  if (!created.ok) return created;
  const made = await estimateStore(s.db).find(estimateId);
  return made ? finished(made) : err({ kind: "stale" });

  /** Goes on where it was: what broke off is finished by the same form sent again. */
  async function finished(estimate: Estimate): Promise<Result<Estimate, Refusal>> {
    const { state, version } = newest(estimate);
    if (isAgreed(state)) return ok(estimate);
    if (state === "draft") {
      const sent = await changeEstimate(s, estimateId, { intent: "send", seen: version, total: null });
      if (!sent.ok) return sent;
    }
    const answer: Answer = { choice: { kind: "approve" }, drawn: null, ...given };
    return changeEstimate(s, estimateId, { intent: "answer", revision: 1, answer, from });
  }
}
