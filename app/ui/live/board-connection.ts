import type { Portal } from "~/kernel/audience";
import { BoardMessage, readMessage } from "../../../party/protocol";
import { type Live, openRoom } from "./room-socket";

export type Change = { kind: string; id: string };

/** Who else has a record open, by the record's id. */
export type Viewers = Readonly<Record<string, readonly string[]>>;

export type Listener = {
  organizationId: string;
  as: Portal;
  /** The record that the page has open; a board has none, and gets all changes. */
  at: string | undefined;
  onLive(live: Live): void;
  onViewers(viewers: Viewers): void;
  onChange(change: Change): void;
  /** Something may have changed since the page was loaded, but it is unknown what. */
  onGap(): void;
};

/**
 * One connection to a board room, shared by all listeners on a page: the notification bell and the page itself. It stays
 * open across navigation, and reopens from the last sequence number when another record is opened.
 */
export function boardLines(open: typeof openRoom): (listener: Listener) => () => void {
  const lines = new Map<string, ReturnType<typeof lineTo>>();
  return (listener) => {
    const { organizationId, as } = listener;
    const key = `${as} ${organizationId}`;
    const line = lines.get(key) ?? lineTo(organizationId, as, open, () => lines.delete(key));
    lines.set(key, line);
    return line.join(listener);
  };
}

export const listen = boardLines(openRoom);

function lineTo(organizationId: string, as: Portal, open: typeof openRoom, onEnd: () => void) {
  const listeners = new Set<Listener>();
  let seq: number | null = null;
  let live: Live = { status: "reconnecting", lastMessageAt: null };
  let viewers: Viewers = {};
  let connection: { at: string | undefined; close(): void } | null = null;
  let isDue = false;
  const all = (notify: (listener: Listener) => void) => [...listeners].forEach(notify);

  // Leaving one page and entering the next is one change, so the connection is checked after both.
  const settleSoon = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      settle();
    });
  };
  function settle(): void {
    const at = [...listeners].findLast((listener) => listener.at !== undefined)?.at;
    if (connection && listeners.size > 0 && connection.at === at) return;
    connection?.close();
    connection = null;
    if (listeners.size === 0) return onEnd();
    const close = open({ party: "board-room", organizationId, as, at, since: () => seq, onMessage: receive, onLive: notifyLive });
    connection = { at, close };
  }

  function notifyLive(now: Live): void {
    live = now;
    all((listener) => listener.onLive(live));
  }
  function notifyViewers(now: Viewers): void {
    viewers = now;
    all((listener) => listener.onViewers(viewers));
  }

  function receive(text: string): void {
    const message = readMessage(BoardMessage, text);
    if (!message) return;
    if (message.type === "looking") return notifyViewers({ ...viewers, [message.at]: message.people });
    const isFirst = seq === null;
    seq = message.seq;
    if (message.type === "changed") return all((listener) => listener.onChange(message));
    // After this the room sends the current viewers; people who left while disconnected are not among them.
    notifyViewers({});
    // With the first message, it is unknown what changed since the page was loaded.
    if (isFirst || message.type === "reload") all((listener) => listener.onGap());
  }

  return {
    join(listener: Listener): () => void {
      listeners.add(listener);
      listener.onLive(live);
      listener.onViewers(viewers);
      if (seq !== null) listener.onGap();
      settleSoon();
      return () => {
        listeners.delete(listener);
        settleSoon();
      };
    },
  };
}
