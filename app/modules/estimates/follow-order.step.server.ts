import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { FollowUp } from "~/modules/work-orders/lines/complete-lines.step.server";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { Order } from "~/modules/work-orders/order";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { changeEstimate } from "./change-estimate.server";
import { isExpired, newest } from "./estimate";
import { estimateStore } from "./estimate.store.server";
import { lineIdsIn, offeredJobsIn } from "./estimate-snapshot";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };
/** Where an estimate goes with lines that were not done, and its lines that don't go there. */
export type Followed = { id: Id<"estimate">; to: Id<"workOrder">; left: readonly Id<"line">[] };

/** The estimates of lines that were not done: each goes along with them, to the draft order if it has lines there. */
export function estimatesOf(order: Order, followUps: readonly FollowUp[]): Followed[] {
  const lines = linesOf(order);
  const draftFirst = [...followUps].sort((a, b) => Number(a.state === "open") - Number(b.state === "open"));
  const placeOf = new Map<Id<"estimate">, FollowUp>();
  for (const followUp of draftFirst)
    for (const { id, offer } of lines) if (offer && followUp.lines.includes(id) && !placeOf.has(offer.estimateId)) placeOf.set(offer.estimateId, followUp);
  return [...placeOf].map(([id, place]) => {
    const left = lines.filter((line) => line.offer?.estimateId === id && !place.lines.includes(line.id));
    return { id, to: place.to, left: left.map((line) => line.id) };
  });
}

/** Takes estimates along to the orders that their lines go to. */
export const followOrderRows = (db: ScopedDatabase<"staff">, followed: readonly Followed[]): Statement[] =>
  followed.map(({ id, to }) => estimateStore(db).orderRow(id, to));

/**
 * Revises an estimate to the lines that it still has. One that waits for the customer's answer is sent again, because
 * what was sent can't be answered anymore; one that expired, or that the customer wants changed, waits for the shop.
 */
export async function reviseToLines(s: Needs, id: Id<"estimate">): Promise<void> {
  const estimate = await estimateStore(s.db).find(id);
  const found = estimate && (await offeredOrder(s.db).find(estimate.workOrderId));
  if (!estimate || !found) return;
  const { state, content } = newest(estimate);
  const its = new Set<string>(linesOf(found.order).map((line) => line.id));
  if (lineIdsIn(content).every((line) => its.has(line))) return;
  const { validThrough } = content;
  const revised = state === "draft" ? { ok: true as const, value: estimate } : await changeEstimate(s, id, { intent: "revise", validThrough });
  if (!revised.ok) return;
  const jobs = offeredJobsIn(content, found.order.jobs).map(({ job, ...offered }) => ({ ...offered, jobId: job.id }));
  const { jobs: _, ...head } = content;
  const written = await changeEstimate(s, id, { intent: "write", seen: newest(revised.value).version, head, jobs });
  if (!written.ok || state !== "sent" || isExpired(validThrough, s.clock.now(), s.db.scope.organization.zone)) return;
  await changeEstimate(s, id, { intent: "send", seen: newest(written.value).version, total: null });
}
