import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newSignInLink } from "~/modules/people/links/new-sign-in-link.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { contactStore } from "../contacts/contact.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string } };
export type InviteRefusal = { kind: "not-found" } | { kind: "portal-off" } | { kind: "stale" } | { kind: "too-often" } | OverQuota;

const WINDOW = 15 * 60_000;
const INVITES_PER_CONTACT = 5;

/** Mails a contact the portal's address with a working sign-in link. */
export async function sendPortalInvite(
  s: Needs,
  { customerId, contactId }: { customerId: Id<"customer">; contactId: Id<"contact"> },
): Promise<Result<{ email: string }, InviteRefusal>> {
  const store = contactStore(s.db);
  const access = await store.access(customerId);
  const contact = access?.contacts.find(({ id }) => id === contactId);
  if (!access || !contact) return err({ kind: "not-found" });
  if (!access.customer.portalEnabled) return err({ kind: "portal-off" });
  const now = s.clock.now();
  if ((await s.directory.countAttempt([`invite ${contactId}`], WINDOW, now)) > INVITES_PER_CONTACT) return err({ kind: "too-often" });
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  const { organizationId } = s.db.scope;
  const account = await s.directory.account(contact.email);
  const linkId = await newSignInLink(s, { audience: "customer", email: contact.email, accountId: account?.id ?? null, organizationId });
  const saved = await store.invited(customerId, contact, linkId, now);
  if (!saved.ok) return saved;
  return ok({ email: contact.email });
}
