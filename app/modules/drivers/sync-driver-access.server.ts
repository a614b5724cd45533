import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { closeSockets, type Sockets } from "~/modules/people/end-session.server";
import { syncAccess } from "~/modules/people/sync-access.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { mayComeIn } from "./driver";
import { driverStore } from "./driver.store.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };

/** Lets a driver sign in while their portal is on: by email if they have an address, by code and PIN in any case. */
export async function syncDriverAccess(s: Needs, driverId: Id<"driver">): Promise<void> {
  const readPeople = async () => {
    const driver = await driverStore(s.db).find(driverId);
    return driver && mayComeIn(driver) ? [{ name: driver.name, email: driver.email }] : [];
  };
  await syncAccess(s, { audience: "driver", partyId: driverId, readPeople });
}

/** Ends the sessions started with a driver's old PIN; sessions from emailed links stay. */
export async function endPinSessions(s: Needs, driverId: Id<"driver">): Promise<void> {
  for (const { id } of await s.directory.membershipsOfParty(s.db.scope.organizationId, "driver", driverId)) {
    await closeSockets(s.rooms, await s.directory.endSharedSessions(id, s.clock.now()));
  }
}
