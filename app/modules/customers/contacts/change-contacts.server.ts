import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { parseEmail } from "~/modules/people/email";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { contactStore } from "./contact.store.server";
import { type ContactRights, ofFirstContact, settled, toRead } from "./contact-rights";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type NotFound = { kind: "not-found" };
type Stale = { kind: "stale" };

export async function addContact(
  s: Needs,
  { customerId, name, email }: { customerId: Id<"customer">; name: string; email: string },
): Promise<Result<null, NotFound | Stale | { kind: "not-an-email" } | { kind: "known" }>> {
  const address = parseEmail(email);
  if (!address) return err({ kind: "not-an-email" });
  const store = contactStore(s.db);
  const access = await store.access(customerId);
  if (!access) return err({ kind: "not-found" });
  const now = s.clock.now();
  const rights = access.contacts.length === 0 ? ofFirstContact : toRead;
  return store.add(customerId, { id: newId("contact", now), name, email: address, rights }, now);
}

export type ContactChange = { customerId: Id<"customer">; contactId: Id<"contact">; version: number; name: string; email: string; rights: ContactRights };

/**
 * Changes a contact. The email address is the sign-in: once this returns, all sessions, links and sockets of an old
 * address have ended, and a new address has to be invited.
 */
export async function changeContact(
  s: Needs,
  { customerId, contactId, version, name, email, rights }: ContactChange,
): Promise<Result<{ moved: boolean }, NotFound | Stale | { kind: "not-an-email" } | { kind: "known" }>> {
  const address = parseEmail(email);
  if (!address) return err({ kind: "not-an-email" });
  const store = contactStore(s.db);
  const contact = (await store.access(customerId))?.contacts.find(({ id }) => id === contactId);
  if (!contact) return err({ kind: "not-found" });
  if (contact.version !== version) return err({ kind: "stale" });
  const saved = await store.change(customerId, contact, { name, email: address, rights: settled(rights) }, s.clock.now());
  if (!saved.ok) return saved;
  return ok({ moved: address !== contact.email });
}

/** Archives a contact. Its sessions, links and sockets have ended once this returns. */
export async function removeContact(
  s: Needs,
  { customerId, contactId }: { customerId: Id<"customer">; contactId: Id<"contact"> },
): Promise<Result<null, NotFound | Stale>> {
  const store = contactStore(s.db);
  const access = await store.access(customerId);
  const contact = access?.contacts.find(({ id }) => id === contactId);
  if (!contact) return err({ kind: "not-found" });
  return store.archive(customerId, contact, s.clock.now());
}
