import { and, desc, eq } from "drizzle-orm";
import { journal } from "~/platform/database/tenant.tables";

/** Activity entries that a record's page shows. */
export const MAX_ACTIVITY = 100;

const { recordKind, recordId, version, at, event, actor, body } = journal;
const columns = { recordKind, recordId, version, at, event, actor, body };

/** The two queries behind a record's activity: its own changes, and changes of other records about it. */
export function activityQueries(kind: "work-order" | "asset", id: string) {
  const own = { from: journal, columns, where: and(eq(recordKind, kind), eq(recordId, id)), orderBy: [desc(version)], limit: MAX_ACTIVITY };
  const about = { from: journal, columns, where: eq(journal.about, id), orderBy: [desc(at)], limit: MAX_ACTIVITY };
  const both: [typeof own, typeof about] = [own, about];
  return both;
}
