import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, DAY } from "~/kernel/time";
import type { FileRefusal } from "~/modules/attachments/attachment";
import { type BeginRefusal, beginUploadTo } from "~/modules/attachments/upload/begin-upload.server";
import { completeUpload } from "~/modules/attachments/upload/complete-upload.server";
import { missingParts } from "~/modules/attachments/upload/parts";
import { keepPart } from "~/modules/attachments/upload/store-part.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { announceFile } from "./add-inspection-photo.server";
import { filingStore } from "./filing.store.server";

type Needs = { db: ScopedDatabase<"driver">; files: ScopedFiles; clock: Clock; directory: Directory };
type Unknown = { kind: "not-in-a-report" };

/** R2 forgets parts after seven days. */
const LIVES = 6 * DAY;

/**
 * Which parts of a signed video are still to come; it begins with all of them, also anew where it took too long. Asked once
 * all are here, it is put together. Whatever is repeated, it is one file.
 */
export async function bringVideo(s: Needs, id: Id<"attachment">): Promise<Result<{ missing: number[] }, BeginRefusal | Unknown>> {
  const video = await filingStore(s.db).namedFile(id);
  if (!video?.parts) return err({ kind: "not-in-a-report" });
  const { bytes, inspectionId } = video;
  const record = { kind: "inspection", id: inspectionId } as const;
  const begun = await beginUploadTo(s, { id, record, name: "video.mp4", bytes, audiences: [], quota: "inspection", lives: LIVES, isRepeatable: true });
  if (!begun.ok) return begun;
  if (begun.value.kept) return ok({ missing: [] });
  const held = begun.value.parts.map(({ number }) => number);
  const missing = missingParts(bytes, held);
  if (missing.length > 0) return ok({ missing });
  const kept = await completeUpload(s, id, ({ kind, id: its }) => kind === record.kind && its === record.id);
  if (kept.ok) {
    await announceFile(s, id, video);
    return ok({ missing: [] });
  }
  switch (kept.error.kind) {
    case "missing":
      return ok({ missing: kept.error.parts });
    case "not-found":
      return err({ kind: "ended" });
    default:
      return err(kept.error);
  }
}

/** Streams one part to storage, if it is the one that was signed. */
export async function bringVideoPart(
  s: Needs,
  id: Id<"attachment">,
  { number, ...part }: { number: number; bytes: number | null; body: ReadableStream<Uint8Array> },
): Promise<Result<null, Unknown | FileRefusal | { kind: "not-found" } | { kind: "wrong-length"; length: number | null } | { kind: "damaged" }>> {
  const sha256 = (await filingStore(s.db).namedFile(id))?.parts?.[number - 1];
  if (!sha256) return err({ kind: "not-in-a-report" });
  return keepPart(s, id, { number, ...part, sha256: Buffer.from(sha256, "hex").toString("base64") });
}
