import { type Id, newId } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { addPerson } from "./add-person.server";
import { parseEmail } from "./email";
import { closeSockets, type Sockets } from "./end-session.server";
import { newPasswordLink, passwordMail } from "./passwords/password-links.server";
import { peopleJournal } from "./people.journal";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string; passwordPepper: string } };

/** Invites a person to the shop's staff. Someone who is already on it gets the mail again. */
export async function inviteStaff(
  s: Needs,
  input: { name: string; email: string; role: Role },
): Promise<Result<{ email: string }, { kind: "not-an-email" } | { kind: "too-often" } | OverQuota>> {
  const email = parseEmail(input.email);
  if (!email) return err({ kind: "not-an-email" });
  const now = s.clock.now();
  const { organizationId } = s.db.scope;
  if ((await s.directory.countAttempt([`invite staff ${organizationId} ${email}`], 15 * 60_000, now)) > 5) return err({ kind: "too-often" });
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  const present = (await s.directory.staffOf(organizationId)).find((person) => person.email === email);
  if (!present) await addPerson(s, { organizationId, audience: "staff", role: input.role, name: input.name, email });
  const account = await s.directory.account(email);
  if (!account) throw new Error("person added without an account");
  const linkId = await newPasswordLink(s, { audience: "staff", email, accountId: account.id, organizationId }, "invitation");
  const record = { kind: "staff-invitation", id: newId("event", now), version: 1 };
  await save(
    s.db,
    { record, at: now, event: peopleJournal.of("staff.invited", { email, role: present?.role ?? input.role }), about: present?.id },
    [],
    [passwordMail(linkId, "invitation")],
  );
  return ok({ email });
}

export type PersonRefusal = { kind: "not-found" } | { kind: "yourself" } | { kind: "last-owner" };

/** Removes a person from the shop's staff. All their sessions and sockets have ended once this returns. */
export async function removeStaff(s: Needs, rooms: readonly Sockets[], id: Id<"membership">): Promise<Result<null, PersonRefusal>> {
  const person = await anotherOf(s, id);
  if (!person.ok) return person;
  const now = s.clock.now();
  const sessions = await s.directory.endMembership(person.value, s.db.scope.organizationId, now);
  if (!sessions) return err({ kind: "last-owner" });
  await closeSockets(rooms, sessions);
  await save(
    s.db,
    {
      record: { kind: "staff-removal", id: newId("event", now), version: 1 },
      at: now,
      event: peopleJournal.of("staff.removed", { email: person.value.email }),
      about: id,
    },
    [],
  );
  return ok(null);
}

/** Changes a person's role from their next request on; they stay signed in. */
export async function changeRole(s: Needs, rooms: readonly Sockets[], id: Id<"membership">, role: Role): Promise<Result<{ name: string }, PersonRefusal>> {
  const person = await anotherOf(s, id);
  if (!person.ok) return person;
  const { name, email, role: from } = person.value;
  if (from === role) return ok({ name });
  const now = s.clock.now();
  const views = await s.directory.setRole(s.db.scope.organizationId, id, role, now);
  if (!views) return err({ kind: "last-owner" });
  await closeSockets(rooms, views);
  const record = { kind: "staff-role", id: newId("event", now), version: 1 };
  await save(s.db, { record, at: now, event: peopleJournal.of("staff.role-changed", { email, from, to: role }), about: id }, []);
  return ok({ name });
}

/** Another person of the shop's staff; people can't change or remove themselves. */
async function anotherOf(s: Needs, id: Id<"membership">) {
  const { organizationId, actor } = s.db.scope;
  const person = (await s.directory.staffOf(organizationId)).find((known) => known.id === id);
  if (!person) return err({ kind: "not-found" } as const);
  return actor.id === id ? err({ kind: "yourself" } as const) : ok(person);
}
