import type { Snapshot } from "~/modules/telematics/fleet-state";
import { liveUnitOf } from "~/modules/telematics/live-unit";
import type { FleetMessage } from "./protocol";

export const positionsFrame = (seq: number, snapshots: readonly Snapshot[]): string =>
  JSON.stringify({ type: "moved", seq, units: snapshots.map(liveUnitOf) } satisfies FleetMessage);
