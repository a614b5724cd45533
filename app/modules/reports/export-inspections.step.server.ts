import type { Id } from "~/kernel/ids";
import { inspectionLabels, partLabel } from "~/modules/inspections/checklists/labels";
import { defectState } from "~/modules/inspections/defects/defect";
import { readDefectsOf } from "~/modules/inspections/defects/read-defects.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ExportList } from "./customer-export";
import { inspectionExportStore } from "./inspection-export.store.server";

const labels = inspectionLabels.en;

const instant = (at: number): string => new Date(at).toISOString();
/** Where the archive has a photo or video, so that a report can name it. */
const photoName = ({ id, isVideo }: { id: Id<"attachment">; isVideo: number }): string => `files/inspections/${id}.${isVideo === 1 ? "mp4" : "jpg"}`;

/** A customer's inspections with their defects, certifications and reviews, and the photos that it may open. */
export function inspectionExport(db: ScopedDatabase<"customer">) {
  const store = inspectionExportStore(db);

  const list: ExportList = {
    name: "inspections",
    columns: ["id", "unit", "kind", "driver", "day", "started_at", "signed_at", "odometer_m", "engine_s", "defects", "open", "signed_name", "sha256"],
    async *rows() {
      for await (const { reports, photos } of store.pages()) {
        const defects = await readDefectsOf(
          db,
          reports.map(({ id }) => id),
        );
        for (const { id, unitNumber, kind, driverName, day, startedAt, signedAt, odometer, engine, signature, sha256, ...more } of reports) {
          const its = defects.filter(({ inspectionId }) => inspectionId === id);
          const cells = {
            id,
            unit: unitNumber,
            kind: labels.kinds[kind],
            driver: driverName,
            day,
            started_at: instant(startedAt),
            signed_at: instant(signedAt),
            odometer_m: odometer,
            engine_s: engine,
            defects: its.length,
            open: its.filter((defect) => defectState(defect) === "open").length,
            signed_name: signature.name,
            sha256,
          };
          yield { cells, more: { ...more, signaturePath: signature.path, found: its.map((defect) => described(defect, photos)) } };
        }
      }
    },
  };

  /** Photos that the customer may open, with the names that the reports have for them. */
  async function* photos(): AsyncGenerator<{ name: string; file: string }> {
    for await (const page of store.pages()) for (const { file, ...photo } of page.photos) if (file !== null) yield { name: photoName(photo), file };
  }

  return { list, photos };
}

type Defect = Awaited<ReturnType<typeof readDefectsOf>>[number];
type Photo = { id: Id<"attachment">; isVideo: number; defectId: Id<"defect">; sha256: string; file: string | null };

const described = (defect: Defect, photos: readonly Photo[]) => ({
  id: defect.id,
  part: partLabel(defect.part),
  problem: labels.problems[defect.problem],
  severity: defect.severity,
  note: defect.note,
  state: defectState(defect),
  certifications: defect.certifications.map(({ round, outcome, reason, signedName, signedFor, at }) => ({
    round,
    outcome,
    reason,
    signedName,
    signedFor,
    at: instant(at),
  })),
  reviews: defect.reviews.map(({ round, outcome, reason, driverName, at }) => ({ round, outcome, reason, driverName, at: instant(at) })),
  foundAgain: defect.sightings.map(({ note, at, seenAt }) => ({ note, at: instant(at), seenAt: instant(seenAt) })),
  photos: photos
    .filter(({ defectId }) => defectId === defect.id)
    .map(({ sha256, file, ...photo }) => ({ name: file === null ? null : photoName(photo), sha256 })),
});
