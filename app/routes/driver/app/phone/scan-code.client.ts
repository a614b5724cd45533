/** Longer side in pixels of what is searched: enough for a label at arm's length, quick on an old phone. */
const SIDE = 720;

/**
 * Shows the camera in `video` and searches it for QR codes until one is read, or `signal` ends it. The reader is loaded
 * the first time. Null where the driver gave up.
 */
export async function scanCode(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  try {
    if (signal.aborted) return null;
    const { default: read } = await import("jsqr");
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    while (context && !signal.aborted) {
      await new Promise(requestAnimationFrame);
      const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
      const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
      if (width === 0 || height === 0) continue;
      [canvas.width, canvas.height] = [width, height];
      context.drawImage(video, 0, 0, width, height);
      const found = read(context.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: "dontInvert" });
      if (found && found.data !== "") return found.data;
    }
    return null;
  } finally {
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}
