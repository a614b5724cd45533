import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { hashPassword } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { type Email, parseEmail } from "./email";

type Needs = { directory: Directory; clock: Clock; settings: { passwordPepper: string } };
export type NewPerson = {
  organizationId: Id<"organization">;
  audience: Portal;
  name: string;
  /** Null for people without an account: drivers with code and PIN. */
  email: string | null;
  role?: Role;
  /** The customer, vendor or driver the person belongs to. */
  partyId?: string;
  password?: string;
};

/** Adds a person's membership in an organization once. Their account may already exist for other organizations. */
export async function addPerson(s: Needs, person: NewPerson): Promise<Result<Id<"membership">, { kind: "not-an-email" }>> {
  const email = person.email === null ? null : parseEmail(person.email);
  if (person.email !== null && !email) return err({ kind: "not-an-email" });
  const now = s.clock.now();
  const accountId = email && (await accountOf(s, email, person.password));
  const id = await s.directory.addMembership({
    id: newId("membership", now),
    organizationId: person.organizationId,
    accountId,
    audience: person.audience,
    partyId: person.partyId ?? null,
    role: person.role ?? null,
    name: person.name,
    endedAt: null,
    createdAt: now,
  });
  return ok(id);
}

async function accountOf(s: Needs, email: Email, password: string | undefined): Promise<Id<"account">> {
  const known = await s.directory.account(email);
  if (known) return known.id;
  const now = s.clock.now();
  const passwordHash = password === undefined ? null : await hashPassword(password, s.settings.passwordPepper);
  return s.directory.addAccount({ id: newId("account", now), email, passwordHash, createdAt: now });
}
