import { type Id, parseId, prefixes } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { isPlaced } from "~/modules/work-orders/order";
import { hmac } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimateStore } from "../estimate.store.server";
import type { Group } from "../estimate-snapshot";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: { linkKey: string }; drainSoon(): void };

/**
 * Puts what was approved on the estimate's work order, job by job; where there is none that can still be changed, it
 * opens one. Orders and jobs get ids that follow from the estimate's under the deployment's key, so that a repeat meets
 * them and adds nothing, and nobody who sends a form can take one before.
 */
export async function placeApprovedWork(s: Needs, estimateId: Id<"estimate">, revision: number): Promise<void> {
  const store = estimateStore(s.db);
  const estimate = await store.find(estimateId);
  const it = estimate?.revisions.find((one) => one.revision === revision);
  if (!estimate || !it?.decision) throw new Error("approved work of an estimate that nobody answered");
  const approved = new Set<string>(it.decision.approved);
  const jobs = it.content.groups
    .map((group) => ({ ...group, id: derivedId(s, "job", `${estimateId} ${revision} ${group.id}`), lines: group.lines.filter(({ id }) => approved.has(id)) }))
    .filter(({ lines }) => lines.length > 0);
  /** Those that stand on the estimate's order already stay there, also where that was locked, or they were taken off again. */
  const missing = async () => {
    const there = estimate.workOrderId ? await store.jobsOn(estimate.workOrderId) : [];
    return jobs.filter((job) => !there.some((known) => isPlaced(job, known)));
  };
  if (estimate.workOrderId && (await add(s, estimate.workOrderId, await missing()))) return;
  const [first, ...rest] = await missing();
  if (!first) return;
  const orderId = derivedId(s, "workOrder", `${estimateId} ${revision}`);
  const opened = await openWorkOrder(s, {
    id: orderId,
    assetId: estimate.assetId,
    // The unit may have been sold meanwhile: who approved it is who pays.
    agreedWith: estimate.customerId,
    complaint: first.complaint,
    lead: null,
    promisedAt: null,
    purchaseOrder: it.decision.purchaseOrder || null,
    asDraft: false,
    job: { id: first.id, lines: first.lines },
  });
  // The unit was archived meanwhile: the approval stands on the estimate, and there is no unit to work on.
  if (!opened.ok && opened.error.kind === "no-such-unit") return;
  if (!opened.ok) throw new Error("another order has the id that approved work was to get");
  await add(s, orderId, rest);
  if (estimate.workOrderId === orderId) return;
  const linked = await store.linkOrder(estimate, orderId, s.clock.now());
  if (!linked.ok) throw new Error("somebody changed the estimate in the same moment; the next attempt links it");
}

/** False where the order is locked or gone. */
async function add(s: Needs, orderId: Id<"workOrder">, jobs: readonly Group[]): Promise<boolean> {
  for (const { id, complaint, lines } of jobs) {
    // What is there already, or was taken off again, is left as it is now.
    const saved = await changeWorkOrder(s, orderId, {
      intent: "place-approved",
      job: { id, complaint, cause: "", correction: "", vmrs: null, technician: null, lines },
    });
    if (saved.ok) continue;
    if (saved.error.kind === "not-allowed" || saved.error.kind === "not-found") return false;
    if (saved.error.kind !== "stale" && saved.error.kind !== "job-gone") throw new Error(`approved work was refused: ${saved.error.kind}`);
  }
  return true;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

function derivedId<K extends "job" | "workOrder">({ db, settings }: Needs, kind: K, from: string): Id<K> {
  const bytes = hmac(settings.linkKey, `approved-work ${kind} ${db.scope.organizationId} ${from}`);
  const id = parseId(kind, `${prefixes[kind]}_${[...bytes.subarray(0, 26)].map((byte) => ALPHABET[byte % 32]).join("")}`);
  if (!id) throw new Error("an id that cannot be");
  return id;
}
