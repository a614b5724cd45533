import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { addPerson } from "~/modules/people/add-person.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { contactStore } from "./contact.store.server";

type Sockets = { closeTagged(tag: string): Promise<number> };
type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };

/**
 * Makes the directory agree with the shop's books: who is a contact of a customer whose portal is on may sign in,
 * everybody else of that customer may not, and is out at once. It reads the books each time, so it may run twice and late.
 */
export async function carryPortalAccess(s: Needs, customerId: Id<"customer">): Promise<void> {
  const access = await contactStore(s.db).access(customerId);
  const { organizationId } = s.db.scope;
  const wanted = new Map(access?.customer.portalEnabled ? access.contacts.map((contact) => [contact.email, contact]) : []);
  const present = await s.directory.membershipsOfParty(organizationId, "customer", customerId);
  const known = new Set(present.map(({ email }) => email));

  for (const membership of present.filter(({ email }) => !wanted.has(email))) {
    const sessions = await s.directory.endMembership(membership, organizationId, s.clock.now());
    for (const session of sessions) await Promise.all(s.rooms.map((room) => room.closeTagged(`session:${session}`)));
  }
  for (const [email, { name }] of wanted) {
    if (!known.has(email)) await addPerson(s, { organizationId, audience: "customer", partyId: customerId, name, email });
  }
}
