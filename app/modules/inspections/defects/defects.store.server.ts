import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Actor } from "~/platform/database/tenant.tables";
import type { PartKey } from "../checklists/checklist";
import { defectCertifications, defectReviews, defectSightings, inspectionDefects, inspections } from "../inspection.tables";
import type { CertificationOutcome, DefectFacts, DefectProblem, DefectSeverity, ReviewOutcome } from "./defect";
import { seenAt } from "./defect-states.store.server";

/** A defect with all that was signed about it. */
export type Defect = Omit<DefectFacts, "certifications" | "reviews" | "sightings"> & {
  id: Id<"defect">;
  inspectionId: Id<"inspection">;
  assetId: Id<"asset"> | null;
  unitNumber: string;
  customerId: Id<"customer">;
  driverName: string;
  part: PartKey;
  problem: DefectProblem;
  note: string;
  severity: DefectSeverity;
  reportedAt: UtcMs;
  workOrderId: Id<"workOrder"> | null;
  jobId: Id<"job"> | null;
  keptRound: number | null;
  certifications: readonly {
    round: number;
    outcome: CertificationOutcome;
    reason: string;
    signedName: string;
    signedFor: string | null;
    by: Actor;
    at: UtcMs;
  }[];
  reviews: readonly { round: number; outcome: ReviewOutcome; reason: string; driverName: string; inspectionId: Id<"inspection">; at: UtcMs }[];
  sightings: readonly { inspectionId: Id<"inspection">; note: string; at: UtcMs; seenAt: UtcMs }[];
};

const MOST = 2_000;

/**
 * Defects that a condition on `inspectionDefects` or `inspections` names, newest first. `by` narrows it to a party: the
 * customer whose reports they are in.
 */
export async function loadDefects(db: ScopedDatabase<Audience>, which: SQL | undefined, limit = MOST): Promise<Defect[]> {
  type Join = [typeof inspections | typeof inspectionDefects, SQL][];
  const join: Join = [[inspections, eq(inspections.id, inspectionDefects.inspectionId)]];
  const ofThese = (column: typeof defectCertifications.defectId | typeof defectReviews.defectId | typeof defectSightings.defectId): Join => [
    [inspectionDefects, eq(inspectionDefects.id, column)],
    ...join,
  ];
  const { scope } = db;
  // A customer reads what was signed in its own reports, not what a later owner's drivers did.
  const own = scope.audience === "customer" ? sql` and s.customer_id = ${scope.partyId}` : sql``;
  const signedWith = (table: "defect_reviews" | "defect_sightings") =>
    and(
      which,
      sql`exists (select 1 from inspections s where s.organization_id = ${sql.raw(table)}.organization_id and s.id = ${sql.raw(table)}.inspection_id and s.asset_id = ${inspectionDefects.assetId}${own})`,
    );
  const [rows, certifications, reviews, sightings] = await db.queries(
    {
      from: inspectionDefects,
      columns: {
        id: inspectionDefects.id,
        inspectionId: inspectionDefects.inspectionId,
        assetId: inspectionDefects.assetId,
        unitNumber: inspections.unitNumber,
        customerId: inspections.customerId,
        driverName: inspections.driverName,
        part: inspectionDefects.part,
        problem: inspectionDefects.problem,
        note: inspectionDefects.note,
        severity: inspectionDefects.severity,
        reportedAt: inspectionDefects.reportedAt,
        workOrderId: inspectionDefects.workOrderId,
        jobId: inspectionDefects.jobId,
        keptRound: inspectionDefects.keptRound,
      },
      join,
      where: which,
      orderBy: [desc(inspectionDefects.reportedAt), desc(inspectionDefects.id)],
      limit,
    },
    {
      from: defectCertifications,
      columns: {
        defectId: defectCertifications.defectId,
        round: defectCertifications.round,
        outcome: defectCertifications.outcome,
        reason: defectCertifications.reason,
        signedName: defectCertifications.signedName,
        signedFor: defectCertifications.signedFor,
        by: defectCertifications.by,
        at: defectCertifications.at,
      },
      join: ofThese(defectCertifications.defectId),
      where: which,
      orderBy: [desc(defectCertifications.round)],
      limit: MOST * 3,
    },
    {
      from: defectReviews,
      columns: {
        defectId: defectReviews.defectId,
        round: defectReviews.round,
        outcome: defectReviews.outcome,
        reason: defectReviews.reason,
        driverName: defectReviews.driverName,
        inspectionId: defectReviews.inspectionId,
        at: defectReviews.at,
      },
      join: ofThese(defectReviews.defectId),
      where: signedWith("defect_reviews"),
      orderBy: [desc(defectReviews.at)],
      limit: MOST * 3,
    },
    {
      from: defectSightings,
      columns: {
        defectId: defectSightings.defectId,
        inspectionId: defectSightings.inspectionId,
        note: defectSightings.note,
        at: defectSightings.at,
        seenAt: seenAt("defect_sightings"),
      },
      join: ofThese(defectSightings.defectId),
      where: signedWith("defect_sightings"),
      orderBy: [desc(defectSightings.at)],
      limit: MOST * 3,
    },
  );
  const of = <Row extends { defectId: Id<"defect"> }>(all: readonly Row[], id: Id<"defect">) =>
    all.filter(({ defectId }) => defectId === id).map(({ defectId: _, ...row }) => row);
  return rows.map((row) => ({
    ...row,
    part: row.part as PartKey, // as the schema of a submission has it
    certifications: of(certifications, row.id),
    reviews: of(reviews, row.id),
    sightings: of(sightings, row.id),
  }));
}

/** Defects of units, whoever owned them when they were reported. */
export const ofUnits = (assetIds: readonly Id<"asset">[]): SQL => inArray(inspectionDefects.assetId, [...assetIds]);
export const ofReports = (ids: readonly Id<"inspection">[]): SQL => inArray(inspectionDefects.inspectionId, [...ids]);
/** Those in a customer's own reports, about one unit or all. */
export const ofCustomer = (customerId: Id<"customer">, assetId?: Id<"asset">): SQL | undefined =>
  and(eq(inspections.customerId, customerId), assetId && eq(inspectionDefects.assetId, assetId));
