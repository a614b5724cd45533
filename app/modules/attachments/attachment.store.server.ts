import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { HOUR, later, type UtcMs } from "~/kernel/time";
import { effectRow, isRefused, save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { KeptPart } from "~/platform/files/scoped-files.server";
import type { MediaType, RecordName } from "./attachment";
import { attachmentEffects } from "./attachment.effects";
import { attachmentJournal } from "./attachment.journal";
import { attachments, uploadParts, uploads } from "./attachment.tables";

export type Upload = Pick<typeof uploads.$inferSelect, keyof typeof uploadColumns>;
export type Place = { at: UtcMs; id: Id<"attachment"> };
type Stored = Pick<typeof attachments.$inferSelect, "id" | "recordKind" | "recordId" | "name" | "audiences" | "version">;
type Kept = {
  id: Id<"attachment">;
  record: RecordName;
  name: string;
  mediaType: MediaType;
  bytes: number;
  sha256: string;
  file: string;
  thumbnail: string | null;
  audiences: Portal[];
};

/** Open pages of those who see the file load the record again. */
const changed = ({ kind, id }: RecordName, portals: readonly Portal[], version: string): Effect =>
  attachmentEffects.of("files.changed", `files.changed:${version}`, { kind, id, portals });

const columns = {
  id: attachments.id,
  recordKind: attachments.recordKind,
  recordId: attachments.recordId,
  name: attachments.name,
  mediaType: attachments.mediaType,
  bytes: attachments.bytes,
  sha256: attachments.sha256,
  file: attachments.file,
  thumbnail: attachments.thumbnail,
  audiences: attachments.audiences,
  addedAt: attachments.addedAt,
  addedBy: attachments.addedBy,
  hiddenAt: attachments.hiddenAt,
  hiddenBy: attachments.hiddenBy,
  hiddenReason: attachments.hiddenReason,
  version: attachments.version,
};

/**
 * Stored files. Staff see all of them, a portal those shared with it and not hidden. This module doesn't know which
 * records a portal user may see; callers must check that (openAttachment).
 */
export function attachmentStore(db: ScopedDatabase<Portal> | ScopedDatabase<"job">) {
  const { audience } = db.scope;
  const visible =
    audience === "staff" || audience === "job"
      ? undefined
      : and(isNull(attachments.hiddenAt), sql`exists (select 1 from json_each(${attachments.audiences}) where value = ${audience})`);
  return {
    async find(id: Id<"attachment">) {
      const [row] = await db.query({ from: attachments, columns, where: and(eq(attachments.id, id), visible), limit: 1 });
      return row ?? null;
    },

    /** Newest first, from `before` on; with `until`, only files added by then. */
    of: (record: RecordName, before: Place | null, limit: number, until: UtcMs | null = null) =>
      db.query({
        from: attachments,
        columns,
        where: and(
          eq(attachments.recordKind, record.kind),
          eq(attachments.recordId, record.id),
          before ? or(lt(attachments.addedAt, before.at), and(eq(attachments.addedAt, before.at), lt(attachments.id, before.id))) : undefined,
          until === null ? undefined : lte(attachments.addedAt, until),
          visible,
        ),
        orderBy: [desc(attachments.addedAt), desc(attachments.id)],
        limit,
      }),

    /** Adds version 1. A file saved twice under one id answers `stale`. A file whose upload was canceled is not saved. */
    async add({ record, ...facts }: Kept, at: UtcMs): Promise<Result<null, { kind: "stale" } | { kind: "given-up" }>> {
      const { name, mediaType, bytes, sha256 } = facts;
      // For an ended upload this sets the file to null, which the NOT NULL constraint refuses, and with it the whole batch.
      const unlessEnded = { endedAt: at, file: sql`case when ${uploads.endedAt} is null then ${uploads.file} end` };
      try {
        return await save(
          db,
          {
            record: { kind: "attachment", id: facts.id, version: 1 },
            at,
            event: attachmentJournal.of("file.added", { name, mediaType, bytes, sha256 }),
            about: record.id,
          },
          [
            db.insert(attachments, { ...facts, recordKind: record.kind, recordId: record.id, addedAt: at, addedBy: db.scope.actor, version: 1 }),
            db.update(uploads, unlessEnded, eq(uploads.id, facts.id)),
          ],
          [changed(record, facts.audiences, `${facts.id}:1`)],
        );
      } catch (cause) {
        if (isRefused(cause, "NOT NULL", "uploads.file")) return err({ kind: "given-up" });
        throw cause;
      }
    },

    hide(of: Stored, reason: string, at: UtcMs) {
      const version = of.version + 1;
      return save(
        db,
        {
          record: { kind: "attachment", id: of.id, version },
          at,
          event: attachmentJournal.of("file.hidden", { name: of.name, why: reason }),
          about: of.recordId,
        },
        [db.update(attachments, { hiddenAt: at, hiddenBy: db.scope.actor, hiddenReason: reason, version }, eq(attachments.id, of.id))],
        [changed({ kind: of.recordKind, id: of.recordId }, of.audiences, `${of.id}:${version}`)],
      );
    },

    /** Shows a file in a portal, or no longer. */
    share(of: Stored, portal: Portal, on: boolean, at: UtcMs) {
      const version = of.version + 1;
      const audiences = on ? [...of.audiences, portal] : of.audiences.filter((one) => one !== portal);
      return save(
        db,
        {
          record: { kind: "attachment", id: of.id, version },
          at,
          event: attachmentJournal.of(on ? "file.shared" : "file.unshared", { name: of.name, portal }),
          about: of.recordId,
        },
        [db.update(attachments, { audiences, version }, eq(attachments.id, of.id))],
        [changed({ kind: of.recordKind, id: of.recordId }, [...audiences, portal], `${of.id}:${version}`)],
      );
    },
  };
}

const uploadColumns = {
  id: uploads.id,
  recordKind: uploads.recordKind,
  recordId: uploads.recordId,
  name: uploads.name,
  bytes: uploads.bytes,
  audiences: uploads.audiences,
  file: uploads.file,
  thumbnail: uploads.thumbnail,
  multipartId: uploads.multipartId,
  expiresAt: uploads.expiresAt,
  endedAt: uploads.endedAt,
};
/** Extra time, because the parts may just be being completed when the upload expires. */
const GRACE = HOUR;

/** Uploads in progress. People see only their own; background jobs see all. */
export function uploadStore(db: ScopedDatabase<Portal> | ScopedDatabase<"job">) {
  const mine = db.scope.audience === "job" ? undefined : eq(uploads.byId, db.scope.actor.id);
  return {
    async find(id: Id<"attachment">) {
      const [row] = await db.query({ from: uploads, columns: uploadColumns, where: and(eq(uploads.id, id), mine), limit: 1 });
      return row ?? null;
    },

    parts: (id: Id<"attachment">) =>
      db.query({
        from: uploadParts,
        columns: { number: uploadParts.number, etag: uploadParts.etag, sha256: uploadParts.sha256 },
        where: and(eq(uploadParts.uploadId, id), ne(uploadParts.etag, "")),
        orderBy: [asc(uploadParts.number)],
        limit: 1_000,
      }),

    /** This person's unfinished uploads on the record, with the number of parts received. */
    async unfinished(record: RecordName, now: UtcMs) {
      const open = await db.query({
        from: uploads,
        columns: { id: uploads.id, name: uploads.name, bytes: uploads.bytes },
        where: and(eq(uploads.recordKind, record.kind), eq(uploads.recordId, record.id), isNull(uploads.endedAt), gt(uploads.expiresAt, now), mine),
        orderBy: [desc(uploads.createdAt)],
        limit: 20,
      });
      if (open.length === 0) return [];
      const held = await db.query({
        from: uploadParts,
        columns: { id: uploadParts.uploadId, parts: sql<number>`count(*)` },
        where: inArray(
          uploadParts.uploadId,
          open.map(({ id }) => id),
        ),
        groupBy: [uploadParts.uploadId],
        limit: 20,
      });
      return open.map((upload) => ({ ...upload, parts: held.find(({ id }) => id === upload.id)?.parts ?? 0 }));
    },

    /** Starts an upload; a second start with the same id changes nothing. An outbox row deletes it when it expires. */
    async begin(
      upload: Pick<Upload, "id" | "name" | "bytes" | "audiences" | "file" | "multipartId" | "expiresAt"> & { record: RecordName },
      at: UtcMs,
    ): Promise<void> {
      const { record, ...facts } = upload;
      await db.batch([
        db.insertOnce(uploads, { ...facts, recordKind: record.kind, recordId: record.id, byId: db.scope.actor.id, createdAt: at }),
        effectRow(db, attachmentEffects.of("upload.expired", `upload-expired:${facts.id}`, { uploadId: facts.id }, later(facts.expiresAt, GRACE)), at),
      ]);
    },

    /** Begins one that ended anew: what came of it before is gone. */
    async beginAgain({ id, ...facts }: Pick<Upload, "id" | "file" | "multipartId" | "expiresAt">, at: UtcMs): Promise<void> {
      const key = `upload-expired:${id}:${facts.expiresAt}`;
      await db.batch([
        db.update(uploads, { ...facts, thumbnail: null, endedAt: null }, eq(uploads.id, id)),
        db.update(uploadParts, { etag: "" }, eq(uploadParts.uploadId, id)),
        effectRow(db, attachmentEffects.of("upload.expired", key, { uploadId: id }, later(facts.expiresAt, GRACE)), at),
      ]);
    },

    async keepPart(uploadId: Id<"attachment">, { number, etag }: KeptPart, sha256: string): Promise<void> {
      await db.batch([db.upsert(uploadParts, { uploadId, number, etag, sha256 }, [uploadParts.uploadId, uploadParts.number], { etag, sha256 })]);
    },

    async keepThumbnail(id: Id<"attachment">, thumbnail: string): Promise<void> {
      await db.batch([db.update(uploads, { thumbnail }, sql`${and(eq(uploads.id, id), isNull(uploads.endedAt))}`)]);
    },

    /** False if it already ended, because its file was saved or it was canceled. */
    async end(id: Id<"attachment">, at: UtcMs): Promise<boolean> {
      const [ended] = await db.batch([db.update(uploads, { endedAt: at }, sql`${and(eq(uploads.id, id), isNull(uploads.endedAt))}`)]);
      return (ended?.meta.changes ?? 0) > 0;
    },
  };
}
