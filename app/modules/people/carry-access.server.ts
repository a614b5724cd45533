import type { Face } from "~/kernel/audience";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { addPerson } from "./add-person.server";
import type { Sockets } from "./end-session.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };
export type Access = { audience: Face; partyId: string; people: readonly { name: string; email: string }[] };

/**
 * Makes the directory agree with the shop's books about one customer or vendor: the people named may sign in,
 * everybody else of that party may not, and is out at once. It may run twice and late.
 */
export async function carryAccess(s: Needs, { audience, partyId, people }: Access): Promise<void> {
  const { organizationId } = s.db.scope;
  const wanted = new Map(people.map((person) => [person.email, person]));
  const present = await s.directory.membershipsOfParty(organizationId, audience, partyId);
  const known = new Map(present.map((membership) => [membership.email, membership]));

  for (const membership of present.filter(({ email }) => !wanted.has(email))) {
    const sessions = await s.directory.endMembership(membership, organizationId, s.clock.now());
    for (const session of sessions) await Promise.all(s.rooms.map((room) => room.closeTagged(`session:${session}`)));
  }
  for (const [email, { name }] of wanted) {
    const membership = known.get(email);
    if (!membership) await addPerson(s, { organizationId, audience, partyId, name, email });
    else if (membership.name !== name) await s.directory.renameMembership(membership.id, name);
  }
}
