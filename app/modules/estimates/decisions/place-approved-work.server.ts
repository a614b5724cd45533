import { type Id, parseId, prefixes } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { isPlaced } from "~/modules/work-orders/order";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { hmac } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimateStore } from "../estimate.store.server";
import type { Group } from "../estimate-snapshot";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: { linkKey: string } };

/**
 * Adds the approved jobs to the estimate's work order, or opens a new order if that one is locked or there is none.
 * Order and job ids are derived from the estimate's id under the deployment's key, so a repeated delivery adds nothing
 * and no client can take such an id first.
 */
export async function placeApprovedWork(s: Needs, estimateId: Id<"estimate">, revision: number): Promise<void> {
  const store = estimateStore(s.db);
  const estimate = await store.find(estimateId);
  const it = estimate?.revisions.find((one) => one.revision === revision);
  if (!estimate || !it?.decision) throw new Error("approved work of an estimate without an answer");
  const approved = new Set<string>(it.decision.approved);
  const jobs = it.content.groups
    .map((group) => ({ ...group, id: derivedId(s, "job", `${estimateId} ${revision} ${group.id}`), lines: group.lines.filter(({ id }) => approved.has(id)) }))
    .filter(({ lines }) => lines.length > 0);
  /** Jobs not yet on the estimate's order. Those that are there stay, even if the order is locked or the job was removed again. */
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
    // The unit may have been sold since; the customer who approved pays.
    agreedWith: estimate.customerId,
    complaint: first.complaint,
    lead: null,
    promisedAt: null,
    purchaseOrder: it.decision.purchaseOrder || null,
    asDraft: false,
    job: { id: first.id, lines: first.lines },
  });
  // The unit was archived since, so there is nothing to work on; the approval stays on record.
  if (!opened.ok && opened.error.kind === "no-such-unit") return;
  if (!opened.ok) throw new Error("another order has the id that approved work was to get");
  await add(s, orderId, rest);
  if (estimate.workOrderId === orderId) return;
  const linked = await store.linkOrder(estimate, orderId, s.clock.now());
  if (!linked.ok) throw new Error("the estimate was changed at the same time; the next attempt links it");
}

/** False if the order is locked or gone. */
async function add(s: Needs, orderId: Id<"workOrder">, jobs: readonly Group[]): Promise<boolean> {
  for (const { id, complaint, lines } of jobs) {
    // A job that is already there, or was removed again, is left as it is.
    const saved = await runOrderCommand(s, orderId, {
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
  if (!id) throw new Error("derived id is not valid");
  return id;
}
