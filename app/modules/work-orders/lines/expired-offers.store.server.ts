import { and, asc, eq, gt, isNull, lt, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { workOrderLines } from "../work-order.tables";

const PER_PAGE = 50;

/** Orders with a line whose offer waits for an answer although its last day is over, page by page. */
export async function expiredOffers(db: ScopedDatabase<"job">, { after, today }: { after: Id<"workOrder"> | null; today: string }): Promise<Id<"workOrder">[]> {
  const w = workOrderLines;
  const rows = await db.query({
    from: w,
    columns: { id: w.workOrderId },
    where: and(eq(w.isOffered, true), lt(w.offeredThrough, today), isNull(w.removedAt), after === null ? undefined : gt(w.workOrderId, after)) as SQL, // `and` of conditions is one
    groupBy: [w.workOrderId],
    orderBy: [asc(w.workOrderId)],
    limit: PER_PAGE,
  });
  return rows.map(({ id }) => id);
}
