import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { ChecklistGroup, GroupKey } from "./checklists/checklist";
import type { Language } from "./checklists/labels";
import type { CertificationOutcome, DefectProblem, DefectSeverity, DefectState, ReviewOutcome } from "./defects/defect";
import type { InspectionKind, InspectionSignature } from "./inspection";

/** Signed reports, one per unit; those of one submission were signed together. Never changed, except that the shop finds the unit. */
export const inspections = sqliteTable(
  "inspections",
  {
    organizationId: organizationColumn(),
    id: id("inspection").notNull(),
    submissionId: id("submission", "submission_id").notNull(),
    position: integer("position").notNull(),
    /** Null while the shop doesn't know which of its units the driver means. */
    assetId: id("asset", "asset_id"),
    /** When the shop found the unit of a report that named none of them; null where the driver knew it. */
    matchedAt: instant("matched_at"),
    /** The unit's number as the driver knew it. */
    unitNumber: text("unit_number").notNull(),
    /** Set at filing: a sold unit leaves its reports behind. */
    customerId: id("customer", "customer_id").notNull(),
    /** Null for a paper report of somebody whom the shop has not on file. */
    driverId: id("driver", "driver_id"),
    driverName: text("driver_name").notNull(),
    kind: text("kind").$type<InspectionKind>().notNull(),
    /** Which checklist, so that an old report reads as it did. */
    unitKind: text("unit_kind").$type<"truck" | "trailer" | "equipment">().notNull(),
    checklistVersion: integer("checklist_version").notNull(),
    confirmed: json<GroupKey[]>("confirmed").notNull(),
    /** In the customer's zone, by the corrected time of signing. */
    day: day("day").notNull(),
    /** Meters and seconds; null where the driver left them out. */
    odometer: real("odometer"),
    engine: real("engine"),
    language: text("language").$type<Language>().notNull(),
    startedAt: instant("started_at").notNull(),
    /** By the device's clock, corrected by its measured offset. */
    signedAt: instant("signed_at").notNull(),
    deviceSignedAt: instant("device_signed_at").notNull(),
    /** What was added to the device's clock. */
    clockOffset: integer("clock_offset_ms").notNull(),
    receivedAt: instant("received_at").notNull(),
    latitude: real("latitude"),
    longitude: real("longitude"),
    signature: json<InspectionSignature>("signature").notNull(),
    defects: integer("defects").notNull(),
    safetyDefects: integer("safety_defects").notNull(),
    /** Who of the shop entered it from paper; null for what a driver filed. */
    enteredBy: json<Actor>("entered_by"),
    /** The earlier report of the same unit that this one puts right. */
    corrects: id("inspection", "corrects_id"),
    isTooFast: flag("is_too_fast").notNull(),
    /** Signed before the driver lost portal access, received after. */
    afterSwitchOff: flag("after_switch_off").notNull(),
    /** Of the whole submission with the SHA-256 of each photo; hex. */
    sha256: text("sha256").notNull(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.driverId], foreignColumns: [drivers.organizationId, drivers.id] }),
    index("inspections_by_submission").on(t.organizationId, t.submissionId),
    index("inspections_by_time").on(t.organizationId, t.signedAt, t.id),
    index("inspections_by_unit_number").on(t.organizationId, t.unitNumber, t.signedAt, t.id),
    index("inspections_by_asset").on(t.organizationId, t.assetId, t.signedAt),
    index("inspections_by_customer").on(t.organizationId, t.customerId, t.signedAt),
    index("inspections_by_corrected").on(t.organizationId, t.corrects).where(sql`corrects_id is not null`),
    index("inspections_by_driver").on(t.organizationId, t.driverId, t.signedAt),
    oneOf(t.kind, ["pre-trip", "post-trip", "during-trip"]),
    oneOf(t.unitKind, ["truck", "trailer", "equipment"]),
    oneOf(t.language, ["en", "es"]),
  ],
);

/** Defects, each in the report that first named it. Its state follows from the rows below (defects/defect.ts). */
export const inspectionDefects = sqliteTable(
  "inspection_defects",
  {
    organizationId: organizationColumn(),
    id: id("defect").notNull(),
    inspectionId: id("inspection", "inspection_id").notNull(),
    /** As in its report. */
    assetId: id("asset", "asset_id"),
    /** A `PartKey` of the report's checklist; not checked here, because checklists grow. */
    part: text("part").notNull(),
    problem: text("problem").$type<DefectProblem>().notNull(),
    note: text("note").notNull(),
    severity: text("severity").$type<DefectSeverity>().notNull(),
    reportedAt: instant("reported_at").notNull(),
    /** As `defectState` has it from the rows below, kept for lists; whoever writes one of those rows lets it follow (defect-states.store.server.ts). */
    state: text("state").$type<DefectState>().notNull().default("open"),
    /** The order and job that repair it; null until the shop made one. */
    workOrderId: id("workOrder", "work_order_id"),
    jobId: id("job", "job_id"),
    /** The round in which its fleet certified it, after which the shop kept its job all the same. */
    keptRound: integer("kept_round"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.inspectionId], foreignColumns: [inspections.organizationId, inspections.id] }),
    index("inspection_defects_by_asset").on(t.organizationId, t.assetId, t.reportedAt),
    index("inspection_defects_by_inspection").on(t.organizationId, t.inspectionId),
    index("inspection_defects_by_order").on(t.organizationId, t.workOrderId),
    index("inspection_defects_waiting").on(t.organizationId, t.state, t.assetId).where(sql`state <> 'closed'`),
    oneOf(t.state, ["open", "certified", "closed"]),
    oneOf(t.severity, ["safety", "minor"]),
    oneOf(t.problem, ["not-working", "worn", "broken", "leaking", "loose", "missing", "low", "noise", "other"]),
  ],
);

/**
 * Photos and videos that a report names. Their files come later and apart; hex SHA-256 as the phone computed it, of a video
 * over the checksums of its parts.
 */
export const inspectionPhotos = sqliteTable(
  "inspection_photos",
  {
    organizationId: organizationColumn(),
    id: id("attachment").notNull(),
    inspectionId: id("inspection", "inspection_id").notNull(),
    defectId: id("defect", "defect_id").notNull(),
    position: integer("position").notNull(),
    sha256: text("sha256").notNull(),
    bytes: integer("bytes").notNull(),
    /** The checksum of each part of a video; null for a photo, which comes as a whole. */
    parts: json<string[]>("parts"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.defectId], foreignColumns: [inspectionDefects.organizationId, inspectionDefects.id] }),
    index("inspection_photos_by_inspection").on(t.organizationId, t.inspectionId),
  ],
);

/** Pages about a unit that open to whoever has their address, for a time; the address is in no table. */
export const roadsidePages = sqliteTable(
  "roadside_pages",
  {
    organizationId: organizationColumn(),
    id: id("roadside").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    /** Whose reports it shows; over once the unit is another's. */
    customerId: id("customer", "customer_id").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: json<Actor>("created_by").notNull(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("roadside_pages_by_asset").on(t.organizationId, t.assetId, t.expiresAt),
  ],
);

/** A shop's own checklists. A version is never changed, because reports name it. */
export const inspectionChecklists = sqliteTable(
  "inspection_checklists",
  {
    organizationId: organizationColumn(),
    kind: text("kind").$type<"truck" | "trailer" | "equipment">().notNull(),
    version: integer("version").notNull(),
    groups: json<ChecklistGroup[]>("groups").notNull(),
    changedBy: json<Actor>("changed_by").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.kind, t.version] }), oneOf(t.kind, ["truck", "trailer", "equipment"])],
);

/** How long a shop lets a defect wait before it is notified. Absent: as `USUAL_WAIT_HOURS` has it. */
export const inspectionSettings = sqliteTable(
  "inspection_settings",
  {
    organizationId: organizationColumn(),
    waitHours: integer("wait_hours").notNull(),
    version: integer("version").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId] })],
);

/** A later report whose driver signed that a defect is still there. */
export const defectSightings = sqliteTable(
  "defect_sightings",
  {
    organizationId: organizationColumn(),
    defectId: id("defect", "defect_id").notNull(),
    inspectionId: id("inspection", "inspection_id").notNull(),
    note: text("note").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.defectId, t.inspectionId] }),
    foreignKey({ columns: [t.organizationId, t.inspectionId], foreignColumns: [inspections.organizationId, inspections.id] }),
    index("defect_sightings_by_inspection").on(t.organizationId, t.inspectionId),
  ],
);

/** That a defect was repaired, or need not be (49 CFR 396.11(a)(3)). A rejection opens the next round. */
export const defectCertifications = sqliteTable(
  "defect_certifications",
  {
    organizationId: organizationColumn(),
    defectId: id("defect", "defect_id").notNull(),
    round: integer("round").notNull(),
    outcome: text("outcome").$type<CertificationOutcome>().notNull(),
    /** Why no repair is necessary, or what was done. */
    reason: text("reason").notNull(),
    /** The name that was signed, and who was signed in. */
    signedName: text("signed_name").notNull(),
    /** The customer whose own mechanic signed, as it was called then; null where somebody signed for the shop. */
    signedFor: text("signed_for"),
    by: json<Actor>("by").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.defectId, t.round] }),
    foreignKey({ columns: [t.organizationId, t.defectId], foreignColumns: [inspectionDefects.organizationId, inspectionDefects.id] }),
    oneOf(t.outcome, ["repaired", "not-necessary"]),
  ],
);

/** The next driver's review of a certification (49 CFR 396.13), signed with the report that it is in. */
export const defectReviews = sqliteTable(
  "defect_reviews",
  {
    organizationId: organizationColumn(),
    defectId: id("defect", "defect_id").notNull(),
    round: integer("round").notNull(),
    inspectionId: id("inspection", "inspection_id").notNull(),
    outcome: text("outcome").$type<ReviewOutcome>().notNull(),
    reason: text("reason").notNull(),
    driverName: text("driver_name").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.defectId, t.round, t.inspectionId] }),
    foreignKey({ columns: [t.organizationId, t.inspectionId], foreignColumns: [inspections.organizationId, inspections.id] }),
    index("defect_reviews_by_inspection").on(t.organizationId, t.inspectionId),
    oneOf(t.outcome, ["accepted", "rejected"]),
  ],
);
