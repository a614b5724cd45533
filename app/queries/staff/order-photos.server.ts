import { and, asc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { attachments } from "~/modules/attachments/attachment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 60;

/** The photos on an order and on its lines, oldest first. */
export const readOrderPhotos = (db: ScopedDatabase<"staff">, workOrderId: Id<"workOrder">) =>
  db.query({
    from: attachments,
    columns: { id: attachments.id, name: attachments.name },
    where: and(
      or(
        and(eq(attachments.recordKind, "workOrder"), eq(attachments.recordId, workOrderId)),
        and(
          eq(attachments.recordKind, "line"),
          sql`${attachments.recordId} in (select id from work_order_lines where organization_id = ${db.scope.organizationId} and work_order_id = ${workOrderId} and removed_at is null)`,
        ),
      ),
      isNull(attachments.hiddenAt),
      inArray(attachments.mediaType, ["image/jpeg", "image/png", "image/webp"]),
    ) as SQL, // `and` of conditions is one
    orderBy: [asc(attachments.addedAt), asc(attachments.id)],
    limit: MOST,
  });
