import type { Portal } from "~/kernel/audience";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { addPerson } from "./add-person.server";
import { closeSockets, type Sockets } from "./end-session.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock; settings: { passwordPepper: string }; rooms: readonly Sockets[] };
type Person = { name: string; email: string | null };
/** `readPeople` reads who can currently sign in for the party from the shop's records. */
export type Access = { audience: Portal; partyId: string; readPeople(): Promise<readonly Person[]> };

/**
 * Brings the directory in line with the shop's records for one customer, vendor or driver: the people listed can sign
 * in, everyone else of that party can't and is signed out at once. It may run twice, late, and at the same time as
 * another sync, so it reads the records again at the end, and the last one to finish applies the current state.
 */
export async function syncAccess(s: Needs, { audience, partyId, readPeople }: Access): Promise<void> {
  for (let people = await readPeople(), before = ""; before !== JSON.stringify(people); people = await readPeople()) {
    before = JSON.stringify(people);
    await syncPeople(s, { audience, partyId, people });
  }
}

async function syncPeople(s: Needs, { audience, partyId, people }: { audience: Portal; partyId: string; people: readonly Person[] }): Promise<void> {
  const { organizationId } = s.db.scope;
  const wanted = new Map(people.map((person) => [person.email, person]));
  const present = await s.directory.membershipsOfParty(organizationId, audience, partyId);
  const known = new Map(present.map((member) => [member.email, member]));

  for (const membership of present.filter(({ email }) => !wanted.has(email))) {
    const sessions = await s.directory.endMembership(membership, organizationId, s.clock.now());
    await closeSockets(s.rooms, sessions ?? []);
  }
  for (const [email, { name }] of wanted) {
    const member = known.get(email);
    if (!member) await addPerson(s, { organizationId, audience, partyId, name, email });
    else if (member.name !== name) await s.directory.renameMembership(member.id, name);
  }
}
