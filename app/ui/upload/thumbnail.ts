import { drawPicture, jpegOf } from "./draw-picture";

const SIDE = 512;
const MOST_BYTES = 200_000;

/** A small JPEG of a picture, made in the browser so that the server never has to decode one; null if the browser can't show it. */
export async function thumbnailOf(file: File): Promise<Blob | null> {
  const canvas = file.type.startsWith("image/") ? await drawPicture(file, SIDE) : null;
  if (!canvas) return null;
  for (const quality of [0.8, 0.5]) {
    const small = await jpegOf(canvas, quality);
    if (small && small.size <= MOST_BYTES) return small;
  }
  return null;
}
