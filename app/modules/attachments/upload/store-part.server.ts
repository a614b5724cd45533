import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newSha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { type FileRefusal, MAX_THUMBNAIL_BYTES } from "../attachment";
import { uploadStore } from "../attachment.store.server";
import { HEAD_BYTES, mediaTypeOf, whatItIs } from "../content";
import { endUpload, openUpload } from "./end-upload.server";
import { partLength } from "./parts";

type Needs = { db: ScopedDatabase<Portal>; files: ScopedFiles; clock: Clock };
type Part = { number: number; bytes: number | null; sha256: string; body: ReadableStream<Uint8Array> };
type Gone = { kind: "not-found" };

/**
 * Streams a part of a file to storage, in any order. A part with a wrong checksum is dropped. The first part is checked
 * for the file's type, so a wrong file is refused before the rest is sent.
 */
export async function keepPart(
  s: Needs,
  id: Id<"attachment">,
  { number, bytes, sha256, body }: Part,
): Promise<Result<null, Gone | FileRefusal | { kind: "wrong-length"; length: number | null } | { kind: "damaged" }>> {
  const upload = await openUpload(s, id);
  if (!upload) return err({ kind: "not-found" });
  const length = partLength(upload.bytes, number);
  if (length === null || bytes !== length) return err({ kind: "wrong-length", length });
  const digest = newSha256();
  const head = new Uint8Array(number === 1 ? Math.min(HEAD_BYTES, length) : 0);
  let seen = 0;
  const kept = await s.files.streamPart(upload.file, upload.multipartId, {
    number,
    bytes: length,
    body,
    onChunk(chunk) {
      digest.update(chunk);
      if (seen < head.length) head.set(chunk.subarray(0, head.length - seen), seen);
      seen += chunk.length;
    },
    sound: () => digest.digest("base64") === sha256,
  });
  if (!kept) return err({ kind: "damaged" });
  if (number === 1 && mediaTypeOf(head, upload.name) === null) {
    await endUpload(s, id);
    return err({ kind: "type", name: upload.name, is: whatItIs(head, upload.name) });
  }
  await uploadStore(s.db).keepPart(id, kept, sha256);
  return ok(null);
}

/** Saves the thumbnail made by the browser. Only JPEG is accepted. */
export async function keepThumbnail(s: Needs, id: Id<"attachment">, bytes: Uint8Array | null): Promise<Result<null, Gone | { kind: "no-thumbnail" }>> {
  const upload = await openUpload(s, id);
  if (!upload) return err({ kind: "not-found" });
  if (!bytes || bytes.length === 0 || bytes.length > MAX_THUMBNAIL_BYTES || mediaTypeOf(bytes.subarray(0, HEAD_BYTES)) !== "image/jpeg")
    return err({ kind: "no-thumbnail" });
  const thumbnail = `${upload.file}.thumbnail`;
  await s.files.put(thumbnail, bytes);
  await uploadStore(s.db).keepThumbnail(id, thumbnail);
  return ok(null);
}
