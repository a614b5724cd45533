import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { isTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardChanged } from "~/platform/live/board-effects";
import { type NewOrder, newOrder } from "./new-order.store.server";
import type { Change, Order } from "./order";
import { orderAggregate, sumsFor } from "./order-aggregate.store.server";
import { workOrderJournal } from "./work-order.journal";
import { laborEntries, workOrderJobs, workOrders } from "./work-order.tables";

const JOB_GONE = "Someone else just removed this job. Your entries are still here: copy them into a new job.";
const LINE_GONE = "A line of this form was removed, or belongs to another job. Your entries are still here: add it as a new line.";

/** Orders with their jobs and clocks. Only staff and background jobs, which bring the zone of the shop, can build this store. */
export function workOrderStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, zone?: string) {
  const { find, parts, rowsOf } = orderAggregate(db, zone);

  return {
    /** An order with everything a decision needs, and the current rates and taxes. */
    find,

    create(order: NewOrder, at: UtcMs) {
      const { entry, rows, effects } = newOrder(db, order, at);
      return saveNew(db, entry, rows, effects);
    },

    /** Saves a decided change, unless the order was changed since it was read. */
    async save(
      order: Order,
      change: Change,
      at: UtcMs,
      more: { changes?: readonly Statement[]; effects?: readonly Effect[] } = {},
    ): Promise<Result<Order, { kind: "stale" } | { kind: "clock-elsewhere" } | { kind: "job-gone"; message: string }>> {
      const { next, entry, writes, effects } = parts(order, change, at);
      try {
        const saved = await save(db, entry, [...writes, ...(more.changes ?? [])], [...effects, ...(more.effects ?? [])]);
        return saved.ok ? ok(next) : saved;
      } catch (cause) {
        if (isTaken(cause, "labor_entries.technician_id")) return { ok: false, error: { kind: "clock-elsewhere" } };
        // Somebody else offered the same declined line again, on another order.
        if (isTaken(cause, "work_order_lines.revived_from")) return { ok: false, error: { kind: "stale" } };
        if (isTaken(cause, "work_order_jobs.id")) return { ok: false, error: { kind: "job-gone", message: JOB_GONE } };
        if (isTaken(cause, "work_order_lines.id")) return { ok: false, error: { kind: "job-gone", message: LINE_GONE } };
        throw cause;
      }
    },

    rowsOf,

    /** Writes the sums that lists show of an order that was just opened with lines: its standing sum is known by now. */
    async saveSums(id: Id<"workOrder">, today: string): Promise<void> {
      const found = await find(id);
      if (found)
        await db.batch([db.update(workOrders, sumsFor(found.order, today), and(eq(workOrders.id, id), eq(workOrders.version, found.order.version)) as SQL)]); // `and` of two conditions is one
    },

    /** Facts for mails about an order: unit, customer, title and service request. */
    async facts(id: Id<"workOrder">) {
      const [row] = await db.query({
        from: workOrders,
        columns: {
          number: workOrders.number,
          title: workOrders.title,
          state: workOrders.state,
          request: workOrders.request,
          customerId: workOrders.customerId,
          customer: customers.name,
          unitNumber: assets.unitNumber,
          message: workOrderJobs.complaint,
        },
        join: [
          [customers, eq(customers.id, workOrders.customerId)],
          [assets, eq(assets.id, workOrders.assetId)],
          [workOrderJobs, eq(workOrderJobs.workOrderId, workOrders.id)],
        ],
        where: eq(workOrders.id, id),
        orderBy: [asc(workOrderJobs.position)],
        limit: 1,
      });
      return row ?? null;
    },

    /** What an order's entry recorded of a switch between options. */
    async optionSwitch(id: Id<"workOrder">, version: number) {
      const [row] = await db.query({
        from: journal,
        columns: { event: journal.event, body: journal.body },
        where: and(eq(journal.recordKind, "work-order"), eq(journal.recordId, id), eq(journal.version, version)) as SQL, // `and` of conditions is one
        limit: 1,
      });
      return row ? workOrderJournal.bodyOf(row, "option.switched") : null;
    },

    /** A technician's running clock, on any order. */
    async runningClock(technicianId: Id<"membership">) {
      const [row] = await db.query({
        from: laborEntries,
        columns: { id: laborEntries.id, workOrderId: laborEntries.workOrderId, jobId: laborEntries.jobId, startedAt: laborEntries.startedAt },
        where: and(eq(laborEntries.technicianId, technicianId), isNull(laborEntries.stoppedAt)) as SQL, // `and` of two conditions is one
        limit: 1,
      });
      return row ?? null;
    },

    /** The customer's agreed labor rate, if any. */
    async agreedRate(id: Id<"workOrder">): Promise<Cents | null> {
      const [row] = await db.query({
        from: workOrders,
        columns: { rate: customers.laborRate },
        join: [[customers, eq(customers.id, workOrders.customerId)]],
        where: eq(workOrders.id, id),
        limit: 1,
      });
      return row?.rate ?? null;
    },

    /** An internal note, stored only as a journal entry. */
    addNote: (id: Id<"workOrder">, noteId: Id<"event">, text: string, at: UtcMs) =>
      saveNew(
        db,
        { record: { kind: "work-order-note", id: noteId, version: 1 }, at, event: workOrderJournal.of("note.added", { text }), about: id },
        [],
        [boardChanged(`${id}:${noteId}`, { kind: "work-order", id, version: 0 }, ["staff"])],
      ),
  };
}
