import { startTransition, useEffect, useRef, useState } from "react";
import type { FleetPicture } from "~/modules/telematics/fleet";
import type { LiveFleet } from "~/modules/telematics/live-fleet";
import { whenLoaded } from "~/ui/live/after-load";
import type { Live } from "~/ui/live/use-room";

type From = { organizationId: string; as: "staff" | "customer"; picture: FleetPicture | null };

/** The fleet as the page was served, kept current by the room and rendered at most once a frame. */
export function useLiveFleet({ organizationId, as, picture }: From): { fleet: LiveFleet; live: Live } {
  const [fleet, setFleet] = useState<LiveFleet>(() => new Map((picture?.units ?? []).map((unit) => [unit.assetId, unit])));
  const [live, setLive] = useState<Live>({ status: "reconnecting", lastMessageAt: null });
  const served = useRef({ fleet, seq: picture?.seq ?? 0 });

  useEffect(
    () =>
      whenLoaded(
        import("./fleet-connection"),
        ({ followFleet }) =>
          followFleet({
            organizationId,
            as,
            ...served.current,
            onLive: setLive,
            // Input comes first: a key or tap doesn't wait until the whole fleet is rendered again.
            onFleet: (now) => startTransition(() => setFleet(now)),
          }),
        () => setLive({ status: "offline", lastMessageAt: null }),
      ),
    [organizationId, as],
  );
  return { fleet, live };
}
