import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { type Upload, uploadStore } from "../attachment.store.server";

type Needs = { db: ScopedDatabase<Portal> | ScopedDatabase<"job">; files: ScopedFiles; clock: Clock };

/** An upload of one's own that still takes parts, or null. */
export async function openUpload(s: Omit<Needs, "files">, id: Id<"attachment">): Promise<Upload | null> {
  const upload = await uploadStore(s.db).find(id);
  return upload && upload.endedAt === null && upload.expiresAt > s.clock.now() ? upload : null;
}

/** Gives an upload up and clears away what had come of it: because it was cancelled or refused, or because its day is over. */
export async function endUpload(s: Needs, id: Id<"attachment">): Promise<void> {
  const store = uploadStore(s.db);
  const upload = await store.find(id);
  // A file that was kept has ended its upload, and is nobody's to clear away.
  if (!upload || !(await store.end(id, s.clock.now()))) return;
  await s.files.dropParts(upload.file, upload.multipartId);
  await s.files.remove(upload.file, `${upload.file}.thumbnail`);
}
