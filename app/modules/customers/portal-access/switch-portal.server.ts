import { type Id, newId } from "~/kernel/ids";
import type { Plan } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { contactStore } from "../contacts/contact.store.server";
import { ofFirstContact } from "../contacts/contact-rights";
import { decideSwitchOn, type PortalRefusal } from "./portal";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Switch = { customerId: Id<"customer">; on: boolean; plan: Plan };

/** Turns a customer's portal on or off. Once turning off returns, every session, link and socket has ended. */
export async function switchPortal(
  s: Needs,
  { customerId, on, plan }: Switch,
): Promise<Result<null, PortalRefusal | { kind: "not-found" } | { kind: "stale" }>> {
  const store = contactStore(s.db);
  const access = await store.access(customerId);
  if (!access) return err({ kind: "not-found" });
  const { customer, contacts } = access;
  if (customer.portalEnabled === on) return ok(null);
  const decided = on
    ? decideSwitchOn({ plan, archived: customer.archivedAt !== null, isSelf: customer.isSelf, email: customer.email, contacts: contacts.length })
    : ok({ firstContact: null });
  if (!decided.ok) return decided;
  const now = s.clock.now();
  const email = decided.value.firstContact;
  return store.switchPortal(
    customerId,
    on,
    customer.version + 1,
    now,
    email && { id: newId("contact", now), name: customer.name, email, rights: ofFirstContact },
  );
}
