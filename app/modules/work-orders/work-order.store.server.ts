import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { shopRules } from "~/modules/organizations/organization.tables";
import { type RulesVersion, rulesIn } from "~/modules/organizations/shop-rules/shop-rules";
import { type Entry, effectRow, entryRow, isTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { type Job, sumsOf, type Technician } from "./jobs/job";
import { jobRow, type NewOrder, newOrder } from "./new-order.store.server";
import { applied, type Change, isSeenByCustomer, type LaborEntry, linesOf, MOST_JOBS, type Order } from "./order";
import { workOrderEffects } from "./work-order.effects";
import { workOrderJournal } from "./work-order.journal";
import { laborEntries, workOrderJobs, workOrders } from "./work-order.tables";

const JOB_GONE = "Someone else just removed this job. Your entries are still here: copy them into a new job.";
const MOST_CLOCKS = 1_000;

const person = (id: Id<"membership"> | null, name: string | null): Technician | null => (id && name ? { id, name } : null);

const jobColumns = {
  number: workOrders.number,
  assetId: workOrders.assetId,
  customerId: workOrders.customerId,
  headVersion: workOrders.headVersion,
  stateVersion: workOrders.stateVersion,
  state: workOrders.state,
  holdReason: workOrders.holdReason,
  stateSince: workOrders.stateSince,
  completedAt: workOrders.completedAt,
  rulesVersion: workOrders.rulesVersion,
  title: workOrders.title,
  leadId: workOrders.leadId,
  leadName: workOrders.leadName,
  promisedAt: workOrders.promisedAt,
  purchaseOrder: workOrders.purchaseOrder,
  version: workOrders.version,
};

/** Orders with their jobs and clocks. Only staff and background jobs (which add approved work) can build this store. */
export function workOrderStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const addJob = (workOrderId: Id<"workOrder">, job: Job): Statement => db.insert(workOrderJobs, { workOrderId, ...jobRow(job) });
  const changeJob = (workOrderId: Id<"workOrder">, job: Job): Statement => {
    const { id, ...row } = jobRow(job);
    return db.update(workOrderJobs, row, sql`${and(eq(workOrderJobs.id, id), eq(workOrderJobs.workOrderId, workOrderId))}`);
  };
  const keepClock = (workOrderId: Id<"workOrder">, { id, jobId, technician, startedAt, stoppedAt }: LaborEntry): Statement =>
    db.upsert(laborEntries, { id, workOrderId, jobId, technicianId: technician.id, technicianName: technician.name, startedAt, stoppedAt }, [laborEntries.id], {
      startedAt,
      stoppedAt,
    });

  function parts(order: Order, change: Change, at: UtcMs) {
    const next = applied(order, change);
    const { price, cost } = sumsOf(linesOf(next));
    const { title, lead, promisedAt, purchaseOrder, state, holdReason, stateSince, completedAt, rulesVersion, version, headVersion, stateVersion } = next;
    const entry: Entry = {
      record: { kind: "work-order", id: order.id, version },
      at,
      event: change.event,
      // A change of state also shows in the activity of its unit.
      about: state === order.state ? undefined : order.assetId,
    };
    const row = { title, promisedAt, purchaseOrder, state, holdReason, stateSince, completedAt, rulesVersion, version, headVersion, stateVersion, price, cost };
    // An id the order doesn't have is a new job, a removed one or another order's. Only a new one can be inserted.
    const isNew = !order.jobs.some(({ id }) => id === change.job?.id);
    const writes = [
      db.update(workOrders, { ...row, leadId: lead?.id ?? null, leadName: lead?.name ?? null }, eq(workOrders.id, order.id)),
      ...(change.job ? [isNew ? addJob(order.id, change.job) : changeJob(order.id, change.job)] : []),
      ...(change.removedJob ? [db.update(workOrderJobs, { removedAt: at }, eq(workOrderJobs.id, change.removedJob))] : []),
      // Stops before starts, because a technician can have only one running clock.
      ...[...(change.clocks ?? [])].sort((a, b) => Number(a.stoppedAt === null) - Number(b.stoppedAt === null)).map((clock) => keepClock(order.id, clock)),
    ];
    const effects: Effect[] = [
      boardChanged(`${order.id}:${version}`, { kind: "work-order", id: order.id, version }, boardAudiences(order.customerId, isSeenByCustomer(change))),
    ];
    if (change.event.code === "work-order.completed")
      effects.push(workOrderEffects.of("mail.order-ready", `mail.order-ready:${order.id}:${version}`, { workOrderId: order.id }));
    return { next, entry, writes, effects };
  }

  return {
    /** An order with everything a decision needs, and the current rates and taxes. */
    async find(id: Id<"workOrder">): Promise<{ order: Order; rules: RulesVersion } | null> {
      const j = workOrderJobs;
      const l = laborEntries;
      const [[row], jobs, clocks, rules] = await db.queries(
        {
          from: workOrders,
          columns: jobColumns,
          where: eq(workOrders.id, id),
          limit: 1,
        },
        {
          from: j,
          columns: {
            id: j.id,
            position: j.position,
            complaint: j.complaint,
            cause: j.cause,
            correction: j.correction,
            vmrs: j.vmrs,
            technicianId: j.technicianId,
            technicianName: j.technicianName,
            lines: j.lines,
            version: j.version,
          },
          where: and(eq(j.workOrderId, id), isNull(j.removedAt)),
          orderBy: [asc(j.position)],
          limit: MOST_JOBS,
        },
        {
          from: l,
          columns: { id: l.id, jobId: l.jobId, technicianId: l.technicianId, technicianName: l.technicianName, startedAt: l.startedAt, stoppedAt: l.stoppedAt },
          where: eq(l.workOrderId, id),
          orderBy: [asc(l.startedAt)],
          limit: MOST_CLOCKS,
        },
        { from: shopRules, columns: { version: shopRules.version, rules: shopRules.rules }, orderBy: [desc(shopRules.version)], limit: 1 },
      );
      if (!row) return null;
      const { leadId: itsLead, leadName: itsLeadName, ...head } = row;
      return {
        order: {
          id,
          ...head,
          lead: person(itsLead, itsLeadName),
          jobs: jobs.map(({ technicianId, technicianName, ...job }) => ({ ...job, technician: person(technicianId, technicianName) })),
          clocks: clocks.map(({ technicianId, technicianName, ...entry }) => ({ ...entry, technician: { id: technicianId, name: technicianName } })),
        },
        rules: rulesIn(rules),
      };
    },

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
        if (isTaken(cause, "work_order_jobs.id")) return { ok: false, error: { kind: "job-gone", message: JOB_GONE } };
        throw cause;
      }
    },

    /** A decided change as statements for another batch, which fails as a whole if the order was changed meanwhile. */
    rowsOf(order: Order, change: Change, at: UtcMs): Statement[] {
      const { entry, writes, effects } = parts(order, change, at);
      return [entryRow(db, entry), ...writes, ...effects.map((effect) => effectRow(db, effect, at))];
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
