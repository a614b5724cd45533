import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Job, Line, OrderLine } from "../jobs/job";
import { named, type Order, type WorkOrderRefusal } from "../order";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { workOrderStore } from "../work-order.store.server";
import { withCores } from "./core-lines";
import { atTodaysPrice } from "./current-price";
import type { DeferredLine } from "./deferred-work";
import { findDeferredWork, findRates } from "./deferred-work.store.server";
import { newLine } from "./order-lines";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type ReviveRefusal = Exclude<WorkOrderRefusal, { kind: "collides" }> | { kind: "clock-elsewhere" };

/**
 * Offers deferred work of a unit again: as new lines of an open order of the same unit, at today's labor rates. Lines
 * that are offered again already are left out, so a form sent twice adds them once.
 */
export async function reviveLines(s: Needs, workOrderId: Id<"workOrder">, lineIds: readonly string[]): Promise<Result<Order, ReviveRefusal>> {
  const store = workOrderStore(s.db);
  return changeRecord({
    clock: s.clock,
    async load() {
      const found = await store.find(workOrderId);
      return found && { order: found.order, deferred: await findDeferredWork(s.db, found.order.assetId), rates: await findRates(s.db) };
    },
    decide({ order, deferred, rates }, now): Result<{ jobs: Job[] }, ReviveRefusal> {
      const allowed = canEdit(order.state);
      if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
      const ids = withCores(
        deferred.map(({ line }) => line),
        lineIds,
      );
      const wanted = deferred.filter((it) => ids.includes(it.line.id) && it.workOrderId !== workOrderId);
      const version = order.version + 1;
      const last = Math.max(0, ...order.jobs.map(({ position }) => position));
      const jobs = byJob(wanted).map(
        ([first, all], at): Job => ({
          id: newId("job", now),
          position: last + at + 1,
          complaint: first.complaint,
          cause: "",
          correction: "",
          vmrs: null,
          technician: null,
          lines: revived(
            all.map(({ line }) => atTodaysPrice(line, rates)),
            version,
            () => newId("line", now),
          ),
          version,
        }),
      );
      return ok({ jobs });
    },
    async save({ order }, { jobs }, now) {
      if (jobs.length === 0) return ok(order);
      const lines = jobs.flatMap((job) => job.lines.map(({ text }) => text));
      return store.save(order, { event: workOrderJournal.of("lines.revived", { ...named(order), lines }), jobs }, now);
    },
  });
}

/** New lines for deferred ones. A core is of the new part; an option is not offered again as one. */
function revived(lines: readonly Line[], version: number, freshId: () => Id<"line">): OrderLine[] {
  const ids = new Map(lines.map(({ id }) => [id, freshId()]));
  return lines.map(({ option: _, ofLine, ...line }) => {
    const part = ofLine && ids.get(ofLine);
    const written: Line = { ...line, id: ids.get(line.id) ?? freshId(), ...(part ? { ofLine: part } : {}) };
    return { ...newLine(written, version), revivedFrom: line.id };
  });
}

/** Deferred lines by the job they were on. */
function byJob(lines: readonly DeferredLine[]): [first: DeferredLine, all: DeferredLine[]][] {
  const groups = new Map<string, [DeferredLine, DeferredLine[]]>();
  for (const line of lines) {
    const group = groups.get(line.jobId);
    if (group) group[1].push(line);
    else groups.set(line.jobId, [line, [line]]);
  }
  return [...groups.values()];
}
