import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { attachments } from "~/modules/attachments/attachment.tables";
import { inspectionPhotos, inspections } from "~/modules/inspections/inspection.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Reports a page; their ids are bound values, of which D1 takes a hundred. */
const PAGE = 80;
const MOST_PHOTOS = 2_000;
const i = inspections;

/** A customer's inspections, page by page, with the photos that they name. */
export function inspectionExportStore(db: ScopedDatabase<"customer">) {
  const own = eq(i.customerId, db.scope.partyId as Id<"customer">); // a customer's session names its customer

  const photosOf = (ids: readonly Id<"inspection">[]) =>
    db.query({
      from: inspectionPhotos,
      columns: {
        id: inspectionPhotos.id,
        inspectionId: inspectionPhotos.inspectionId,
        defectId: inspectionPhotos.defectId,
        sha256: inspectionPhotos.sha256,
        isVideo: sql<number>`${inspectionPhotos.parts} is not null`,
        /** Null while it did not arrive, and for one that isn't shared. */
        file: sql<string | null>`${attachments.file}`,
      },
      join: [[i, sql`${and(eq(i.id, inspectionPhotos.inspectionId), own)}`]],
      leftJoin: [
        [
          attachments,
          sql`${and(eq(attachments.id, inspectionPhotos.id), isNull(attachments.hiddenAt), sql`exists (select 1 from json_each(${attachments.audiences}) where value = 'customer')`)}`,
        ],
      ],
      where: inArray(inspectionPhotos.inspectionId, [...ids]),
      orderBy: [asc(inspectionPhotos.position), asc(inspectionPhotos.id)],
      limit: MOST_PHOTOS,
    });

  async function* pages() {
    for (let after = "" as Id<"inspection">; ; ) {
      const reports = await db.query({
        from: i,
        columns: {
          id: i.id,
          unitNumber: i.unitNumber,
          kind: i.kind,
          driverName: i.driverName,
          day: i.day,
          startedAt: i.startedAt,
          signedAt: i.signedAt,
          odometer: i.odometer,
          engine: i.engine,
          latitude: i.latitude,
          longitude: i.longitude,
          signature: i.signature,
          unitKind: i.unitKind,
          checklistVersion: i.checklistVersion,
          confirmed: i.confirmed,
          sha256: i.sha256,
        },
        where: and(own, gt(i.id, after)),
        orderBy: [asc(i.id)],
        limit: PAGE,
      });
      const ids = reports.map(({ id }) => id);
      if (ids.length > 0) {
        yield { reports, photos: await photosOf(ids) };
      }
      const last = ids.at(-1);
      if (ids.length < PAGE || last === undefined) return;
      after = last;
    }
  }

  return { pages };
}
