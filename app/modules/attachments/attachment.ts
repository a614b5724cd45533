import type { Audience, Portal } from "~/kernel/audience";
import type { Id, RecordKind } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";

/** The record of a file. This module knows records only by kind and id. */
export type RecordName = { kind: RecordKind; id: string };
/** Whether a person may currently access a record. Callers ask the record's own module. */
export type CanAttach = (record: RecordName) => boolean | Promise<boolean>;

export const mediaTypes = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "application/pdf",
  "video/mp4",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "text/csv",
] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Value of a file field's `accept`. The server decides by content. */
export const ACCEPT = [...mediaTypes, ".heic", ".xlsx", ".docx", ".csv"].join(",");
/** What can be added, for the hint of a file field. */
export const ACCEPTED = "Photos, PDF, MP4 video, .xlsx, .docx and .csv";

const MB = 1_048_576;
export const MAX_BYTES = 100 * MB;
export const MAX_THUMBNAIL_BYTES = 200_000;
/** An unfinished upload expires after a day. */
export const UPLOAD_LIVES = 24 * 60 * 60_000;

export type Attachment = {
  id: Id<"attachment">;
  name: string;
  mediaType: MediaType;
  bytes: number;
  hasThumbnail: boolean;
  addedAt: UtcMs;
  addedBy: string;
  /** Added by staff, who choose which portals show it. */
  isStaffs: boolean;
  /** Portals that may see it; staff always can. */
  audiences: readonly Portal[];
  hidden: { at: UtcMs; by: string; reason: string } | null;
  version: number;
};

export type FileRefusal =
  | { kind: "empty"; name: string }
  | { kind: "too-large"; name: string; bytes: number | null }
  | { kind: "type"; name: string; is: string }
  /** Another file was added under this id. */
  | { kind: "id-taken"; name: string };

/** The message for the sender. */
export function fileRefusalMessage(refusal: FileRefusal): string {
  switch (refusal.kind) {
    case "empty":
      return `${refusal.name} is empty. Choose the file again.`;
    case "too-large":
      return `${refusal.name} is ${refusal.bytes === null ? "too large" : formatSize(refusal.bytes)}. Files can be up to ${formatSize(MAX_BYTES)}.`;
    case "id-taken":
      return `${refusal.name} was not added, because this form was used for another file. Reload the page and add it again.`;
    case "type":
      return `${refusal.name} is ${refusal.is}. Upload a photo, PDF, MP4 video, .xlsx, .docx or .csv file instead.`;
  }
}

/** A file name safe to show and download: no folders, no control or direction characters, limited length. */
export function cleanName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
  const most = 120;
  if (plain.length <= most) return plain || "file";
  const ending = /\.[^.]{1,8}$/.exec(plain)?.[0] ?? "";
  return wellFormed(plain.slice(0, most - ending.length)) + ending;
}

/** Removes half of a surrogate pair left by cutting the name. */
const wellFormed = (text: string): string => text.replace(/[\ud800-\udbff]$/, "");

/** Portals that may see a new file. A file added by a portal user is visible in that portal; a driver's in their company's too. */
export function audiencesOf(by: Audience, asked: readonly Portal[]): Portal[] {
  if (by === "driver") return ["customer", "driver"];
  const shared = by === "staff" ? asked.filter((portal) => portal !== "staff") : (["customer", "vendor"] as const).filter((portal) => portal === by);
  return [...new Set(shared)];
}

/** Whether a browser may open it inline; other types are downloaded. */
export const opensInline = (type: MediaType): boolean => type === "image/jpeg" || type === "image/png" || type === "image/webp" || type === "application/pdf";

/** Whether a picture is small enough to be its own thumbnail. */
export const isOwnThumbnail = ({ mediaType, bytes }: { mediaType: MediaType; bytes: number }): boolean =>
  mediaType !== "application/pdf" && opensInline(mediaType) && bytes <= MAX_THUMBNAIL_BYTES;

export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < MB) return `${Math.round(bytes / 1_024)} kB`;
  const mb = bytes / MB;
  return `${mb < 10 && mb % 1 !== 0 ? mb.toFixed(1) : Math.round(mb)} MB`;
}

export const typeLabels: Record<MediaType, string> = {
  "image/jpeg": "Photo",
  "image/png": "Picture",
  "image/webp": "Picture",
  "image/heic": "iPhone photo",
  "application/pdf": "PDF",
  "video/mp4": "Video",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Spreadsheet",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Document",
  "text/csv": "CSV list",
};
