import { createHash, randomBytes } from "node:crypto";
import { newId } from "../../../app/kernel/ids.ts";
import { PART_BYTES, partCount } from "../../../app/modules/attachments/upload/parts.ts";
import { currentChecklist } from "../../../app/modules/inspections/checklists/checklist.ts";
import type { SignedReport } from "../../../app/routes/driver/app/draft.ts";
import type { Dice } from "../repairs/dice.ts";

type SignedUnit = SignedReport["units"][number];
type AssetId = NonNullable<SignedUnit["assetId"]>;
type DefectId = SignedUnit["defects"][number]["id"];
export type SignedFiling = {
  id: ReturnType<typeof newId<"submission">>;
  report: SignedReport;
  /** Contents of its photos and videos, by their ids. */
  photos: Map<string, Uint8Array<ArrayBuffer>>;
};

/** First bytes of a JPEG picture. */
const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
/** Of an MP4 video. */
const MP4 = [...Buffer.from("\0\0\0\x14ftypisom\0\0\x02\0isom", "latin1")];
const picture = (bytes: number): Uint8Array<ArrayBuffer> => Uint8Array.from([...JPEG, ...randomBytes(bytes), 0xff, 0xd9]);
export const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

type Making = {
  dice: Dice;
  /** No two reports of a run have the same, so what is on the server twice shows however it got there. */
  mark: number;
  signedAt: number;
  assets: readonly AssetId[];
  known: readonly DefectId[];
};

/** A report as a phone signs it: a truck and perhaps a trailer, with defects, photos, and defects that are still there. */
export function makeReport({ dice, mark, signedAt, assets, known }: Making): SignedFiling {
  const photos: SignedFiling["photos"] = new Map();
  const filmed = (bytes: number) => {
    const content = new Uint8Array(MP4.length + bytes);
    content.set(MP4);
    content.set(randomBytes(Math.min(bytes, 20_000)), MP4.length);
    const id = newId("attachment");
    photos.set(id, content);
    const parts = Array.from({ length: partCount(content.length) }, (_, at) => sha256(content.subarray(at * PART_BYTES, (at + 1) * PART_BYTES)));
    return { id, bytes: content.length, parts };
  };
  const unit = (kind: "truck" | "trailer", assetId: AssetId | null, position: number): SignedUnit => {
    const { version, groups } = currentChecklist(kind);
    const defects = Array.from({ length: dice.below(3) }, (_, at) => ({
      id: newId("defect"),
      part: "tires" as const,
      problem: "worn" as const,
      note: markOf(mark, position, at),
      severity: dice.chance(0.5) ? ("safety" as const) : ("minor" as const),
      photos: Array.from({ length: dice.below(4) }, () => {
        const content = picture(200 + dice.below(20_000));
        const id = newId("attachment");
        photos.set(id, content);
        return { id, sha256: sha256(content), bytes: content.length };
      }),
      ...(dice.chance(0.2) ? { video: filmed(dice.chance(0.05) ? PART_BYTES + 500 : 200 + dice.below(20_000)) } : {}),
    }));
    const seen = position === 0 && known.length > 0 && dice.chance(0.4) ? dice.some(known, 0.2) : [];
    return {
      id: newId("inspection"),
      assetId,
      corrects: null,
      unitNumber: markOf(mark, position),
      kind,
      checklistVersion: version,
      confirmed: groups.map(({ key }) => key),
      odometer: assetId !== null && dice.chance(0.7) ? { value: 1_000 + mark, unit: "mi" } : null,
      engineHours: null,
      defects,
      stillThere: seen.map((defectId) => ({ defectId, part: "tires" as const, note: "" })),
      reviews: [],
    };
  };
  const units = [unit("truck", dice.pick(assets) ?? null, 0), ...(dice.chance(0.4) ? [unit("trailer", null, 1)] : [])];
  const report: SignedReport = {
    kind: "post-trip",
    language: "en",
    startedAt: signedAt - 180_000,
    signedAt,
    place: null,
    signature: { name: "Dana Ortiz", path: null },
    units,
  };
  return { id: newId("submission"), report, photos };
}

export const markOf = (...numbers: readonly number[]): string => `m${numbers.join("-")}`;

/** The same report under new ids: what a phone without ids of its own would send each time. */
export function withNewIds(report: SignedReport): SignedReport {
  return {
    ...report,
    units: report.units.map((unit) => ({
      ...unit,
      id: newId("inspection"),
      defects: unit.defects.map(({ video: _, ...defect }) => ({ ...defect, id: newId("defect"), photos: [] })),
      stillThere: [],
    })),
  };
}
