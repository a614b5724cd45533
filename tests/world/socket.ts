import { SELF } from "cloudflare:test";
import { expect } from "vitest";

export const ORIGIN = "http://harbor.localhost";

/** Asks the gate for a socket to a room, as a browser does. */
export const attemptConnect = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  SELF.fetch(`${ORIGIN}/parties/${path}`, { headers: { Upgrade: "websocket", ...headers } });

const parsed = (data: string | ArrayBuffer): unknown => JSON.parse(String(data));

/** An open socket and all that was said on it; `read` makes a message of what came, JSON by default. */
export async function openSocket<Message>(path: string, cookie: string, read = parsed as (data: string | ArrayBuffer) => Message) {
  const answer = await attemptConnect(path, { Cookie: cookie, Origin: ORIGIN });
  const socket = answer.webSocket;
  if (!socket) throw new Error(`no socket: ${answer.status} ${await answer.text()}`);
  const received: Message[] = [];
  let [pongs, closed]: [number, { code: number; reason: string } | null] = [0, null];
  socket.addEventListener("message", ({ data }) => {
    if (data === "pong") pongs += 1;
    else received.push(read(data as string | ArrayBuffer)); // the two that a room sends, as asked for below
  });
  socket.addEventListener("close", ({ code, reason }) => {
    closed = { code, reason };
  });
  socket.binaryType = "arraybuffer";
  socket.accept();
  return {
    socket,
    received,
    closed: () => closed,
    /** All that had been said by now: an answered ping comes after it. */
    async soFar(): Promise<Message[]> {
      const before = pongs;
      socket.send("ping");
      await expect.poll(() => pongs).toBeGreaterThan(before);
      return received.splice(0);
    },
    async untilClosed(): Promise<{ code: number; reason: string }> {
      await expect.poll(() => closed).not.toBeNull();
      return closed ?? { code: 0, reason: "" };
    },
  };
}
