import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { Sockets } from "~/modules/people/end-session.server";
import { syncAccess } from "~/modules/people/sync-access.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { vendorStore } from "./vendor.store.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };

/** Lets the vendor's own address and its other users sign in while its portal is on. */
export async function syncVendorAccess(s: Needs, vendorId: Id<"vendor">): Promise<void> {
  const readPeople = async () => {
    const store = vendorStore(s.db);
    const vendor = await store.find(vendorId);
    return vendor?.portalEnabled && vendor.email ? [{ name: vendor.name, email: vendor.email }, ...(await store.users(vendorId))] : [];
  };
  await syncAccess(s, { audience: "vendor", partyId: vendorId, readPeople });
}
