import { startTransition, useEffect, useRef, useState } from "react";
import type { FleetPicture } from "~/modules/telematics/fleet";
import type { LiveFleet } from "~/modules/telematics/live-fleet";
import { type Live, useRoom } from "~/ui/live/use-room";
import { FleetFeed } from "./fleet-feed";

type From = { organizationId: string; as: "staff" | "customer"; picture: FleetPicture | null };

/** The fleet as the page was served, kept current by the room and rendered at most once a frame. */
export function useLiveFleet({ organizationId, as, picture }: From): { fleet: LiveFleet; live: Live } {
  const [feed] = useState(() => new FleetFeed(picture));
  const [fleet, setFleet] = useState(feed.fleet);
  const frame = useRef<number | null>(null);

  // A background tab gets no frames; it renders when it becomes visible.
  const drawSoon = () => (frame.current ??= requestAnimationFrame(draw));
  const draw = () => {
    frame.current = null;
    // Input comes first: a key or tap doesn't wait until the whole fleet is rendered again.
    startTransition(() => setFleet(feed.fleet));
  };
  const live = useRoom({
    party: "fleet-room",
    organizationId,
    as,
    since: () => feed.seq,
    format: () => feed.format,
    onMessage: (text) => feed.receiveText(text) && drawSoon(),
    onBytes: (bytes, reconnect) => (feed.receiveRecords(bytes) ? drawSoon() : reconnect()),
  });
  useEffect(() => () => void (frame.current !== null && cancelAnimationFrame(frame.current)), []);
  return { fleet, live };
}
