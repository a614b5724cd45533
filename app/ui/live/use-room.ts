import { useEffect, useRef, useState } from "react";
import type { Portal } from "~/kernel/audience";
import { whenLoaded } from "./after-load";
import type { Live } from "./room-socket";

export type { Live } from "./room-socket";

type Room = {
  party: "fleet-room" | "board-room";
  organizationId: string;
  as: Portal;
  /** The last sequence number that this page has seen, read at each connection; null before the first. */
  since(): number | null;
  onMessage(text: string): void;
  /** In place of reloading the page into the sign-in page, for a page that works signed out. */
  onSignedOut?(): void;
};

/** Follows a room. The connection's code is loaded once the page is usable. */
export function useRoom(room: Room): Live {
  const [live, setLive] = useState<Live>({ status: "reconnecting", lastMessageAt: null });
  const latest = useRef(room);
  latest.current = room;
  const { party, organizationId, as } = room;

  useEffect(
    () =>
      whenLoaded(
        import("./room-socket"),
        ({ openRoom }) =>
          openRoom({
            party,
            organizationId,
            as,
            at: undefined,
            since: () => latest.current.since(),
            onMessage: (text) => latest.current.onMessage(text),
            onLive: setLive,
            onSignedOut: latest.current.onSignedOut && (() => latest.current.onSignedOut?.()),
          }),
        () => setLive({ status: "offline", lastMessageAt: null }),
      ),
    [party, organizationId, as],
  );

  return live;
}
