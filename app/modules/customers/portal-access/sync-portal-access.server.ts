import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { Sockets } from "~/modules/people/end-session.server";
import { syncAccess } from "~/modules/people/sync-access.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { contactStore } from "../contacts/contact.store.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };

/** Lets exactly the active contacts sign in while the customer's portal is on. It reads the current records, so it may run twice. */
export async function syncPortalAccess(s: Needs, customerId: Id<"customer">): Promise<void> {
  const readPeople = async () => {
    const access = await contactStore(s.db).access(customerId);
    return access?.customer.portalEnabled ? access.contacts.map(({ name, email }) => ({ name, email })) : [];
  };
  await syncAccess(s, { audience: "customer", partyId: customerId, readPeople });
}
