import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { KeptPart, ScopedFiles } from "~/platform/files/scoped-files.server";
import { exceededQuota, type OverQuota, type QuotaName } from "~/platform/http/quotas.server";
import { audiencesOf, cleanName, type FileRefusal, MAX_BYTES, type RecordName } from "./attachment";
import { attachmentStore } from "./attachment.store.server";
import { HEAD_BYTES, mediaTypeOf, whatItIs } from "./content";
import { newFileName } from "./upload/begin-upload.server";
import { isOf, isOwn, keepFile } from "./upload/complete-upload.server";
import { PART_BYTES } from "./upload/parts";

type Needs = { db: ScopedDatabase<Portal>; files: ScopedFiles; clock: Clock; directory: Directory };
type Sent = {
  id: Id<"attachment">;
  record: RecordName;
  name: string;
  audiences: readonly Portal[];
  content: AsyncIterable<Uint8Array> /** What it counts as. */;
  quota?: QuotaName;
};

/**
 * Saves a file posted by a plain form. Its length is unknown until the end, so it is stored in parts, and only one part
 * is in memory at a time.
 */
export async function addFile(s: Needs, sent: Sent): Promise<Result<null, FileRefusal | OverQuota>> {
  const { id, record, content } = sent;
  const name = cleanName(sent.name);
  const known = await attachmentStore(s.db).find(id);
  if (known) return isOwn(s.db, known) && isOf(known, record) && known.name === name ? ok(null) : err({ kind: "id-taken", name });
  const over = await exceededQuota(s, sent.quota ?? "upload");
  if (over) return err(over);
  const file = newFileName();
  let coming: string | null = null;
  const parts: KeptPart[] = [];
  try {
    let bytes = 0;
    for await (const part of inChunks(content, PART_BYTES)) {
      bytes += part.length;
      const head = part.subarray(0, HEAD_BYTES);
      if (bytes === part.length && mediaTypeOf(head, name) === null) return err({ kind: "type", name, is: whatItIs(head, name) });
      if (bytes > MAX_BYTES) return err({ kind: "too-large", name, bytes: null });
      coming ??= await s.files.beginParts(file);
      parts.push(await s.files.putPart(file, coming, parts.length + 1, part));
    }
    if (coming === null) return err({ kind: "empty", name });
    await s.files.finishParts(file, coming, parts);
    coming = null;
  } finally {
    // Refused or interrupted: delete the parts stored so far.
    if (coming !== null) await s.files.dropParts(file, coming);
  }
  const kept = await keepFile(s, { id, record, name, file, thumbnail: null, audiences: audiencesOf(s.db.scope.audience, sent.audiences) });
  if (kept.ok) return kept;
  if (kept.error.kind === "gone") throw new Error(`file missing right after the upload: ${file}`);
  return err(kept.error);
}

/** The bytes in chunks of equal size; the last one may be shorter. */
async function* inChunks(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; ) {
      const fits = chunk.subarray(at, at + size - filled);
      piece.set(fits, filled);
      filled += fits.length;
      at += fits.length;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
