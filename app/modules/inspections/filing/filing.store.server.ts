import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { dayOf, type UtcMs } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import { assets } from "~/modules/assets/asset.tables";
import { attachments } from "~/modules/attachments/attachment.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { newSha256 } from "~/platform/crypto.server";
import { entryRow, type IdTaken, isTaken, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { Actor } from "~/platform/database/tenant.tables";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { followCorrectionsOf, followStates } from "../defects/defect-states.store.server";
import { isTooFast } from "../inspection";
import { inspectionEffects } from "../inspection.effects";
import { inspectionJournal } from "../inspection.journal";
import { defectCertifications, defectReviews, defectSightings, inspectionDefects, inspectionPhotos, inspections } from "../inspection.tables";
import type { SigningTime } from "./signing-time";
import type { Submission, SubmittedUnit } from "./submission";

export type Filer = { id: Id<"driver"> | null; name: string; customerId: Id<"customer">; mayComeIn: boolean };
/** What the shop knows of a submission's units and of the defects that it names. */
export type Known = {
  units: ReadonlyMap<Id<"asset">, { unitNumber: string }>;
  /** Newest round of certification, by defect. */
  rounds: ReadonlyMap<Id<"defect">, number>;
  /** Reports that it corrects and that are here: their unit, and whether this filer may correct them. */
  corrected: ReadonlyMap<Id<"inspection">, { assetId: Id<"asset"> | null; mayCorrect: boolean }>;
};
type Filing = {
  id: Id<"submission">;
  filer: Filer;
  submission: Submission;
  sha256: string;
  time: SigningTime;
  receivedAt: UtcMs;
  zone: string;
  enteredBy?: Actor;
};

/** However many ids: the database takes a hundred parameters. */
const among = (column: typeof defectCertifications.defectId, ids: readonly string[]) => sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;

/** Reports on their way in: the scope's driver's own, or those that staff enter from paper. */
export function filingStore(db: ScopedDatabase<"driver"> | ScopedDatabase<"staff">) {
  const driverId = db.scope.partyId as Id<"driver">; // a driver's party is the driver's id
  return {
    async filer(): Promise<Filer | null> {
      const [row] = await db.query({
        from: drivers,
        columns: { id: drivers.id, name: drivers.name, customerId: drivers.customerId, portalEnabled: drivers.portalEnabled, archivedAt: drivers.archivedAt },
        where: eq(drivers.id, driverId),
        limit: 1,
      });
      if (!row) return null;
      const { portalEnabled, archivedAt, ...filer } = row;
      return { ...filer, mayComeIn: portalEnabled && archivedAt === null };
    },

    /** Units of the driver's company only: another's is as unknown as one that doesn't exist. */
    async known({ units }: Submission, customerId: Id<"customer">): Promise<Known> {
      const assetIds = units.flatMap(({ assetId }) => assetId ?? []);
      const defectIds = units.flatMap(({ stillThere, reviews }) => [...stillThere, ...reviews].map(({ defectId }) => defectId));
      const corrects = units.flatMap((unit) => unit.corrects ?? []);
      const [found, rounds, corrected] = await db.queries(
        {
          from: assets,
          columns: { id: assets.id, unitNumber: assets.unitNumber },
          where: and(inArray(assets.id, assetIds), eq(assets.customerId, customerId), isNull(assets.archivedAt)),
          limit: 10,
        },
        {
          from: defectCertifications,
          columns: { defectId: defectCertifications.defectId, round: sql<number>`max(${defectCertifications.round})` },
          where: among(defectCertifications.defectId, defectIds),
          groupBy: [defectCertifications.defectId],
          limit: 1_000,
        },
        {
          from: inspections,
          columns: { id: inspections.id, assetId: inspections.assetId, customerId: inspections.customerId, driverId: inspections.driverId },
          where: inArray(inspections.id, corrects),
          limit: 10,
        },
      );
      return {
        units: new Map(found.map(({ id, unitNumber }) => [id, { unitNumber }])),
        rounds: new Map(rounds.map(({ defectId, round }) => [defectId, round])),
        corrected: new Map(
          corrected.map(({ id, assetId, ...it }) => {
            // A driver corrects what that driver signed.
            const isOwn = db.scope.audience !== "driver" || it.driverId === driverId;
            return [id, { assetId, mayCorrect: isOwn && it.customerId === customerId }];
          }),
        ),
      };
    },

    /** Saves all reports of a submission in one batch, with the rows of its meter readings and with notices. The same one again changes nothing. */
    async file(filing: Filing, known: Known, readings: readonly Statement[]): Promise<Result<null, IdTaken>> {
      const { id, submission, receivedAt, sha256 } = filing;
      const reports = submission.units.map((unit, position) => reportOf(filing, known, unit, position));
      try {
        return await saveNew(
          db,
          {
            record: { kind: "submission", id, version: 1 },
            at: receivedAt,
            event: inspectionJournal.of("submission.filed", { units: submission.units.map(({ unitNumber }) => unitNumber), sha256 }),
          },
          [...reports.flatMap(({ rows }) => rows), ...readings],
          reports.flatMap(({ effects }) => effects),
        );
      } catch (cause) {
        // An id of a report, defect or photo is another's.
        if (isTaken(cause, "inspection")) return err({ kind: "id-taken" });
        throw cause;
      }
    },

    /** Whether a report of this submission is here already. */
    async isFiled(id: Id<"submission">): Promise<boolean> {
      const mine = and(eq(inspections.submissionId, id), eq(inspections.driverId, driverId));
      return (await db.query({ from: inspections, columns: { id: inspections.id }, where: mine, limit: 1 })).length > 0;
    },

    /** Photos and videos of a submission whose files have not come yet. */
    async missingFiles(id: Id<"submission">): Promise<{ photos: Id<"attachment">[]; videos: Id<"attachment">[] }> {
      const rows = await db.query({
        from: inspectionPhotos,
        columns: { id: inspectionPhotos.id, parts: inspectionPhotos.parts, kept: attachments.id },
        join: [[inspections, eq(inspections.id, inspectionPhotos.inspectionId)]],
        leftJoin: [[attachments, eq(attachments.id, inspectionPhotos.id)]],
        where: and(eq(inspections.submissionId, id), eq(inspections.driverId, driverId)),
        limit: 200,
      });
      const missing = rows.filter(({ kept }) => (kept as string | null) === null);
      const idsOf = (isVideo: boolean) => missing.filter(({ parts }) => (parts !== null) === isVideo).map((row) => row.id);
      return { photos: idsOf(false), videos: idsOf(true) };
    },

    /** A photo or video that one of the driver's own reports names. */
    async namedFile(id: Id<"attachment">) {
      const [row] = await db.query({
        from: inspectionPhotos,
        columns: {
          inspectionId: inspectionPhotos.inspectionId,
          sha256: inspectionPhotos.sha256,
          bytes: inspectionPhotos.bytes,
          parts: inspectionPhotos.parts,
          customerId: inspections.customerId,
        },
        join: [[inspections, eq(inspections.id, inspectionPhotos.inspectionId)]],
        where: and(eq(inspectionPhotos.id, id), eq(inspections.driverId, driverId)),
        limit: 1,
      });
      return row ?? null;
    },
  };

  /** One unit's report: its rows and what follows from it. */
  function reportOf(
    { id: submissionId, filer, submission, sha256, time, receivedAt, zone, enteredBy }: Filing,
    known: Known,
    unit: SubmittedUnit,
    position: number,
  ) {
    const own = unit.assetId === null ? undefined : known.units.get(unit.assetId);
    const assetId = own && unit.assetId ? unit.assetId : null;
    const unitNumber = own?.unitNumber ?? unit.unitNumber;
    // A phone knows a certification from here only. What is still there may be known from a report that comes later.
    const reviews = unit.reviews.filter(({ defectId, round }) => round <= (known.rounds.get(defectId) ?? 0));
    const { stillThere } = unit;
    const signedFor = [...stillThere, ...reviews, ...unit.defects.map(({ id: defectId }) => ({ defectId }))].map(({ defectId }) => defectId);
    const safety = unit.defects.filter(({ severity }) => severity === "safety").length;
    const odometer = unit.odometer && toMeters(unit.odometer.value, unit.odometer.unit);
    const engine = unit.engineHours === null ? null : unit.engineHours * 3_600;
    const at = time.signedAt;
    const signs = { inspectionId: unit.id, at };
    const rows: Statement[] = [
      db.insert(inspections, {
        id: unit.id,
        submissionId,
        position,
        assetId,
        unitNumber,
        customerId: filer.customerId,
        driverId: filer.id,
        driverName: filer.name,
        kind: submission.kind,
        unitKind: unit.kind,
        checklistVersion: unit.checklistVersion,
        confirmed: unit.confirmed,
        day: dayOf(at, zone),
        odometer,
        engine,
        language: submission.language,
        startedAt: time.startedAt,
        signedAt: at,
        deviceSignedAt: submission.signedAt as UtcMs, // whole milliseconds, by its schema
        clockOffset: time.clockOffset,
        receivedAt,
        latitude: submission.place?.latitude ?? null,
        longitude: submission.place?.longitude ?? null,
        signature: submission.signature,
        defects: unit.defects.length,
        safetyDefects: safety,
        enteredBy: enteredBy ?? null,
        corrects: correctedBy(unit, assetId, known),
        // When a walk around began is on no paper.
        isTooFast: !enteredBy && isTooFast({ ...submission, units: submission.units.length }),
        afterSwitchOff: !filer.mayComeIn,
        sha256,
        version: 1,
      }),
      entryRow(db, {
        record: { kind: "inspection", id: unit.id, version: 1 },
        at: receivedAt,
        event: inspectionJournal.of("inspection.filed", { unit: unitNumber, kind: submission.kind, defects: unit.defects.length, safety }),
        about: assetId ?? unit.id,
      }),
      ...unit.defects.flatMap(({ photos, video, ...defect }) => [
        db.insert(inspectionDefects, { ...defect, inspectionId: unit.id, assetId, reportedAt: at, workOrderId: null, jobId: null }),
        ...[...photos, ...(video ? [{ ...video, sha256: newSha256().update(video.parts.join("")).digest("hex") }] : [])].map((file, index) =>
          db.insert(inspectionPhotos, { ...file, inspectionId: unit.id, defectId: defect.id, position: index }),
        ),
      ]),
      ...stillThere.map(({ defectId, note }) => db.insertOnce(defectSightings, { ...signs, defectId, note })),
      ...reviews.map((review) => db.insertOnce(defectReviews, { ...signs, ...review, driverName: filer.name })),
      ...(signedFor.length > 0 ? [followStates(db, signedFor)] : []),
      followCorrectionsOf(db, unit.id),
    ];
    const needsEyes = unit.defects.length > 0 || stillThere.length > 0 || reviews.some(({ outcome }) => outcome === "rejected");
    const effects: Effect[] = [
      boardChanged(`inspection:${unit.id}:1`, { kind: "inspection", id: unit.id, version: 1 }, boardAudiences(filer.customerId, true)),
      ...(needsEyes ? [inspectionEffects.of("mail.inspection-defects", `mail.inspection-defects:${unit.id}`, { inspectionId: unit.id })] : []),
    ];
    return { rows, effects };
  }
}

/** The report that a unit's report corrects. One that isn't here yet comes later: only the phone that signed it knows its id. */
function correctedBy({ corrects }: SubmittedUnit, assetId: Id<"asset"> | null, { corrected }: Known): Id<"inspection"> | null {
  const earlier = corrects && corrected.get(corrects);
  if (!earlier) return corrects;
  return earlier.mayCorrect && earlier.assetId === assetId ? corrects : null;
}
