import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { named, type Order } from "~/modules/work-orders/order";
import { findOrder, newOrderRows, orderRows, saveSums } from "~/modules/work-orders/order-rows.step.server";
import { titleOf } from "~/modules/work-orders/service-requests/service-request";
import { canEdit } from "~/modules/work-orders/work-order";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { changeRecord } from "~/platform/database/change-record.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { repairsOf } from "./defect-repairs.store.server";
import { defectStore } from "./defect-writes.store.server";
import type { Defect } from "./defects.store.server";
import { canAddToOrder, repairJob } from "./repair-job";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** Defects of one unit and where they go: an order of the unit that is open, or a new one under an id that the form brought. */
export type Addition = { defectIds: readonly Id<"defect">[]; workOrderId: Id<"workOrder"> };
export type Added = { workOrderId: Id<"workOrder">; unit: string; defects: number };
export type AddRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "nothing-chosen" } | { kind: "stale" };

/**
 * Makes open defects jobs of work orders, one order per unit. Each unit is saved by itself; a refusal comes back with what
 * was added before it.
 */
export async function addDefectsToOrders(s: Needs, additions: readonly Addition[]): Promise<Result<{ added: Added[]; refused: string | null }, AddRefusal>> {
  const added: Added[] = [];
  for (const addition of additions.filter(({ defectIds }) => defectIds.length > 0)) {
    const one = await addDefectsOfUnit(s, addition);
    if (one.ok) added.push(one.value);
    else if (added.length === 0) return one;
    else return ok({ added, refused: "message" in one.error ? one.error.message : "Other units changed meanwhile. Try them again." });
  }
  return added.length === 0 ? err({ kind: "nothing-chosen" }) : ok({ added, refused: null });
}

/** The defects of one unit. A form sent twice adds them once. */
async function addDefectsOfUnit(s: Needs, { defectIds, workOrderId }: Addition): Promise<Result<Added, AddRefusal>> {
  const store = defectStore(s.db);
  return changeRecord({
    clock: s.clock,
    async load() {
      const defects = await store.find(defectIds);
      if (defects.length !== new Set(defectIds).size) return null;
      const [order, repairs, additions] = await Promise.all([findOrder(s.db, workOrderId), repairsOf(s.db, defects), store.additions(defects)]);
      return { defects, order, repairs, additions };
    },
    async decide({ defects, order, repairs }) {
      const assetId = defects[0]?.assetId ?? null;
      if (assetId === null) return refuse("Choose which unit the report is about first.");
      if (defects.some((it) => it.assetId !== assetId)) return refuse("These defects are of different units.");
      const mine = defects.filter((it) => it.workOrderId === workOrderId && repairs.get(it.id)?.lives);
      const wanted = defects.filter((it) => !mine.includes(it));
      for (const it of wanted) {
        const allowed = canAddToOrder(it, repairs.get(it.id) ?? null);
        if (!allowed.ok) return allowed;
      }
      if (order) {
        const allowed = canEdit(order.state);
        if (order.assetId !== assetId) return refuse("That work order is of another unit.");
        return allowed === true ? ok({ wanted, assetId, ownerId: order.customerId }) : refuse(allowed);
      }
      const ownerId = await ownerOf(s.db, assetId);
      return ownerId ? ok({ wanted, assetId, ownerId }) : refuse("This unit is archived.");
    },
    async save({ defects, order, additions }, { wanted, assetId, ownerId }, now) {
      const result = { workOrderId, unit: defects[0]?.unitNumber ?? "", defects: defects.length };
      if (wanted.length === 0) return ok(result);
      const numbered = wanted.map((it) => ({ ...it, jobId: newId("job", now) }));
      const rows = order ? rowsOf(order, numbered, now) : newRows({ assetId, customerId: ownerId }, numbered, now);
      const links = store.addedRows(numbered, { id: workOrderId, number: order?.number ?? null }, additions, now);
      try {
        await s.db.batch([...rows, ...links]);
      } catch (cause) {
        if (isTaken(cause, "journal.")) return err({ kind: "stale" as const });
        throw cause;
      }
      if (!order) await saveSums(s.db, workOrderId, dayOf(now, s.db.scope.organization.zone));
      return ok(result);
    },
  });

  type Numbered = readonly (Defect & { jobId: Id<"job"> })[];

  function rowsOf(order: Order, defects: Numbered, now: UtcMs) {
    const jobs = jobsOf(defects, order.version + 1, Math.max(0, ...order.jobs.map(({ position }) => position)), now);
    const event = workOrderJournal.of("defects.added", { ...named(order), lines: jobs.map(({ complaint }) => complaint) });
    return orderRows(s.db, order, { event, jobs }, now);
  }

  function newRows(unit: { assetId: Id<"asset">; customerId: Id<"customer"> }, defects: Numbered, now: UtcMs) {
    const [first, ...others] = jobsOf(defects, 1, 0, now);
    if (!first) throw new Error("an order for no defects");
    const title = titleOf(first.complaint) + (others.length > 0 ? ` and ${others.length} more` : "");
    const facts = { title, ...unit, state: "open", lead: null, promisedAt: null, purchaseOrder: null, request: null } as const;
    return newOrderRows(s.db, { id: workOrderId, ...facts, jobs: [first, ...others] }, now);
  }
}

const jobsOf = (defects: readonly (Defect & { jobId: Id<"job"> })[], version: number, after: number, now: UtcMs) =>
  defects.map((it, at) => repairJob(it, { jobId: it.jobId, lineId: newId("line", now), position: after + at + 1, version }));

const refuse = (message: string) => err({ kind: "not-allowed" as const, message });
