import { type Id, newId } from "~/kernel/ids";
import { drawPicture, jpegOf } from "~/ui/upload/draw-picture";
import type { DraftPhoto } from "../draft";
import { keepPhoto } from "./phone-database.client";
import { sha256Of } from "./sha256.client";

/** Longer side in pixels: enough to see a crack, small enough for a weak signal. */
const SIDE = 1_600;
const QUALITY = 0.8;

/** Shrinks a picture, keeps it on the phone, and returns how the report names it; null if the browser can't read it. */
export async function takePhoto(file: Blob, submissionId: Id<"submission">): Promise<DraftPhoto | null> {
  const canvas = await drawPicture(file, SIDE);
  const content = canvas && (await jpegOf(canvas, QUALITY));
  if (!content) return null;
  const sha256 = await sha256Of(content);
  const id = newId("attachment");
  await keepPhoto({ id, submissionId, content });
  return { id, sha256, bytes: content.size };
}
