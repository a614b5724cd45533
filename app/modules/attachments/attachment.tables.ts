import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Portal } from "~/kernel/audience";
import { id, instant, json, oneOf, organizationColumn, recordKind } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { MediaType } from "./attachment";

/** Files of records. Rows are never deleted and files never rewritten; unwanted files are hidden. */
export const attachments = sqliteTable(
  "attachments",
  {
    organizationId: organizationColumn(),
    id: id("attachment").notNull(),
    recordKind: recordKind("record_kind").notNull(),
    recordId: text("record_id").notNull(),
    name: text("name").notNull(),
    /** Detected from the content. */
    mediaType: text("media_type").$type<MediaType>().notNull(),
    bytes: integer("bytes").notNull(),
    /** Of the whole file as read back from storage; hex. */
    sha256: text("sha256").notNull(),
    /** Name in the organization's folder. */
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
    oneOf(t.mediaType, [
      "image/jpeg",
      "image/png",
      "image/webp",
      "image/heic",
      "application/pdf",
      "video/mp4",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "text/csv",
    ]),
  ],
);

/** Uploads in progress. The id is made by the sender and becomes the attachment's id. */
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
    /** R2's id of the multipart upload. */
    multipartId: text("multipart_id").notNull(),
    byId: text("by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** Set once it is saved, refused, canceled or expired; no more parts are accepted then. */
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
    /** R2's etag of the part, needed to complete the upload; empty once the upload was begun anew without it. */
    etag: text("etag").notNull(),
    /** Base64, as in the header. */
    sha256: text("sha256").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.uploadId, t.number] }),
    foreignKey({ columns: [t.organizationId, t.uploadId], foreignColumns: [uploads.organizationId, uploads.id] }),
  ],
);
