import type { Id } from "~/kernel/ids";
import { newId } from "~/kernel/ids";
import type { DraftPhoto } from "../draft";
import { keepPhoto } from "./phone-database.client";

/** Longer side in pixels: enough to see a crack, small enough for a weak signal. */
const SIDE = 1_600;
const QUALITY = 0.8;

/** Shrinks a picture, keeps it on the phone, and returns how the report names it; null if the browser can't read it. */
export async function takePhoto(file: Blob, submissionId: Id<"submission">): Promise<DraftPhoto | null> {
  const content = await shrink(file);
  if (!content) return null;
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = newId("attachment");
  await keepPhoto({ id, submissionId, content });
  return { id, sha256, bytes: content.size };
}

async function shrink(file: Blob): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  } catch {
    return null;
  }
}
