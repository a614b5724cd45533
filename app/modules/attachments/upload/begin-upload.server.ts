import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later } from "~/kernel/time";
import { newToken } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { exceededQuota, type OverQuota, type QuotaName } from "~/platform/http/quotas.server";
import { audiencesOf, type CanAttach, cleanName, type FileRefusal, MAX_BYTES, type RecordName, UPLOAD_LIVES } from "../attachment";
import { attachmentStore, uploadStore } from "../attachment.store.server";
import { recordOfTicket } from "./check-ticket.server";
import { isOf, isOwn } from "./complete-upload.server";
import { endUpload } from "./end-upload.server";

type Needs = { db: ScopedDatabase<Portal>; files: ScopedFiles; clock: Clock; directory: Directory; settings: { linkKey: string } };
export type Begin = { id: Id<"attachment">; to: string; name: string; bytes: number; audiences: readonly Portal[] };
/** What the server has received, so the page knows which parts to send. */
export type UploadState = { kept: boolean; parts: readonly { number: number; sha256: string }[] };
export type BeginRefusal = FileRefusal | { kind: "not-found" } | { kind: "ended" } | OverQuota;

/** Starts an upload or resumes the one with this id. Repeating it changes nothing. */
export async function beginUpload(s: Needs, { to, ...begin }: Begin, canAttach: CanAttach): Promise<Result<UploadState, BeginRefusal>> {
  const record = recordOfTicket(s, to);
  if (!record || !(await canAttach(record))) return err({ kind: "not-found" });
  return beginUploadTo(s, { ...begin, record });
}

type BeginTo = Omit<Begin, "to"> & {
  record: RecordName;
  /** What it counts as. */
  quota?: QuotaName;
  /** For how long it can be resumed. */
  lives?: number;
  /** Whether one that ended is begun anew under its id, since its file has no other. */
  isRepeatable?: boolean;
};

/** The same for a record that the caller knows the person may add to. */
export async function beginUploadTo(
  s: Omit<Needs, "settings">,
  { id, record, name: given, bytes, audiences, quota = "upload", lives = UPLOAD_LIVES, isRepeatable = false }: BeginTo,
): Promise<Result<UploadState, BeginRefusal>> {
  const kept = await attachmentStore(s.db).find(id);
  if (kept) return isOwn(s.db, kept) && isOf(kept, record) ? ok({ kept: true, parts: [] }) : err({ kind: "ended" });
  const store = uploadStore(s.db);
  const begun = await store.find(id);
  const now = s.clock.now();
  if (begun) {
    const same = begun.recordId === record.id && begun.bytes === bytes;
    const isOver = begun.endedAt !== null || begun.expiresAt <= now;
    if (!same || (isOver && !isRepeatable)) return err({ kind: "ended" });
    if (!isOver) return ok({ kept: false, parts: await store.parts(id) });
    await endUpload(s, id);
    const file = newFileName();
    await store.beginAgain({ id, file, multipartId: await s.files.beginParts(file), expiresAt: later(now, lives) }, now);
    return ok({ kept: false, parts: [] });
  }
  const name = cleanName(given);
  if (bytes === 0) return err({ kind: "empty", name });
  if (bytes > MAX_BYTES) return err({ kind: "too-large", name, bytes });
  const over = await exceededQuota(s, quota);
  if (over) return err(over);
  const file = newFileName();
  await store.begin(
    {
      id,
      record,
      name,
      bytes,
      audiences: audiencesOf(s.db.scope.audience, audiences),
      file,
      multipartId: await s.files.beginParts(file),
      expiresAt: later(now, lives),
    },
    now,
  );
  // An upload of someone else with this id is treated as not found.
  return (await store.find(id)) ? ok({ kept: false, parts: [] }) : err({ kind: "ended" });
}

/** A random storage name that can't be guessed; each upload has its own, so files are never overwritten. */
export const newFileName = (): string => `attachments/${newToken()}`;
