import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { numbered } from "~/modules/organizations/numbering";
import { vendors } from "~/modules/vendors/vendor.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { nextNumber } from "~/platform/database/counters.server";
import { type Effect, type Entry, effectRow, entryRow, isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { billTotal } from "./bill";
import type { Budget } from "./budget";
import { CALLED_OFF, type Change, WORK_COMPLETED } from "./decide";
import { isClosedTo, isWorkDone, jobStates } from "./job-states";
import { actualOf, approvedEstimate, type Brief, committedOf, newestEstimate, newestInvoice, type VendorJob } from "./vendor-job";
import { outsideBudgets, vendorCosts, vendorEstimates, vendorInvoices, vendorJobs } from "./vendor-job.tables";

const MOST = 100;
const MESSAGES = 200;

export type VendorJobDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"vendor"> | ScopedDatabase<"job">;
export type NewVendorJob = {
  id: Id<"vendorJob">;
  workOrderId: Id<"workOrder">;
  assetId: Id<"asset">;
  vendorId: Id<"vendor">;
  assignedBy: { id: string; name: string };
  brief: Brief;
};
export type Message = { id: string; from: "staff" | "vendor"; name: string; text: string; at: UtcMs };

/** A message is a line of the journal about its job: nobody changes it, and both sides read the same. */
const MESSAGE = "vendor-message";
/** A line of the journal for each approval that counts against an order's or a vendor's limit. */
const SPENDING = "outside-spending";
type Spending = { id: string; version: number };

/** Outside work with its estimates, invoices and costs. A vendor's scope reaches the vendor's own jobs and no others. */
export function vendorJobStore(db: VendorJobDatabase) {
  const { scope } = db;
  const own = scope.audience === "vendor" ? eq(vendorJobs.vendorId, scope.partyId as Id<"vendor">) : undefined; // a vendor's session names its vendor
  const ofJob = (id: Id<"vendorJob">) => and(eq(vendorJobs.id, id), own);

  const noticeTo = (key: string, id: Id<"vendorJob">, version: number, vendorId: Id<"vendor">): Effect => ({
    key,
    kind: "board.changed",
    body: { kind: "vendor-job", id, version, audiences: ["staff", `vendor:${vendorId}`] },
  });
  const notice = (job: Pick<VendorJob, "id" | "version" | "vendorId">) => noticeTo(`board:${job.id}:${job.version}`, job.id, job.version, job.vendorId);

  function writes(before: VendorJob, next: VendorJob, at: UtcMs) {
    const { id } = next;
    const bill = newestInvoice(next)?.bill ?? newestEstimate(next)?.bill ?? null;
    const [committed, actual] = [committedOf(next), actualOf(next)];
    const { state, stateSince, reason, laterId, version } = next;
    const decided = approvedEstimate(next)?.decided?.at ?? null;
    const newCosts = next.costs.slice(before.costs.length);
    return [
      db.update(
        vendorJobs,
        {
          state,
          stateSince,
          reason,
          laterId,
          version,
          asked: bill && billTotal(bill),
          committed,
          committedAt: committed > 0 ? decided : null,
          actual,
          actualAt: newCosts.length > 0 ? (actual > 0 ? at : null) : sql`${vendorJobs.actualAt}`,
        },
        eq(vendorJobs.id, id),
      ),
      ...next.estimates
        .filter((one) => !before.estimates.includes(one))
        .map(({ revision, ...row }) =>
          db.upsert(vendorEstimates, { vendorJobId: id, revision, ...row }, [vendorEstimates.vendorJobId, vendorEstimates.revision], row),
        ),
      ...next.invoices
        .filter((one) => !before.invoices.includes(one))
        .map(({ submission, ...row }) =>
          db.upsert(vendorInvoices, { vendorJobId: id, submission, ...row }, [vendorInvoices.vendorJobId, vendorInvoices.submission], row),
        ),
      ...newCosts.map((cost, place) => db.insert(vendorCosts, { ...cost, vendorJobId: id, position: before.costs.length + place + 1 })),
    ];
  }

  const entryOf = (job: VendorJob, vendor: string, { what, body }: Pick<Change, "what" | "body">, at: UtcMs): Entry => ({
    record: { kind: "vendor-job", id: job.id, version: job.version },
    at,
    what,
    // Outside work is a part of its order's story.
    about: job.workOrderId,
    body: { name: [`V-${job.number}, ${vendor}`, body.why].filter(Boolean).join(": "), ...body },
  });

  return {
    async find(id: Id<"vendorJob">): Promise<VendorJob | null> {
      const j = vendorJobs;
      const [e, i, c] = [vendorEstimates, vendorInvoices, vendorCosts];
      const joined = (on: SQL): [typeof j, SQL][] => [[j, on]];
      const [[row], estimates, invoices, costs] = await db.queries(
        {
          from: j,
          columns: {
            number: j.number,
            workOrderId: j.workOrderId,
            assetId: j.assetId,
            vendorId: j.vendorId,
            title: j.title,
            instructions: j.instructions,
            dueDay: j.dueDay,
            notToExceed: j.notToExceed,
            needsEstimate: j.needsEstimate,
            sharesCustomer: j.sharesCustomer,
            state: j.state,
            stateSince: j.stateSince,
            reason: j.reason,
            earlierId: j.earlierId,
            laterId: j.laterId,
            assignedBy: j.assignedBy,
            version: j.version,
          },
          where: ofJob(id),
          limit: 1,
        },
        {
          from: e,
          columns: { revision: e.revision, state: e.state, bill: e.bill, submitted: e.submitted, decided: e.decided },
          join: joined(eq(j.id, e.vendorJobId)),
          where: and(eq(e.vendorJobId, id), own),
          orderBy: [asc(e.revision)],
          limit: MOST,
        },
        {
          from: i,
          columns: { submission: i.submission, state: i.state, reference: i.reference, bill: i.bill, submitted: i.submitted, decided: i.decided },
          join: joined(eq(j.id, i.vendorJobId)),
          where: and(eq(i.vendorJobId, id), own),
          orderBy: [asc(i.submission)],
          limit: MOST,
        },
        {
          from: c,
          columns: { id: c.id, submission: c.submission, amount: c.amount, price: c.price, reverses: c.reverses, why: c.why, at: c.at, by: c.by },
          join: joined(eq(j.id, c.vendorJobId)),
          where: and(eq(c.vendorJobId, id), own),
          orderBy: [asc(c.position)],
          limit: MOST,
        },
      );
      return row ? { id, ...row, estimates, invoices, costs } : null;
    },

    /** A new assignment takes its number in the batch that writes it. In the place of an earlier one, both are written or none. */
    async create({ brief, ...row }: NewVendorJob, vendor: string, at: UtcMs, effects: readonly Effect[], earlier: { job: VendorJob; change: Change } | null) {
      const number = nextNumber(db, "vendor-job", numbered["vendor-job"].first);
      const entry: Entry = {
        record: { kind: "vendor-job", id: row.id, version: 1 },
        at,
        what: "sent to a vendor",
        about: row.workOrderId,
        body: { name: `${vendor}: ${brief.title}`, ...brief },
      };
      try {
        await db.batch([
          entryRow(db, entry),
          ...(earlier ? [entryRow(db, entryOf(earlier.change.next, vendor, earlier.change, at)), ...writes(earlier.job, earlier.change.next, at)] : []),
          number.take,
          db.insert(vendorJobs, {
            ...row,
            ...brief,
            number: number.value,
            state: "assigned",
            stateSince: at,
            reason: "",
            earlierId: earlier?.job.id ?? null,
            laterId: null,
            asked: null,
            committed: toCents(0),
            committedAt: null,
            actual: toCents(0),
            actualAt: null,
            version: 1,
            createdAt: at,
          }),
          ...[noticeTo(`board:${row.id}:1`, row.id, 1, row.vendorId), ...effects].map((effect) => effectRow(db, effect, at)),
        ]);
        return ok(null);
      } catch (cause) {
        if (isTaken(cause, "journal.")) return err({ kind: "stale" as const });
        throw cause;
      }
    },

    /**
     * Commits a decided change, unless somebody changed the job since it was read, or spent of a limit that it was
     * weighed against: so two approvals at once never pass one limit together.
     */
    async save(
      job: VendorJob,
      change: Change,
      vendor: string,
      at: UtcMs,
      effects: readonly Effect[],
      weighedAgainst: readonly Spending[] = [],
    ): Promise<Result<VendorJob, { kind: "stale" }>> {
      const { next } = change;
      const spent = weighedAgainst.map(({ id, version }) =>
        entryRow(db, { record: { kind: SPENDING, id, version: version + 1 }, at, what: change.what, body: { vendorJobId: job.id } }),
      );
      const saved = await save(db, entryOf(next, vendor, change, at), [...spent, ...writes(job, next, at)], [notice(next), ...effects]);
      return saved.ok ? ok(next) : saved;
    },

    /** How often was spent of the limits of an order and of a vendor. */
    async spendings({ workOrderId, vendorId }: Pick<VendorJob, "workOrderId" | "vendorId">): Promise<Spending[]> {
      const of = (id: string) => ({
        from: journal,
        columns: { version: sql<number>`coalesce(max(${journal.version}), 0)` },
        where: and(eq(journal.recordKind, SPENDING), eq(journal.recordId, id)),
        limit: 1,
      });
      const [[order], [vendor]] = await db.queries(of(workOrderId), of(vendorId));
      return [
        { id: workOrderId, version: order?.version ?? 0 },
        { id: vendorId, version: vendor?.version ?? 0 },
      ];
    },

    /** What is written about a job to the other side. Sent twice, it stands once. */
    say: (job: Pick<VendorJob, "id" | "vendorId" | "version">, messageId: Id<"event">, text: string, at: UtcMs, effects: readonly Effect[]) =>
      save(
        db,
        { record: { kind: MESSAGE, id: messageId, version: 1 }, at, what: "message", about: job.id, body: { text } },
        [],
        [noticeTo(`board:${messageId}`, job.id, job.version, job.vendorId), ...effects],
      ),

    /** What the journal says of one change to a job that this scope was found to reach. */
    async line(id: Id<"vendorJob">, version: number) {
      const [row] = await db.query({
        from: journal,
        columns: { body: journal.body },
        where: and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, id), eq(journal.version, version)),
        limit: 1,
      });
      return row?.body ?? null;
    },

    /** The thread of a job that this scope was found to reach, the oldest first. */
    async messages(id: Id<"vendorJob">): Promise<Message[]> {
      const rows = await db.query({
        from: journal,
        columns: { id: journal.recordId, actor: journal.actor, body: journal.body, at: journal.at },
        join: [[vendorJobs, eq(vendorJobs.id, journal.about)]],
        where: and(eq(journal.about, id), eq(journal.recordKind, MESSAGE), own),
        orderBy: [desc(journal.at), desc(journal.recordId)],
        limit: MESSAGES,
      });
      return rows.reverse().map(({ actor, body, ...row }) => ({
        ...row,
        from: actor.audience === "vendor" ? "vendor" : "staff",
        name: actor.name,
        text: String(body.text ?? ""),
      }));
    },

    /** Where work is to be sent, and to whom; null where the order or the vendor is not there. */
    async place(workOrderId: Id<"workOrder">, vendorId: Id<"vendor">) {
      const [[order], [vendor]] = await db.queries(
        {
          from: workOrders,
          columns: { assetId: workOrders.assetId, state: workOrders.state, number: workOrders.number },
          where: eq(workOrders.id, workOrderId),
          limit: 1,
        },
        {
          from: vendors,
          columns: { name: vendors.name, portalEnabled: vendors.portalEnabled, usualLimit: vendors.usualLimit },
          where: and(eq(vendors.id, vendorId), isNull(vendors.archivedAt)),
          limit: 1,
        },
      );
      return order ? { order, vendor: vendor ?? null } : null;
    },

    /** What is said of a job's unit, order, vendor and customer. */
    async about(job: Pick<VendorJob, "id">) {
      const [row] = await db.query({
        from: vendorJobs,
        columns: {
          vendor: vendors.name,
          vendorEmail: vendors.email,
          vendorPhone: vendors.phone,
          portalEnabled: vendors.portalEnabled,
          unitNumber: assets.unitNumber,
          year: assets.year,
          make: assets.make,
          model: assets.model,
          vin: assets.vin,
          order: workOrders.number,
          orderTitle: workOrders.title,
          orderState: workOrders.state,
          customer: customers.name,
        },
        join: [
          [vendors, eq(vendors.id, vendorJobs.vendorId)],
          [assets, eq(assets.id, vendorJobs.assetId)],
          [workOrders, eq(workOrders.id, vendorJobs.workOrderId)],
          [customers, eq(customers.id, workOrders.customerId)],
        ],
        where: ofJob(job.id),
        limit: 1,
      });
      if (!row) throw new Error("outside work without its vendor, unit or order");
      return row;
    },

    /** All that was sent out of an order, with who has it. */
    atVendors: (workOrderId: Id<"workOrder">) =>
      db.query({
        from: vendorJobs,
        columns: { number: vendorJobs.number, state: vendorJobs.state, reason: vendorJobs.reason, vendor: vendors.name },
        join: [[vendors, eq(vendors.id, vendorJobs.vendorId)]],
        where: and(eq(vendorJobs.workOrderId, workOrderId), own),
        orderBy: [asc(vendorJobs.number)],
        limit: MOST,
      }),

    /** The limits that a job counts against, each with what stands against it besides this job. */
    async budgets(job: Pick<VendorJob, "id" | "workOrderId" | "vendorId" | "notToExceed">, month: { from: UtcMs; to: UtcMs }): Promise<Budget[]> {
      const j = vendorJobs;
      const sums = { committed: sql<number>`coalesce(sum(${j.committed}), 0)`, actual: sql<number>`coalesce(sum(${j.actual}), 0)` };
      const within = (at: typeof j.committedAt | typeof j.actualAt) => and(gte(at, month.from), lt(at, month.to));
      const others = ne(j.id, job.id);
      const [[limit], [order], [vendor], [committed], [actual]] = await db.queries(
        { from: outsideBudgets, columns: { amount: outsideBudgets.amount }, where: eq(outsideBudgets.workOrderId, job.workOrderId), limit: 1 },
        { from: j, columns: sums, where: and(eq(j.workOrderId, job.workOrderId), others), limit: 1 },
        { from: vendors, columns: { monthlyBudget: vendors.monthlyBudget }, where: eq(vendors.id, job.vendorId), limit: 1 },
        { from: j, columns: { sum: sums.committed }, where: and(eq(j.vendorId, job.vendorId), others, within(j.committedAt)), limit: 1 },
        { from: j, columns: { sum: sums.actual }, where: and(eq(j.vendorId, job.vendorId), others, within(j.actualAt)), limit: 1 },
      );
      const budget = (of: Budget["of"], amount: Cents | null | undefined, so: { committed?: number; actual?: number } | undefined): Budget[] =>
        amount === null || amount === undefined ? [] : [{ of, limit: amount, committed: toCents(so?.committed ?? 0), actual: toCents(so?.actual ?? 0) }];
      return [
        ...budget("assignment", job.notToExceed, undefined),
        ...budget("order", limit?.amount, order),
        ...budget("vendor-month", vendor?.monthlyBudget, { committed: committed?.sum, actual: actual?.sum }),
      ];
    },

    async orderBudget(workOrderId: Id<"workOrder">) {
      const [row] = await db.query({
        from: outsideBudgets,
        columns: { amount: outsideBudgets.amount, version: outsideBudgets.version },
        where: eq(outsideBudgets.workOrderId, workOrderId),
        limit: 1,
      });
      return row ?? { amount: null, version: 0 };
    },

    setOrderBudget(workOrderId: Id<"workOrder">, amount: Cents | null, version: number, at: UtcMs) {
      return save(
        db,
        { record: { kind: "outside-budget", id: workOrderId, version }, at, what: "outside budget set", about: workOrderId, body: { amount } },
        [db.upsert(outsideBudgets, { workOrderId, amount, version }, [outsideBudgets.workOrderId], { amount, version })],
        [
          {
            key: `board:${workOrderId}:budget:${version}`,
            kind: "board.changed",
            body: { kind: "work-order", id: workOrderId, version, audiences: ["staff"] },
          },
        ],
      );
    },

    /**
     * Until when what was added to an order is for this scope's vendor: "now" while it works on it, the moment it was
     * done with its work, or stopped, after that, null where it has no part in the order.
     */
    async partLasts(workOrderId: Id<"workOrder">): Promise<UtcMs | "now" | null> {
      const ofOrder = and(eq(vendorJobs.workOrderId, workOrderId), own);
      const ofJob = and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, vendorJobs.id), inArray(journal.what, [WORK_COMPLETED, CALLED_OFF])) as SQL; // `and` of three conditions is one
      const [[working], done] = await db.queries(
        { from: vendorJobs, columns: { id: vendorJobs.id }, where: and(ofOrder, inArray(vendorJobs.state, workingStates)), limit: 1 },
        {
          from: vendorJobs,
          // The first of a job's two ends counts: what was complete may still be called off.
          columns: { at: sql<UtcMs>`min(${journal.at})` },
          join: [[journal, ofJob]],
          where: ofOrder,
          groupBy: [vendorJobs.id],
          limit: MOST,
        },
      );
      if (working) return "now";
      return done.reduce<UtcMs | null>((last, { at }) => (last === null || at > last ? at : last), null);
    },
  };
}

const workingStates = jobStates.filter((state) => !isClosedTo(state) && !isWorkDone(state));
