import { PartySocket } from "partysocket";
import type { Portal } from "~/kernel/audience";
import { SESSION_ENDED, TOO_MANY_SOCKETS } from "../../../party/protocol";
import type { LiveStatus } from "../live-dot";

const PING_EVERY = 30_000;
const PONG_WITHIN = 10_000;
const OFFLINE_AFTER = 20_000;

export type Live = { status: LiveStatus; lastMessageAt: number | null };

type Wanted = {
  party: "fleet-room" | "board-room";
  organizationId: string;
  as: Portal;
  at: string | undefined;
  since(): number | null;
  /** In what form the room is to send positions; asked at each connection. */
  format?(): string;
  onMessage(text: string): void;
  /** Bytes of the room, and how to connect anew if they leave a gap. */
  onBytes?(bytes: ArrayBuffer, reconnect: () => void): void;
  onLive(live: Live): void;
  /** The session is over and the socket closed for good; by default the page reloads into the sign-in page. */
  onSignedOut?(): void;
};

/**
 * Opens a socket to a room that reconnects with jittered delays, and returns the function that closes it. A browser can't
 * read why a socket was refused, so after a failure the page asks once if its session is still valid, and if not it
 * is signed out. Where too many sockets are open already it doesn't try again until somebody returns to
 * the page, which is when they may have closed some.
 */
export function openRoom(wanted: Wanted): () => void {
  const { party, organizationId, as, at, since, format, onMessage, onBytes, onLive, onSignedOut = () => window.location.reload() } = wanted;
  const socket = new PartySocket({
    host: window.location.host,
    protocol: window.location.protocol === "https:" ? "wss" : "ws",
    party,
    room: organizationId,
    query: () => {
      const last = since();
      return { as, ...(at ? { at } : {}), ...(last === null ? {} : { since: String(last) }), ...(format && { format: format() }) };
    },
    minReconnectionDelay: 500 + Math.random() * 1_500,
    maxReconnectionDelay: 8_000 + Math.random() * 4_000,
    reconnectionDelayGrowFactor: 1.6,
    maxEnqueuedMessages: 0,
  });
  socket.binaryType = "arraybuffer";
  let lastMessageAt: number | null = null;
  let opened = false;
  let left = false;
  let waitingForPong: ReturnType<typeof setTimeout> | undefined;
  let goingOffline: ReturnType<typeof setTimeout> | undefined;
  const report = (status: LiveStatus) => onLive({ status, lastMessageAt: lastMessageAt });

  socket.addEventListener("open", () => {
    opened = true;
    lastMessageAt = Date.now();
    clearTimeout(goingOffline);
    goingOffline = undefined;
    report("live");
  });
  socket.addEventListener("message", (event) => {
    lastMessageAt = Date.now();
    clearTimeout(waitingForPong);
    if (event.data instanceof ArrayBuffer) onBytes?.(event.data, () => socket.reconnect());
    else if (event.data !== "pong") onMessage(String(event.data));
  });
  socket.addEventListener("close", ({ code }) => {
    if (left) return;
    const failed = !opened || code === SESSION_ENDED;
    opened = false;
    clearTimeout(waitingForPong);
    if (code === TOO_MANY_SOCKETS) {
      clearTimeout(goingOffline);
      socket.close();
      return report("too-many");
    }
    if (goingOffline === undefined) {
      report("reconnecting");
      goingOffline = setTimeout(() => report("offline"), OFFLINE_AFTER);
    }
    if (failed) void leaveIfSignedOut(as, socket, onSignedOut);
  });
  const tryAgain = () => {
    if (document.visibilityState === "visible" && !socket.shouldReconnect) socket.reconnect();
  };
  document.addEventListener("visibilitychange", tryAgain);
  const pinging = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send("ping");
    waitingForPong = setTimeout(() => socket.reconnect(), PONG_WITHIN);
  }, PING_EVERY);

  return () => {
    left = true;
    document.removeEventListener("visibilitychange", tryAgain);
    clearInterval(pinging);
    clearTimeout(waitingForPong);
    clearTimeout(goingOffline);
    socket.close();
  };
}

async function leaveIfSignedOut(as: Portal, socket: PartySocket, leave: () => void): Promise<void> {
  const answer = await fetch(`/session?as=${as}`).catch(() => null);
  if (answer?.status !== 401 && answer?.status !== 403) return;
  socket.close();
  leave();
}
