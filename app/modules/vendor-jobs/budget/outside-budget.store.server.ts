import { and, eq, gte, lt, ne, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { vendors } from "~/modules/vendors/vendor.tables";
import { entryRow, save } from "~/platform/database/journal.server";
import { journal } from "~/platform/database/tenant.tables";
import { boardChanged } from "~/platform/live/board-effects";
import type { VendorJob } from "../vendor-job";
import { vendorJobJournal } from "../vendor-job.journal";
import { outsideBudgets, vendorJobs } from "../vendor-job.tables";
import type { VendorJobDatabase } from "../vendor-job-scope.store.server";
import type { Budget } from "./budget";

/** Journal kind of an approval that counts against an order's or a vendor's limit. */
const SPENDING = "outside-spending";
export type Spending = { id: string; version: number };

/** Versioned journal rows per limit. Two approvals at the same time write the same version, so one of them fails. */
export const spendingRows = (db: VendorJobDatabase, { id: vendorJobId }: Pick<VendorJob, "id">, at: UtcMs, seenSpending: readonly Spending[]) =>
  seenSpending.map(({ id, version }) =>
    entryRow(db, { record: { kind: SPENDING, id, version: version + 1 }, at, event: vendorJobJournal.of("outside-spending.counted", { vendorJobId }) }),
  );

/** Limits on outside work: per assignment, per order, per vendor and month. */
export function outsideBudgetStore(db: VendorJobDatabase) {
  return {
    /** The versions of an order's and a vendor's limits. */
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

    /** The limits a job counts against, each with what other jobs used of it. */
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
        { record: { kind: "outside-budget", id: workOrderId, version }, at, event: vendorJobJournal.of("outside-budget.set", { amount }), about: workOrderId },
        [db.upsert(outsideBudgets, { workOrderId, amount, version }, [outsideBudgets.workOrderId], { amount, version })],
        [boardChanged(`${workOrderId}:budget:${version}`, { kind: "work-order", id: workOrderId, version }, ["staff"])],
      );
    },
  };
}
