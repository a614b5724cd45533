import type { Audience, Portal } from "~/kernel/audience";
import type { Id, RecordKind } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";

/** What a file is kept with: this module knows records by their kind and id alone. */
export type RecordName = { kind: RecordKind; id: string };
/** Whether a person reaches a record now. This module cannot know; who calls it asks the record's own module. */
export type CanAttach = (record: RecordName) => boolean | Promise<boolean>;

export const mediaTypes = ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf", "video/mp4"] as const;
export type MediaType = (typeof mediaTypes)[number];

/** For a file field; what a file is, its content decides. */
export const ACCEPT = [...mediaTypes, ".heic"].join(",");

const MB = 1_048_576;
export const MAX_BYTES = 100 * MB;
export const MAX_THUMBNAIL_BYTES = 200_000;
/** An upload that nobody finished is forgotten after a day. */
export const UPLOAD_LIVES = 24 * 60 * 60_000;
/** What one shop may begin within an hour: far above a busy day, far below a script gone wild. */
export const UPLOADS_AN_HOUR = 600;

export type Attachment = {
  id: Id<"attachment">;
  name: string;
  mediaType: MediaType;
  bytes: number;
  hasThumbnail: boolean;
  addedAt: UtcMs;
  addedBy: string;
  /** The portals whose people may see it; staff always may. */
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

/** What to tell whoever sent it. */
export function fileRefusalMessage(refusal: FileRefusal): string {
  switch (refusal.kind) {
    case "empty":
      return `${refusal.name} is empty. Choose the file again.`;
    case "too-large":
      return `${refusal.name} is ${refusal.bytes === null ? "too large" : formatSize(refusal.bytes)}. A file may have up to ${formatSize(MAX_BYTES)}.`;
    case "id-taken":
      return `${refusal.name} was not added, because this form was used for another file. Reload the page and add it again.`;
    case "type":
      return `BayTrack keeps photos, PDF and MP4 video. ${refusal.name} is ${refusal.is}.`;
  }
}

/** A name as it is shown and offered for saving: no folders, no control or direction signs, not endless. */
export function cleanName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
  const most = 120;
  if (plain.length <= most) return plain || "file";
  const ending = /\.[^.]{1,8}$/.exec(plain)?.[0] ?? "";
  return wellFormed(plain.slice(0, most - ending.length)) + ending;
}

/** A cut may go through the middle of a sign that takes two places. */
const wellFormed = (text: string): string => text.replace(/[\ud800-\udbff]$/, "");

/** Who may see a new file beside staff. What a portal's person adds, that portal sees. */
export function audiencesOf(by: Audience, asked: readonly Portal[]): Portal[] {
  const shared = by === "staff" ? asked.filter((portal) => portal !== "staff") : (["customer", "vendor", "driver"] as const).filter((portal) => portal === by);
  return [...new Set(shared)];
}

/** Whether a browser may show it in a window of its own; anything else is saved. */
export const opensInline = (type: MediaType): boolean => type === "image/jpeg" || type === "image/png" || type === "image/webp" || type === "application/pdf";

/** A picture that is small enough needs no smaller one of itself. */
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
};
