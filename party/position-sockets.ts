import type { AssetNumbers } from "./asset-numbers";
import { type Batch, binaryFrames, type Change, movedText } from "./fleet-frames";

type Format = "text" | "binary";

/** A viewer gets text unless its address asks for `?format=binary`: so does a page that is older than the room. */
export const formatIn = (url: URL): Format => (url.searchParams.get("format") === "binary" ? "binary" : "text");

/** The sockets of a scope that take positions in this format. */
export const positionsTag = (scope: string, format: Format): string => `${scope}/${format}`;

type Sending = {
  scope: string;
  changes: readonly Change[];
  batch: Batch;
  /** Whether the scope's viewers had the unit before this batch. */
  wasVisible(change: Change): boolean;
};

/** Frames are made once for each scope and format in which somebody is looking, however many look. */
export function sendPositions(ctx: DurableObjectState, numbers: AssetNumbers, { scope, changes, batch, wasVisible }: Sending): void {
  const text = ctx.getWebSockets(positionsTag(scope, "text"));
  const binary = ctx.getWebSockets(positionsTag(scope, "binary"));
  if (text.length > 0) {
    const units = changes.map(({ after }) => after);
    sendToAll(text, [movedText(batch.seq, units, numbers)]);
  }
  if (binary.length > 0) sendToAll(binary, binaryFrames(batch, changes, wasVisible, numbers));
}

/**
 * Straight to the sockets of a tag: partyserver's own iteration reads each socket's attachment first,
 * which costs as much again as the sending.
 */
function sendToAll(sockets: readonly WebSocket[], frames: readonly (string | ArrayBuffer)[]): void {
  for (const socket of sockets) {
    try {
      for (const frame of frames) socket.send(frame);
    } catch {
      socket.close(1011, "could not be reached");
    }
  }
}
