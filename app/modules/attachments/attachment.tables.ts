import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Portal } from "~/kernel/audience";
import { id, instant, json, oneOf, organizationColumn, recordKind } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { MediaType } from "./attachment";

/** Files kept with a record. A row is never deleted and its file never rewritten: what should not be seen is hidden. */
export const attachments = sqliteTable(
  "attachments",
  {
    organizationId: organizationColumn(),
    id: id("attachment").notNull(),
    recordKind: recordKind("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    name: text("name").notNull(),
    /** Told from the content. */
    mediaType: text("media_type").$type<MediaType>().notNull(),
    bytes: integer("bytes").notNull(),
    /** Of the whole file as it was read back from where it is kept; hex. */
    sha256: text("sha256").notNull(),
    /** The file's name in the organization's folder. */
    file: text("file").notNull(),
    thumbnail: text("thumbnail"),
    audiences: json<Portal[]>("audiences").notNull(),
    addedAt: instant("added_at").notNull(),
    addedBy: json<Actor>("added_by").notNull(),
    hiddenAt: instant("hidden_at"),
    hiddenBy: json<Actor>("hidden_by"),
    hiddenReason: text("hidden_reason"),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("attachments_by_record").on(t.organizationId, t.recordKind, t.recordId, t.addedAt, t.id),
    oneOf(t.mediaType, ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf", "video/mp4"]),
  ],
);

/** Files on their way. The id is the attachment's to be, made by whoever sends it. */
export const uploads = sqliteTable(
  "uploads",
  {
    organizationId: organizationColumn(),
    id: id("attachment").notNull(),
    recordKind: recordKind("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    name: text("name").notNull(),
    bytes: integer("bytes").notNull(),
    audiences: json<Portal[]>("audiences").notNull(),
    file: text("file").notNull(),
    thumbnail: text("thumbnail"),
    /** What R2 calls this upload. */
    multipartId: text("multipart_id").notNull(),
    byId: text("by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** Set once it is kept, refused, cancelled or forgotten; nothing more is taken for it then. */
    endedAt: instant("ended_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("uploads_by_record").on(t.organizationId, t.recordKind, t.recordId, t.endedAt)],
);

export const uploadParts = sqliteTable(
  "upload_parts",
  {
    organizationId: organizationColumn(),
    uploadId: id("attachment", "upload_id").notNull(),
    number: integer("number").notNull(),
    /** What R2 asks for when the parts are put together. */
    etag: text("etag").notNull(),
    /** Base64, as the header says it. */
    sha256: text("sha256").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.uploadId, t.number] }),
    foreignKey({ columns: [t.organizationId, t.uploadId], foreignColumns: [uploads.organizationId, uploads.id] }),
  ],
);
