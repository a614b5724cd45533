import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { nextNumber } from "~/platform/database/counters.server";
import { type Entry, effectRow, entryRow, isRefused, isTaken, save } from "~/platform/database/journal.server";
import type { Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardChanged } from "~/platform/live/board-effects";
import type { AskedLine } from "./assignment/asked-lines";
import { type Spending, spendingRows } from "./budget/outside-budget.store.server";
import type { Change } from "./decide";
import { vendorChargesTotal } from "./invoicing/vendor-charges";
import { type Assignment, actualOf, approvedEstimate, committedOf, newestEstimate, newestInvoice, type VendorJob, waitingAddition } from "./vendor-job";
import { vendorJobJournal } from "./vendor-job.journal";
import { vendorCosts, vendorEstimates, vendorInvoices, vendorJobs } from "./vendor-job.tables";
import { jobsOfVendor, type VendorJobDatabase } from "./vendor-job-scope.store.server";

const MOST = 100;

export type NewVendorJob = {
  id: Id<"vendorJob">;
  workOrderId: Id<"workOrder">;
  lineId: Id<"line">;
  askedLines: readonly Id<"line">[];
  vendorId: Id<"vendor">;
  assignedBy: { id: string; name: string };
  assignment: Assignment;
  /** What is asked, as the lines read now. */
  lines: readonly AskedLine[];
};
/** Live notice of a changed job, for its vendor and the shop. */
export const noticeTo = (key: string, id: Id<"vendorJob">, version: number, vendorId: Id<"vendor">): Effect =>
  boardChanged(key, { kind: "vendor-job", id, version }, ["staff", `vendor:${vendorId}`]);

/** Outside work with its estimates, invoices and costs. */
export function vendorJobStore(db: VendorJobDatabase) {
  const own = jobsOfVendor(db);
  const ofJob = (id: Id<"vendorJob">) => and(eq(vendorJobs.id, id), own);

  const notice = (job: Pick<VendorJob, "id" | "version" | "vendorId">) => noticeTo(`${job.id}:${job.version}`, job.id, job.version, job.vendorId);

  function writes(before: VendorJob, next: VendorJob, at: UtcMs) {
    const { id } = next;
    // A declined addition leaves the sum that was approved before it.
    const estimate = next.state === "approved" && !waitingAddition(next) ? approvedEstimate(next) : newestEstimate(next);
    const charges = newestInvoice(next)?.charges ?? estimate?.charges ?? null;
    const [committed, actual] = [committedOf(next), actualOf(next)];
    const { state, stateSince, reason, laterId, lineId, paid, version } = next;
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
          lineId,
          paid,
          version,
          additionWaits: waitingAddition(next) !== null,
          asked: charges && vendorChargesTotal(charges),
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

  const entryOf = ({ event, next }: Change, at: UtcMs): Entry => ({
    record: { kind: "vendor-job", id: next.id, version: next.version },
    at,
    event,
    // Vendor jobs also show in the activity of their order.
    about: next.workOrderId,
  });

  async function bodyOf<Code extends "vendor-job.sent" | "vendor-job.canceled">(id: Id<"vendorJob">, version: number, code: Code) {
    const [row] = await db.query({
      from: journal,
      columns: { event: journal.event, body: journal.body },
      where: and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, id), eq(journal.version, version)),
      limit: 1,
    });
    return row ? vendorJobJournal.bodyOf(row, code) : null;
  }

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
            lineId: j.lineId,
            askedLines: j.askedLines,
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
            paid: j.paid,
            version: j.version,
          },
          where: ofJob(id),
          limit: 1,
        },
        {
          from: e,
          columns: { revision: e.revision, state: e.state, charges: e.charges, submitted: e.submitted, decided: e.decided },
          join: joined(eq(j.id, e.vendorJobId)),
          where: and(eq(e.vendorJobId, id), own),
          orderBy: [asc(e.revision)],
          limit: MOST,
        },
        {
          from: i,
          columns: { submission: i.submission, state: i.state, reference: i.reference, charges: i.charges, submitted: i.submitted, decided: i.decided },
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

    /** Assigns the number in the same batch. A replacement also updates the earlier assignment in that batch. */
    async create(
      { assignment, lines, ...row }: NewVendorJob,
      vendor: string,
      at: UtcMs,
      effects: readonly Effect[],
      /** What it does to the line of its order. */
      changes: readonly Statement[],
      earlier: { job: VendorJob; change: Change } | null,
    ) {
      const number = nextNumber(db, "vendor-job", numbered["vendor-job"].first);
      const entry: Entry = {
        record: { kind: "vendor-job", id: row.id, version: 1 },
        at,
        event: vendorJobJournal.of("vendor-job.sent", { vendor, ...assignment, lines }),
        about: row.workOrderId,
      };
      try {
        // No unit for an order that was canceled meanwhile: the NOT NULL constraint refuses that, and with it the whole batch.
        const { organizationId } = db.scope;
        const order = and(eq(workOrders.organizationId, organizationId), eq(workOrders.id, row.workOrderId), ne(workOrders.state, "canceled"));
        const assetId = sql`(select ${workOrders.assetId} from ${workOrders} where ${order})`;
        await db.batch([
          entryRow(db, entry),
          ...(earlier ? [entryRow(db, entryOf(earlier.change, at)), ...writes(earlier.job, earlier.change.next, at)] : []),
          ...changes,
          number.take,
          db.insert(vendorJobs, {
            ...row,
            ...assignment,
            assetId,
            number: number.value,
            state: "assigned",
            stateSince: at,
            reason: "",
            earlierId: earlier?.job.id ?? null,
            laterId: null,
            additionWaits: false,
            asked: null,
            committed: toCents(0),
            committedAt: null,
            actual: toCents(0),
            actualAt: null,
            version: 1,
            createdAt: at,
          }),
          ...[noticeTo(`${row.id}:1`, row.id, 1, row.vendorId), ...effects].map((effect) => effectRow(db, effect, at)),
        ]);
        return ok(null);
      } catch (cause) {
        if (isTaken(cause, "journal.")) return err({ kind: "stale" as const });
        if (isRefused(cause, "NOT NULL", "vendor_jobs.asset_id")) return err({ kind: "order-canceled" as const });
        throw cause;
      }
    },

    /**
     * Saves a decided change, unless the job was changed since it was read, or a limit it was checked against was used
     * since: two approvals at once never exceed a limit together.
     */
    async save(
      job: VendorJob,
      change: Change,
      at: UtcMs,
      effects: readonly Effect[],
      seenSpending: readonly Spending[] = [],
      changes: readonly Statement[] = [],
    ): Promise<Result<VendorJob, { kind: "stale" }>> {
      const { next } = change;
      const spendingEntries = spendingRows(db, job, at, seenSpending);
      const saved = await save(db, entryOf(change, at), [...spendingEntries, ...writes(job, next, at), ...changes], [notice(next), ...effects]);
      return saved.ok ? ok(next) : saved;
    },

    /** What was asked when the job was sent. Callers must have found the job in this scope first. */
    async sentLines(id: Id<"vendorJob">): Promise<readonly AskedLine[]> {
      const body = await bodyOf(id, 1, "vendor-job.sent");
      return body?.lines ?? [];
    },

    /** How a job was canceled by the change of this version; null if it was another change. Callers must have found the job in this scope first. */
    cancellation: (id: Id<"vendorJob">, version: number) => bodyOf(id, version, "vendor-job.canceled"),
  };
}
