import { and, asc, eq, gt, inArray, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { lineDecisions, workOrderLines } from "../work-order.tables";

export type LaterDecision = { lineId: Id<"line">; text: string; outcome: "unchosen" | "withdrawn" | "declined"; at: UtcMs };

const MOST = 90;
const TAKEN_BACK = ["unchosen", "withdrawn", "declined"] as const;

/** What was taken back since of lines that an answer approved: switched to another option, taken off, or declined. The lines are the reader's own. */
export async function readLaterDecisions(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">,
  approved: readonly Id<"line">[],
  since: UtcMs,
): Promise<LaterDecision[]> {
  if (approved.length === 0) return [];
  const d = lineDecisions;
  const rows = await db.query({
    from: d,
    columns: { lineId: d.lineId, text: workOrderLines.text, outcome: d.outcome, at: d.at },
    join: [[workOrderLines, eq(workOrderLines.id, d.lineId)]],
    where: and(inArray(d.lineId, approved.slice(0, MOST)), gt(d.at, since)) as SQL, // `and` of conditions is one
    orderBy: [asc(d.at), asc(d.sequence)],
    limit: MOST,
  });
  const last = new Map(rows.map((row) => [row.lineId, row]));
  return [...last.values()].flatMap(({ outcome, ...row }) => {
    const taken = TAKEN_BACK.find((one) => one === outcome);
    return taken ? [{ ...row, outcome: taken }] : [];
  });
}
