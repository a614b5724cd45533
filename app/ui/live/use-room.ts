import { useEffect, useRef, useState } from "react";
import type { Face } from "~/kernel/audience";
import type { Live } from "./room-socket";

export type { Live } from "./room-socket";

type Room = {
  party: "fleet-room" | "board-room";
  organizationId: string;
  as: Face;
  /** The record that this page has open, for the others to see. */
  at?: string;
  /** The last number that this page has seen, asked again at each connection; null while it has seen none. */
  since(): number | null;
  onMessage(text: string): void;
};

/** Follows a room. What speaks with it is loaded once the page can be used: nobody waits for it to read. */
export function useRoom(room: Room): Live {
  const [live, setLive] = useState<Live>({ status: "reconnecting", lastHeardAt: null });
  const latest = useRef(room);
  latest.current = room;
  const { party, organizationId, as, at } = room;

  useEffect(() => {
    let close: (() => void) | null = null;
    let left = false;
    const listening = {
      party,
      organizationId,
      as,
      at,
      since: () => latest.current.since(),
      onMessage: (text: string) => latest.current.onMessage(text),
      onLive: setLive,
    };
    import("./room-socket").then(
      ({ openRoom }) => {
        if (!left) close = openRoom(listening);
      },
      () => setLive({ status: "offline", lastHeardAt: null }),
    );
    return () => {
      left = true;
      close?.();
    };
  }, [party, organizationId, as, at]);

  return live;
}
