import { parseId } from "~/kernel/ids";
import type { FleetPort, FleetSink } from "~/modules/telematics/fleet";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { directoryOf } from "~/platform/directory/directory.server";
import type { BoardNotifier } from "~/platform/live/board";
import { forJob } from "~/platform/scope/scope.server";
import { BoardRoom as Board } from "../party/board-room";
import { FleetRoomBase } from "../party/fleet-room";

/** The rooms as the runtime makes them: named after their organization, wired to its database. */
export class FleetRoom extends FleetRoomBase implements FleetPort {
  protected override sink(): FleetSink {
    const organizationId = parseId("organization", this.name);
    if (!organizationId) throw new Error("a fleet room is named after its organization");
    const readZone = async () => (await directoryOf(this.env).organization(organizationId))?.zone ?? "UTC";
    return fleetSink(scopedDatabase(this.env.TENANTS, forJob(organizationId, "fleet-room")), readZone);
  }
}

export class BoardRoom extends Board implements BoardNotifier {}
