import { and, asc, eq, sql } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { attachments } from "~/modules/attachments/attachment.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { readNamedChecklists } from "./checklists/checklists.store.server";
import { findChecklist } from "./checklists/own-checklist";
import { type Defect, loadDefects } from "./defects/defects.store.server";
import { inspectionDefects, inspectionPhotos, inspections } from "./inspection.tables";

const MOST_PHOTOS = 400;
const i = inspections;

/** The columns of a report that people read. */
const reportColumns = {
  id: i.id,
  assetId: i.assetId,
  matchedAt: i.matchedAt,
  unitNumber: i.unitNumber,
  customerId: i.customerId,
  driverName: i.driverName,
  kind: i.kind,
  unitKind: i.unitKind,
  checklistVersion: i.checklistVersion,
  confirmed: i.confirmed,
  odometer: i.odometer,
  engine: i.engine,
  startedAt: i.startedAt,
  signedAt: i.signedAt,
  receivedAt: i.receivedAt,
  clockOffset: i.clockOffset,
  latitude: i.latitude,
  longitude: i.longitude,
  signature: i.signature,
  enteredBy: i.enteredBy,
  corrects: i.corrects,
  isTooFast: i.isTooFast,
  afterSwitchOff: i.afterSwitchOff,
  sha256: i.sha256,
  version: i.version,
};

/** A photo or video that a report names: whether it arrived, and whether this reader may open it. */
export type ReportPhoto = { id: Id<"attachment">; defectId: Id<"defect">; isVideo: boolean; arrived: boolean; opens: boolean };

/** A report as it was signed, with what was signed about its defects since. A customer's scope finds only its own. */
export async function findInspection(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">, id: Id<"inspection">) {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(i.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const where = and(eq(i.id, id), own);
  const [[[row], photos], signed] = await Promise.all([
    db.queries(
      {
        from: i,
        columns: {
          ...reportColumns,
          customer: customers.name,
          vin: sql<string | null>`${assets.vin}`,
          plate: sql<string | null>`${assets.plate}`,
          year: sql<number | null>`${assets.year}`,
          make: sql<string | null>`${assets.make}`,
          model: sql<string | null>`${assets.model}`,
          /** As the shop calls it now. */
          knownAs: sql<string | null>`${assets.unitNumber}`,
          ownerId: sql<Id<"customer"> | null>`${assets.customerId}`,
          /** What it corrects, and what corrects it. */
          linked:
            sql`(select json_group_array(json_object('id', l.id, 'signedAt', l.signed_at, 'driverName', l.driver_name, 'isLater', coalesce(l.corrects_id = ${id}, 0))) from inspections l where l.organization_id = ${scope.organizationId} and l.id in (select id from inspections where organization_id = ${scope.organizationId} and corrects_id = ${id} union select corrects_id from inspections where organization_id = ${scope.organizationId} and id = ${id}) and l.customer_id = ${i.customerId})`.mapWith(
              readLinks,
            ),
        },
        join: [[customers, eq(customers.id, i.customerId)]],
        leftJoin: [[assets, eq(assets.id, i.assetId)]],
        where,
        limit: 1,
      },
      {
        from: inspectionPhotos,
        columns: {
          id: inspectionPhotos.id,
          defectId: inspectionPhotos.defectId,
          isVideo: sql<number>`${inspectionPhotos.parts} is not null`,
          file: sql<string | null>`${attachments.id}`,
          hiddenAt: sql<number | null>`${attachments.hiddenAt}`,
          audiences: sql<string | null>`${attachments.audiences}`,
        },
        join: [[i, eq(i.id, inspectionPhotos.inspectionId)]],
        leftJoin: [[attachments, eq(attachments.id, inspectionPhotos.id)]],
        where,
        orderBy: [asc(inspectionPhotos.position), asc(inspectionPhotos.id)],
        limit: MOST_PHOTOS,
      },
    ),
    loadDefects(db, and(signedIn(db, id), own)),
  ]);
  if (!row) return null;
  const { unitKind: kind, checklistVersion: version } = row;
  const checklist = findChecklist(await readNamedChecklists(db, [{ kind, version }]), kind, version);
  const { linked, ...report } = row;
  const correction = linked.findLast(({ isLater }) => isLater === 1) ?? null;
  const earlier = signed.filter((defect) => defect.inspectionId !== id);
  return {
    ...report,
    /** The groups of parts that its driver went through. */
    groups: checklist?.groups ?? [],
    // What is unusual about how it was filed is for the shop.
    ...(scope.audience === "customer"
      ? { isTooFast: false, afterSwitchOff: false, clockOffset: 0, ownerId: row.ownerId === scope.partyId ? row.ownerId : null }
      : {}),
    // A customer reads the number of the day it was signed: a later owner may have given the unit another.
    unitNumber: (scope.audience === "customer" ? null : row.knownAs) ?? row.unitNumber,
    enteredBy: row.enteredBy?.name ?? null,
    corrected: linked.find(({ isLater }) => isLater === 0) ?? null,
    corrections: linked.filter(({ isLater }) => isLater === 1),
    /** What the driver typed, where the shop found the unit or calls it something else by now. */
    typedUnit: row.unitNumber,
    photos: photos.map(({ id: photo, defectId, isVideo, file, hiddenAt, audiences }): ReportPhoto => {
      const shared: readonly string[] = JSON.parse(audiences ?? "[]");
      return {
        id: photo,
        defectId,
        isVideo: isVideo === 1,
        arrived: file !== null,
        opens: file !== null && hiddenAt === null && (scope.audience !== "customer" || shared.includes("customer")),
      };
    }),
    defects: signed.filter((defect) => defect.inspectionId === id).map((defect) => ({ ...defect, leftOutAt: leftOutAt(defect, correction) })),
    /** Defects of earlier reports that this one signs for: still there, or reviewed. */
    stillThere: earlier.flatMap((defect) => seenIn(defect, id)),
    reviewed: earlier.flatMap((defect) => defect.reviews.filter((it) => it.inspectionId === id).map((review) => ({ defect, review }))),
  };
}

type Link = { id: Id<"inspection">; signedAt: UtcMs; driverName: string; isLater: 0 | 1 };
const readLinks = (text: string): Link[] => (JSON.parse(text) as Link[]).sort((one, other) => one.signedAt - other.signedAt); // as the query above wrote it

const leftOutAt = ({ sightings }: Defect, correction: Link | null): UtcMs | null =>
  correction === null || sightings.some(({ inspectionId }) => inspectionId === correction.id) ? null : correction.signedAt;

const seenIn = (defect: Defect, id: Id<"inspection">) => defect.sightings.filter((it) => it.inspectionId === id).map(({ note }) => ({ defect, note }));

/** Defects that a report is the first to name, found again, or reviews. */
export const signedIn = (db: ScopedDatabase<Portal> | ScopedDatabase<"job">, id: Id<"inspection">) => {
  const { organizationId } = db.scope;
  return sql`${inspectionDefects.id} in (select id from inspection_defects where organization_id = ${organizationId} and inspection_id = ${id} union select defect_id from defect_sightings where organization_id = ${organizationId} and inspection_id = ${id} union select defect_id from defect_reviews where organization_id = ${organizationId} and inspection_id = ${id})`;
};
