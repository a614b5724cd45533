import { type Id, newId } from "~/kernel/ids";
import { HEAD_BYTES, mediaTypeOf } from "~/modules/attachments/content";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import { MAX_VIDEO_BYTES } from "~/modules/inspections/filing/limits";
import type { DraftVideo } from "../draft";
import { keepPhoto } from "./phone-database.client";
import { sha256Of } from "./sha256.client";

/**
 * Keeps a video on the phone, and returns how the report names it, or why it isn't taken, which is known before anything
 * is copied. Only one part of it is in memory at a time.
 */
export async function takeVideo(file: Blob, submissionId: Id<"submission">): Promise<DraftVideo | "too-large" | "not-mp4"> {
  if (file.size > MAX_VIDEO_BYTES) return "too-large";
  if (mediaTypeOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())) !== "video/mp4") return "not-mp4";
  const parts: string[] = [];
  for (let at = 0; at < file.size; at += PART_BYTES) parts.push(await sha256Of(file.slice(at, at + PART_BYTES)));
  const id = newId("attachment");
  await keepPhoto({ id, submissionId, content: file });
  return { id, bytes: file.size, parts };
}
