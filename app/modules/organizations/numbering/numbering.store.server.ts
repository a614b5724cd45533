import { inArray, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { counters } from "~/platform/database/tenant.tables";
import { organizationJournal } from "../organization.journal";
import { type Numbered, numberedKinds } from "./numbering";

/** Document numbers by kind. Staff see and raise them. */
export function numberingStore(db: ScopedDatabase<"staff">) {
  return {
    /** The last assigned number of each kind. */
    async last(): Promise<Record<Numbered, number | null>> {
      const rows = await db.query({
        from: counters,
        columns: { kind: counters.kind, value: counters.value },
        where: inArray(counters.kind, numberedKinds),
        limit: numberedKinds.length,
      });
      const of = (kind: Numbered) => rows.find((row) => row.kind === kind)?.value ?? null;
      return { "work-order": of("work-order"), estimate: of("estimate"), invoice: of("invoice"), "vendor-job": of("vendor-job") };
    },

    /** Sets the next number, unless a higher one was assigned meanwhile. */
    move(kind: Numbered, next: number, before: number | null, event: Id<"event">, at: UtcMs) {
      const moved = organizationJournal.of("numbering.moved", { kind, before, next });
      const forward: SQL = sql`${counters.value} < ${next - 1}`;
      return save(db, { record: { kind: "numbering", id: event, version: 1 }, at, event: moved }, [
        db.upsert(counters, { kind, value: next - 1 }, [counters.kind], { value: next - 1 }, forward),
      ]);
    },
  };
}
