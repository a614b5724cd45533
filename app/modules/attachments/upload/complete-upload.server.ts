import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newSha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { CanAttach, FileRefusal, RecordName } from "../attachment";
import { attachmentStore, uploadStore } from "../attachment.store.server";
import { HEAD_BYTES, mediaTypeOf, whatItIs } from "../content";
import { endUpload, openUpload } from "./end-upload.server";
import { missingParts } from "./parts";

type Needs = { db: ScopedDatabase<Portal>; files: ScopedFiles; clock: Clock };
export type CompleteRefusal = FileRefusal | { kind: "not-found" } | { kind: "missing"; parts: number[] };

/** Completes an upload. A repeat, also at the same time, gets the same response and changes nothing. */
export async function completeUpload(s: Needs, id: Id<"attachment">, canAttach: CanAttach): Promise<Result<null, CompleteRefusal>> {
  const known = await attachmentStore(s.db).find(id);
  if (known) return isOwn(s.db, known) && (await canAttach({ kind: known.recordKind, id: known.recordId })) ? ok(null) : err({ kind: "not-found" });
  const upload = await openUpload(s, id);
  if (!upload || !(await canAttach({ kind: upload.recordKind, id: upload.recordId }))) return err({ kind: "not-found" });
  const parts = await uploadStore(s.db).parts(id);
  const missing = missingParts(
    upload.bytes,
    parts.map(({ number }) => number),
  );
  if (missing.length > 0) return err({ kind: "missing", parts: missing });
  // False if another request, or an earlier attempt of this one, already completed it; then the file exists.
  await s.files.finishParts(upload.file, upload.multipartId, parts);
  const { recordKind, recordId, name, file, thumbnail, audiences } = upload;
  const kept = await keepFile(s, { id, record: { kind: recordKind, id: recordId }, name, file, thumbnail, audiences });
  if (kept.ok) return kept;
  // Canceled while being completed.
  if (kept.error.kind === "gone") return err({ kind: "not-found" });
  await endUpload(s, id);
  return err(kept.error);
}

type Kept = NonNullable<Awaited<ReturnType<ReturnType<typeof attachmentStore>["find"]>>>;
export const isOwn = ({ scope }: ScopedDatabase<Portal>, { addedBy }: Kept): boolean =>
  addedBy.audience === scope.actor.audience && addedBy.id === scope.actor.id;
export const isOf = ({ recordKind, recordId }: Kept, record: RecordName): boolean => recordKind === record.kind && recordId === record.id;

type NewFile = { id: Id<"attachment">; record: RecordName; name: string; file: string; thumbnail: string | null; audiences: Portal[] };

/**
 * Saves a complete stored file as an attachment. The file is read back once to detect its type and to compute the
 * checksum of what is really stored. A running checksum over the parts would need them in order, and would cover what
 * was sent rather than what was stored.
 */
export async function keepFile(s: Needs, { id, ...facts }: NewFile): Promise<Result<null, FileRefusal | { kind: "gone" }>> {
  const content = await s.files.read(facts.file);
  if (!content) return err({ kind: "gone" });
  const digest = newSha256();
  const head = new Uint8Array(HEAD_BYTES);
  let bytes = 0;
  const reader = content.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    digest.update(next.value);
    if (bytes < HEAD_BYTES) head.set(next.value.subarray(0, HEAD_BYTES - bytes), bytes);
    bytes += next.value.length;
  }
  const begins = head.subarray(0, bytes);
  const mediaType = mediaTypeOf(begins, facts.name);
  if (mediaType === null) return err({ kind: "type", name: facts.name, is: whatItIs(begins, facts.name) });
  const sha256 = digest.digest("hex");
  const store = attachmentStore(s.db);
  const added = await store.add({ id, ...facts, mediaType, bytes, sha256 }, s.clock.now());
  if (added.ok || added.error.kind !== "stale") return added.ok ? added : err({ kind: "gone" });
  // A file exists under this id: the same one, if another request was first.
  const kept = await store.find(id);
  return kept && isOwn(s.db, kept) && isOf(kept, facts.record) && kept.sha256 === sha256 ? ok(null) : err({ kind: "id-taken", name: facts.name });
}
