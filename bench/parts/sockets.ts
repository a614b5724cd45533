import type { Socket } from "node:net";
import { WebSocket } from "ws";

/** What a server sent as one message. */
export type Frame = { data: Buffer; isBinary: boolean };
/** One frame that came, kept once however many sockets it came to. */
type Kept = Frame & { alike: Kept[] };
export type Seat = { url: string; headers: Record<string, string> };

export type Audience = {
  size: number;
  /** Frames that came since the last `clear`, over all sockets. */
  frames(): number;
  /** Bytes that came over the wire since then, over all sockets. */
  bytes(): number;
  clear(): void;
  /** What each socket got since, in its order. */
  received(): { frames: Frame[]; perSocket: { frame: number; at: number }[][] };
  /** Sockets that the server closed. */
  closed(): number;
  close(): Promise<void>;
};

const AT_ONCE = 25;

/**
 * Opens the sockets and notes for each frame only when it came and which it is; reading the frames comes
 * after the measurement, because a parse per frame would cost the client more than the server. `onText` gets each
 * different text once.
 */
export async function seat(seats: readonly Seat[], onText: (text: string) => void = () => {}): Promise<Audience> {
  const sockets: WebSocket[] = [];
  const connections: Socket[] = [];
  const came: { frame: Kept; at: number }[][] = seats.map(() => []);
  const kept = new Map<string, Kept>();
  let frames = 0;
  let bytesBefore = 0;
  let closed = 0;
  let closing = false;

  function keep(data: Buffer, isBinary: boolean): Kept {
    const head = data.toString("latin1", 0, 96);
    const first = kept.get(head);
    const same = first?.data.equals(data) ? first : first?.alike.find((other) => other.data.equals(data));
    if (same) return same;
    const fresh: Kept = { data: Buffer.from(data), isBinary, alike: [] };
    if (first) first.alike.push(fresh);
    else kept.set(head, fresh);
    if (!isBinary) onText(data.toString());
    return fresh;
  }
  const bytesRead = () => connections.reduce((sum, connection) => sum + connection.bytesRead, 0);

  async function open(at: number): Promise<void> {
    const { url, headers } = seats[at] as Seat;
    // Every browser offers compression.
    const socket = new WebSocket(url, { headers, perMessageDeflate: true });
    sockets.push(socket);
    socket.once("upgrade", (response) => connections.push(response.socket));
    const mine = came[at] as { frame: Kept; at: number }[];
    socket.on("message", (data: Buffer, isBinary) => {
      const now = performance.now();
      frames += 1;
      mine.push({ frame: keep(data, isBinary), at: now });
    });
    socket.on("close", () => {
      if (!closing) closed += 1;
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.on("error", () => {});
  }

  for (let at = 0; at < seats.length; at += AT_ONCE) await Promise.all(seats.slice(at, at + AT_ONCE).map((_, offset) => open(at + offset)));

  return {
    size: seats.length,
    frames: () => frames,
    bytes: () => bytesRead() - bytesBefore,
    clear() {
      frames = 0;
      bytesBefore = bytesRead();
      kept.clear();
      for (const mine of came) mine.length = 0;
    },
    received() {
      const numbers = new Map<Kept, number>();
      const list: Frame[] = [];
      const numberOf = (frame: Kept) => {
        const known = numbers.get(frame);
        if (known !== undefined) return known;
        numbers.set(frame, list.length);
        list.push(frame);
        return list.length - 1;
      };
      const perSocket = came.map((mine) => mine.map(({ frame, at }) => ({ frame: numberOf(frame), at })));
      return { frames: list, perSocket };
    },
    closed: () => closed,
    async close() {
      closing = true;
      await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<void>((resolve) => {
              if (socket.readyState === WebSocket.CLOSED) return resolve();
              socket.once("close", () => resolve());
              socket.close();
              setTimeout(() => socket.terminate(), 2_000).unref();
            }),
        ),
      );
    },
  };
}
