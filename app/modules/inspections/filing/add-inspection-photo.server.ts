import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import type { FileRefusal } from "~/modules/attachments/attachment";
import { newSha256 } from "~/platform/crypto.server";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { OverQuota } from "~/platform/http/quotas.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { filingStore } from "./filing.store.server";

/** A phone shrinks its photos to far less. */
export const MAX_PHOTO_BYTES = 12_000_000;

type Needs = { db: ScopedDatabase<"driver">; files: ScopedFiles; clock: Clock; directory: Directory };

/** Stores the file of a photo that a filed report names, if it is the one that was signed. Sent twice, it is one file. */
export async function addInspectionPhoto(
  s: Needs,
  id: Id<"attachment">,
  content: Uint8Array,
): Promise<Result<null, FileRefusal | OverQuota | { kind: "not-in-a-report" } | { kind: "damaged" }>> {
  const photo = await filingStore(s.db).namedFile(id);
  if (!photo || photo.parts !== null) return err({ kind: "not-in-a-report" });
  if (newSha256().update(content).digest("hex") !== photo.sha256) return err({ kind: "damaged" });
  const kept = await addFile(s, {
    id,
    record: { kind: "inspection", id: photo.inspectionId },
    name: "photo.jpg",
    audiences: [],
    quota: "inspection",
    content: (async function* () {
      yield content;
    })(),
  });
  if (!kept.ok) return kept;
  await announceFile(s, id, photo);
  return kept;
}

/** Pages that have the report open show it; a notice that got lost is no harm. */
export async function announceFile(
  { db, clock }: Pick<Needs, "db" | "clock">,
  id: Id<"attachment">,
  { inspectionId, customerId }: { inspectionId: Id<"inspection">; customerId: Id<"customer"> },
): Promise<void> {
  const notice = boardChanged(`photo:${id}`, { kind: "inspection", id: inspectionId, version: 0 }, boardAudiences(customerId, true));
  await db.batch([effectRow(db, notice, clock.now())]);
}
