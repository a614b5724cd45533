import { parseId } from "~/kernel/ids";
import { systemClock } from "~/kernel/time";
import { refreshMoved } from "~/modules/maintenance/refresh-schedules.server";
import { isStop } from "~/modules/telematics/faults/faults";
import type { FleetPort, FleetSink } from "~/modules/telematics/fleet";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { directoryOf } from "~/platform/directory/directory.server";
import type { BoardNotifier } from "~/platform/live/board";
import { log } from "~/platform/log.server";
import { drain } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { BoardRoom as Board } from "../party/board-room";
import { FleetRoomBase } from "../party/fleet-room";
import { platformOf } from "./context";
import { outboxDispatcherOf } from "./outbox-dispatcher";

/** The rooms as the runtime makes them: named after their organization, wired to its database. */
export class FleetRoom extends FleetRoomBase implements FleetPort {
  protected override sink(): FleetSink {
    const organizationId = parseId("organization", this.name);
    if (!organizationId) throw new Error("a fleet room is named after its organization");
    const db = scopedDatabase(this.env.TENANTS, forJob(organizationId, "fleet-room"));
    const zoneOf = async () => (await directoryOf(this.env).organization(organizationId))?.zone ?? "UTC";
    const sink = fleetSink(db, zoneOf);
    return {
      ...sink,
      keepFaults: async (changes) => {
        await sink.keepFaults(changes);
        // Somebody should stop now. What fails here leaves with the next sweep.
        if (changes.some(({ fault }) => isStop(fault)))
          await drain(outboxDispatcherOf(this.env, platformOf(this.env, this.ctx), db)).catch((cause) =>
            log.error("faults.not-sent", cause, { organizationId }),
          );
      },
      keepLastSeen: async (snapshots) => {
        await sink.keepLastSeen(snapshots);
        // What is due is found again by the nightly check, so a fault here must not hold back the readings.
        await refreshMoved(
          { db, clock: systemClock, zoneOf },
          snapshots.map(({ assetId }) => assetId),
        ).catch((cause) => log.error("maintenance.not-refreshed", cause, { organizationId }));
      },
    };
  }
}

export class BoardRoom extends Board implements BoardNotifier {}
