import { WebSocket } from "ws";

/** One text that came, kept once however many sockets it came to. */
type Text = { data: Buffer; alike: Text[] };
export type Seat = { url: string; headers: Record<string, string> };

export type Audience = {
  size: number;
  /** Frames that came since the last `clear`, over all sockets. */
  frames(): number;
  clear(): void;
  /** What each socket got since, in its order. */
  received(): { texts: string[]; perSocket: { text: number; at: number }[][] };
  /** Sockets that the server closed. */
  closed(): number;
  close(): Promise<void>;
};

const AT_ONCE = 25;

/**
 * Opens the sockets and notes for each frame only when it came and which text it is; reading the texts comes
 * after the measurement, because a parse per frame would cost the client more than the server.
 */
export async function seat(seats: readonly Seat[]): Promise<Audience> {
  const sockets: WebSocket[] = [];
  const came: { text: Text; at: number }[][] = seats.map(() => []);
  const texts = new Map<string, Text>();
  let frames = 0;
  let closed = 0;
  let closing = false;

  function textOf(data: Buffer): Text {
    const head = data.toString("latin1", 0, 96);
    const first = texts.get(head);
    const same = first?.data.equals(data) ? first : first?.alike.find((other) => other.data.equals(data));
    if (same) return same;
    const fresh: Text = { data: Buffer.from(data), alike: [] };
    if (first) first.alike.push(fresh);
    else texts.set(head, fresh);
    return fresh;
  }

  async function open(at: number): Promise<void> {
    const { url, headers } = seats[at] as Seat;
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    sockets.push(socket);
    const mine = came[at] as { text: Text; at: number }[];
    socket.on("message", (data: Buffer) => {
      const now = performance.now();
      frames += 1;
      mine.push({ text: textOf(data), at: now });
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
    clear() {
      frames = 0;
      texts.clear();
      for (const mine of came) mine.length = 0;
    },
    received() {
      const numbers = new Map<Text, number>();
      const list: string[] = [];
      const numberOf = (text: Text) => {
        const known = numbers.get(text);
        if (known !== undefined) return known;
        numbers.set(text, list.length);
        list.push(text.data.toString());
        return list.length - 1;
      };
      const perSocket = came.map((mine) => mine.map(({ text, at }) => ({ text: numberOf(text), at })));
      return { texts: list, perSocket };
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
