import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { workOrderLines } from "~/modules/work-orders/work-order.tables";
import type { VendorJob } from "../vendor-job";
import type { VendorJobDatabase } from "../vendor-job-scope.store.server";

/** Ids in one statement; D1 takes 100 values. */
const MOST_LINES = 80;

/** The lines of the order that a job is for, as its vendor may read them: never a price. Callers must have found the job in this scope first. */
export const readAskedLines = (db: VendorJobDatabase, { workOrderId, lineId, askedLines }: Pick<VendorJob, "workOrderId" | "lineId" | "askedLines">) =>
  db.query({
    from: workOrderLines,
    columns: {
      id: workOrderLines.id,
      kind: workOrderLines.kind,
      text: workOrderLines.text,
      quantity: workOrderLines.quantity,
      partNumber: workOrderLines.partNumber,
    },
    where: and(
      eq(workOrderLines.workOrderId, workOrderId),
      inArray(workOrderLines.id, [lineId, ...askedLines.slice(0, MOST_LINES)]),
      isNull(workOrderLines.removedAt),
    ),
    orderBy: [asc(workOrderLines.jobId), asc(workOrderLines.position)],
    limit: MOST_LINES,
  });
