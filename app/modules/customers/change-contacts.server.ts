import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { parseEmail } from "~/modules/people/email";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { contactStore } from "./contact.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; drainNow(): Promise<void> };
type NotFound = { kind: "not-found" };
type Stale = { kind: "stale" };

export async function addContact(
  s: Needs,
  { customerId, name, email }: { customerId: Id<"customer">; name: string; email: string },
): Promise<Result<null, NotFound | Stale | { kind: "not-an-email" } | { kind: "known" }>> {
  const address = parseEmail(email);
  if (!address) return err({ kind: "not-an-email" });
  const store = contactStore(s.db);
  if (!(await store.access(customerId))) return err({ kind: "not-found" });
  const now = s.clock.now();
  const saved = await store.add(customerId, { id: newId("contact", now), name, email: address }, now);
  if (!saved.ok) return saved;
  await s.drainNow();
  return ok(null);
}

/** The contact's record stays; its sessions, links and sockets have ended when this answers. */
export async function removeContact(
  s: Needs,
  { customerId, contactId }: { customerId: Id<"customer">; contactId: Id<"contact"> },
): Promise<Result<null, NotFound | Stale>> {
  const store = contactStore(s.db);
  const access = await store.access(customerId);
  const contact = access?.contacts.find(({ id }) => id === contactId);
  if (!contact) return err({ kind: "not-found" });
  const saved = await store.archive(customerId, contact, s.clock.now());
  if (!saved.ok) return saved;
  await s.drainNow();
  return ok(null);
}
