const SIDE = 512;
const MOST_BYTES = 200_000;

/** A small JPEG of a picture, made in the browser so that the server never has to decode one; null if the browser can't show it. */
export async function thumbnailOf(file: File): Promise<Blob | null> {
  if (!file.type.startsWith("image/")) return null;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const canvasContext = canvas.getContext("2d");
    if (!canvasContext) return null;
    // JPEG has no transparency; transparent areas would turn black.
    canvasContext.fillStyle = "#fff";
    canvasContext.fillRect(0, 0, canvas.width, canvas.height);
    canvasContext.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.8, 0.5]) {
      const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (small && small.size <= MOST_BYTES) return small;
    }
    return null;
  } catch {
    return null;
  }
}
