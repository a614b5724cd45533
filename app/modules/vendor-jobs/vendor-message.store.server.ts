import { and, desc, eq } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { saveNew } from "~/platform/database/journal.server";
import { journal } from "~/platform/database/tenant.tables";
import type { VendorJob } from "./vendor-job";
import { vendorJobJournal } from "./vendor-job.journal";
import { noticeTo } from "./vendor-job.store.server";
import { vendorJobs } from "./vendor-job.tables";
import { jobsOfVendor, type VendorJobDatabase } from "./vendor-job-scope.store.server";

const MESSAGES = 200;
/** A message is a journal entry of its job, so it can't be changed and both sides see the same text. */
const MESSAGE = "vendor-message";

export type Message = { id: string; from: "staff" | "vendor"; name: string; text: string; at: UtcMs };

/** Messages between shop and vendor about a job. */
export function vendorMessageStore(db: VendorJobDatabase) {
  return {
    /** Adds a message. Submitted twice, it is stored once. */
    add: (job: Pick<VendorJob, "id" | "vendorId" | "version">, messageId: Id<"event">, text: string, at: UtcMs, effects: readonly Effect[]) =>
      saveNew(
        db,
        { record: { kind: MESSAGE, id: messageId, version: 1 }, at, event: vendorJobJournal.of("vendor-message.written", { text }), about: job.id },
        [],
        [noticeTo(messageId, job.id, job.version, job.vendorId), ...effects],
      ),

    /** The thread of a job, oldest first. Callers must have found the job in this scope first. */
    async of(id: Id<"vendorJob">): Promise<Message[]> {
      const rows = await db.query({
        from: journal,
        columns: { id: journal.recordId, actor: journal.actor, event: journal.event, body: journal.body, at: journal.at },
        join: [[vendorJobs, eq(vendorJobs.id, journal.about)]],
        where: and(eq(journal.about, id), eq(journal.recordKind, MESSAGE), jobsOfVendor(db)),
        orderBy: [desc(journal.at), desc(journal.recordId)],
        limit: MESSAGES,
      });
      return rows.reverse().map(({ id: messageId, actor, at, ...row }) => ({
        id: messageId,
        at,
        from: actor.audience === "vendor" ? "vendor" : "staff",
        name: actor.name,
        text: vendorJobJournal.bodyOf(row, "vendor-message.written")?.text ?? "",
      }));
    },
  };
}
