import { asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { workOrderJournal } from "../work-order.journal";
import { cannedJobs } from "../work-order.tables";
import type { CannedJob } from "./canned-job";

const { id, name, complaint, correction, vmrs, options, lines, version } = cannedJobs;
const columns = { id, name, complaint, correction, vmrs, options, lines, version };
const MOST = 500;

export function cannedJobStore(db: ScopedDatabase<"staff">) {
  return {
    list: (): Promise<CannedJob[]> => db.query({ from: cannedJobs, columns, where: isNull(cannedJobs.archivedAt), orderBy: [asc(name)], limit: MOST }),

    async find(wanted: Id<"cannedJob">): Promise<CannedJob | null> {
      const [row] = await db.query({ from: cannedJobs, columns, where: eq(id, wanted), limit: 1 });
      return row ?? null;
    },

    /** The labor rate that a customer agreed on; null if none. */
    async agreedRate(customerId: Id<"customer">): Promise<Cents | null> {
      const [row] = await db.query({ from: customers, columns: { rate: customers.laborRate }, where: eq(customers.id, customerId), limit: 1 });
      return row?.rate ?? null;
    },

    /** Version 1 is a new one; a form submitted twice conflicts with its own first version. */
    save(job: CannedJob, at: UtcMs) {
      const { id: jobId, ...row } = job;
      const entry = {
        record: { kind: "canned-job", id: jobId, version: row.version },
        at,
        event: workOrderJournal.of(row.version === 1 ? "canned-job.added" : "canned-job.changed", row),
      };
      return save(db, entry, [row.version === 1 ? db.insert(cannedJobs, { id: jobId, ...row, createdAt: at }) : db.update(cannedJobs, row, eq(id, jobId))]);
    },

    archive(job: CannedJob, at: UtcMs) {
      const next = job.version + 1;
      const event = workOrderJournal.of("canned-job.archived", { name: job.name });
      const entry = { record: { kind: "canned-job", id: job.id, version: next }, at, event };
      return save(db, entry, [db.update(cannedJobs, { version: next, archivedAt: at }, eq(id, job.id))]);
    },
  };
}
