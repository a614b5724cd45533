import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { decide } from "~/modules/work-orders/decide-order";
import { copiedJobs } from "~/modules/work-orders/lines/copy-order";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { ChangeRefusal } from "~/modules/work-orders/order-command.step.server";
import { findOrder, newOrderRows, orderRows, saveSums } from "~/modules/work-orders/order-rows.step.server";
import { docketNumber } from "~/modules/work-orders/work-order";
import { changeRecord } from "~/platform/database/change-record.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { keepsOrder } from "./labels";
import { isAtVendor, outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };

const SOLD = "The unit was sold.";

/** Why an order can't be canceled and copied for a new owner, with its number; null where it can. */
export async function whyNotTakenOver(s: Needs, id: Id<"workOrder">): Promise<string | null> {
  const [order, atVendor] = await Promise.all([findOrder(s.db, id), whyAtVendor(s, id)]);
  if (!order) return "This order doesn't exist anymore. Reload the page.";
  const canceled = decide(order, { intent: "cancel", why: SOLD }, s.clock.now());
  const why = canceled.ok ? atVendor : "message" in canceled.error ? canceled.error.message : SOLD;
  return why && `${docketNumber(order.number)}: ${why}`;
}

/** Which vendor's work keeps an order from being canceled; null if none does. */
async function whyAtVendor(s: Needs, id: Id<"workOrder">): Promise<string | null> {
  const jobs = await outsideOrderStore(s.db).atVendors(id);
  return jobs.map(keepsOrder).find((kept) => kept !== null) ?? null;
}

/**
 * Cancels an order of a unit's former owner, and opens one of the new owner with the same work, without decisions: both
 * in one batch, so that no work is lost. The estimates of the canceled order are withdrawn.
 */
export async function takeOverOrder(s: Needs, id: Id<"workOrder">, customerId: Id<"customer">): Promise<Result<Id<"workOrder">, ChangeRefusal>> {
  const orders = outsideOrderStore(s.db);
  const message = await whyAtVendor(s, id);
  if (message) return err({ kind: "not-allowed", message });
  const to = newId("workOrder", s.clock.now());
  const taken = await changeRecord({
    clock: s.clock,
    load: () => findOrder(s.db, id),
    decide: (order, now) => decide(order, { intent: "cancel", why: SOLD }, now),
    async save(order, change, now): Promise<Result<Id<"estimate">[], ChangeRefusal>> {
      const ids = { job: () => newId("job", now), line: () => newId("line", now) };
      const [first = blankJob(ids.job(), order.title), ...others] = copiedJobs(order, ids);
      const { number, assetId, title, lead, promisedAt } = order;
      const state = order.state === "draft" ? "draft" : "open";
      const copy = { id: to, from: number, assetId, customerId, title, lead, promisedAt, state, purchaseOrder: null, request: null } as const;
      try {
        await s.db.batch([
          ...orderRows(s.db, order, change, now),
          ...newOrderRows(s.db, { ...copy, jobs: [first, ...others] }, now),
          orders.unlessAtVendor(id),
        ]);
        return ok([...new Set(linesOf(order).flatMap(({ offer }) => offer?.estimateId ?? []))]);
      } catch (cause) {
        if (isTaken(cause, "journal.") || isAtVendor(cause)) return err({ kind: "stale" });
        throw cause;
      }
    },
  });
  if (!taken.ok) return taken;
  await saveSums(s.db, to, dayOf(s.clock.now(), s.db.scope.organization.zone));
  for (const estimateId of taken.value) await changeEstimate(s, estimateId, { intent: "withdraw", why: SOLD });
  return ok(to);
}

const blankJob = (id: Id<"job">, complaint: string) => ({
  id,
  position: 1,
  complaint,
  cause: "",
  correction: "",
  vmrs: null,
  technician: null,
  lines: [],
  version: 1,
});
