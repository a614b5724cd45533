import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { type Upload, uploadStore } from "../attachment.store.server";

type Needs = { db: ScopedDatabase<Portal> | ScopedDatabase<"job">; files: ScopedFiles; clock: Clock };

/** The person's own upload that still accepts parts, or null. */
export async function openUpload(s: Omit<Needs, "files">, id: Id<"attachment">): Promise<Upload | null> {
  const upload = await uploadStore(s.db).find(id);
  return upload && upload.endedAt === null && upload.expiresAt > s.clock.now() ? upload : null;
}

/** Ends a canceled, refused or expired upload and deletes its parts. */
export async function endUpload(s: Needs, id: Id<"attachment">): Promise<void> {
  const store = uploadStore(s.db);
  const upload = await store.find(id);
  // A saved file ended its upload already and must not be deleted.
  if (!upload || !(await store.end(id, s.clock.now()))) return;
  await s.files.dropParts(upload.file, upload.multipartId);
  await s.files.remove(upload.file, `${upload.file}.thumbnail`);
}
