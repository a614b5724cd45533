import { eq } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { later, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import type { Statement } from "~/platform/database/scoped.server";
import type { Customer, Shop } from "../../../tests/world/shop";
import { currentChecklist, type PartKey } from "./checklists/checklist";
import type { DefectProblem, DefectSeverity, ReviewOutcome } from "./defects/defect";
import { followStates } from "./defects/defect-states.store.server";
import { defectReviews, defectSightings, inspectionDefects, inspectionPhotos, inspections } from "./inspection.tables";

type Reported = { part?: PartKey; problem?: DefectProblem; note?: string; severity?: DefectSeverity; photos?: number };
type Report = {
  customer: Customer;
  driver: { id: Id<"driver">; name: string };
  /** Absent: a unit that the driver typed and the shop has not found. */
  asset?: Id<"asset">;
  typed?: string;
  at?: UtcMs;
  defects?: readonly Reported[];
  stillThere?: readonly Id<"defect">[];
  reviews?: readonly { defectId: Id<"defect">; round: number; outcome: ReviewOutcome; reason?: string }[];
  isTooFast?: boolean;
  afterSwitchOff?: boolean;
  clockOffset?: number;
};
export type FiledReport = { id: Id<"inspection">; defects: Id<"defect">[]; photos: Id<"attachment">[]; unit: string };

/** A report that a driver signed, as rows: for tests of what the shop and the customer do with it. */
export async function fileReport(shop: Shop, { customer, driver, asset, typed = "77", at = shop.now(), defects = [], ...more }: Report): Promise<FiledReport> {
  const { db } = shop;
  const id = newId("inspection");
  const [unit] = asset ? await db.query({ from: assets, columns: { unitNumber: assets.unitNumber }, where: eq(assets.id, asset), limit: 1 }) : [];
  const named = defects.map((it) => ({ ...it, id: newId("defect") }));
  const photos = named.flatMap((it) => Array.from({ length: it.photos ?? 0 }, (_, position) => ({ id: newId("attachment"), defectId: it.id, position })));
  const { isTooFast = false, afterSwitchOff = false, clockOffset = 0, stillThere = [], reviews = [] } = more;
  const rows: Statement[] = [
    db.insert(inspections, {
      id,
      submissionId: newId("submission"),
      position: 0,
      assetId: asset ?? null,
      unitNumber: unit?.unitNumber ?? typed,
      customerId: customer.id,
      driverId: driver.id,
      driverName: driver.name,
      kind: "post-trip",
      unitKind: "truck",
      checklistVersion: 1,
      confirmed: currentChecklist("truck").groups.map(({ key }) => key),
      day: new Date(at).toISOString().slice(0, 10),
      odometer: 100_000_000,
      engine: null,
      language: "en",
      startedAt: later(at, -6 * MINUTE),
      signedAt: at,
      deviceSignedAt: toUtcMs(at - clockOffset),
      clockOffset,
      receivedAt: later(at, MINUTE),
      latitude: null,
      longitude: null,
      signature: { name: driver.name, path: "M10 20L30 40L60 20" },
      defects: named.length,
      safetyDefects: named.filter(({ severity }) => severity === "safety").length,
      isTooFast,
      afterSwitchOff,
      sha256: "ab".repeat(32),
      version: 1,
    }),
    ...named.map(({ id: defectId, part = "tires", problem = "worn", note = "", severity = "minor" }) =>
      db.insert(inspectionDefects, { id: defectId, inspectionId: id, assetId: asset ?? null, part, problem, note, severity, reportedAt: at }),
    ),
    ...photos.map((photo) => db.insert(inspectionPhotos, { ...photo, inspectionId: id, sha256: "cd".repeat(32), bytes: 1_000 })),
    ...stillThere.map((defectId) => db.insert(defectSightings, { defectId, inspectionId: id, note: "", at })),
    ...reviews.map(({ reason = "", ...review }) => db.insert(defectReviews, { ...review, inspectionId: id, reason, driverName: driver.name, at })),
  ];
  const about = [...stillThere, ...reviews.map(({ defectId }) => defectId)];
  await db.batch([...rows, ...(about.length > 0 ? [followStates(db, about)] : [])]);
  return { id, defects: named.map((it) => it.id), photos: photos.map((it) => it.id), unit: unit?.unitNumber ?? typed };
}
