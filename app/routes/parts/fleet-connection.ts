import type { LiveFleet } from "~/modules/telematics/live-fleet";
import { type Live, openRoom } from "~/ui/live/room-socket";
import { FleetFeed } from "./fleet-feed";

type Following = {
  organizationId: string;
  as: "staff" | "customer";
  /** What the page was served: the fleet as of a batch. */
  fleet: LiveFleet;
  seq: number;
  onLive(live: Live): void;
  /** At most once a frame. */
  onFleet(fleet: LiveFleet): void;
};

/** Follows the fleet room from what a page was served on; returns the function that ends it. Loaded once the page is usable. */
export function followFleet({ organizationId, as, fleet, seq, onLive, onFleet }: Following): () => void {
  const feed = new FleetFeed(fleet, seq);
  let frame: number | null = null;
  const draw = () => {
    frame = null;
    onFleet(feed.fleet);
  };
  // A background tab gets no frames; it renders when it becomes visible.
  const drawSoon = () => {
    frame ??= requestAnimationFrame(draw);
  };
  const close = openRoom({
    party: "fleet-room",
    organizationId,
    as,
    at: undefined,
    since: () => feed.seq,
    format: () => feed.format,
    onMessage: (text) => feed.receiveText(text) && drawSoon(),
    onBytes: (bytes, reconnect) => (feed.receiveRecords(bytes) ? drawSoon() : reconnect()),
    onLive,
  });
  return () => {
    close();
    if (frame !== null) cancelAnimationFrame(frame);
  };
}
