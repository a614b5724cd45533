import { startTransition, useEffect, useRef, useState } from "react";
import type { FleetPicture } from "~/modules/telematics/fleet";
import { applyUpdate, type LiveFleet } from "~/modules/telematics/live-fleet";
import { type Live, useRoom } from "~/ui/live/use-room";
import { FleetMessage, readMessage } from "../../../party/protocol";

type From = { organizationId: string; as: "staff" | "customer"; picture: FleetPicture | null };

/** The fleet as the page was served, kept current by the room and rendered at most once a frame. */
export function useLiveFleet({ organizationId, as, picture }: From): { fleet: LiveFleet; live: Live } {
  const [fleet, setFleet] = useState<LiveFleet>(() => fromPicture(picture));
  const held = useRef(fleet);
  const seq = useRef(picture?.seq ?? 0);
  const frame = useRef<number | null>(null);

  const draw = () => {
    frame.current = null;
    // Input comes first: a key or tap doesn't wait until the whole fleet is rendered again.
    startTransition(() => setFleet(held.current));
  };
  const live = useRoom({
    party: "fleet-room",
    organizationId,
    as,
    since: () => seq.current,
    onMessage(text) {
      const message = readMessage(FleetMessage, text);
      if (!message) return;
      seq.current = message.seq;
      held.current = applyUpdate(held.current, message);
      // A background tab gets no frames; it renders when it becomes visible.
      frame.current ??= requestAnimationFrame(draw);
    },
  });
  useEffect(() => () => void (frame.current !== null && cancelAnimationFrame(frame.current)), []);
  return { fleet, live };
}

const fromPicture = (picture: FleetPicture | null): LiveFleet => new Map((picture?.units ?? []).map((unit) => [unit.assetId, unit]));
