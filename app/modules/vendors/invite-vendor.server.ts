import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newPasswordLink, passwordMail } from "~/modules/people/passwords/password-links.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { vendorStore } from "./vendor.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string } };
export type VendorInviteRefusal = { kind: "not-found" } | { kind: "portal-off" } | { kind: "too-often" } | OverQuota | { kind: "stale" };

const WINDOW = 15 * 60_000;
const INVITES = 5;

/** Mails the vendor or one of its users a link to choose a password. It works once, for 72 hours. */
export async function inviteVendor(s: Needs, id: Id<"vendor">, to: string | null = null): Promise<Result<{ email: string }, VendorInviteRefusal>> {
  const store = vendorStore(s.db);
  const vendor = await store.find(id);
  if (!vendor) return err({ kind: "not-found" });
  const email = to ?? vendor.email;
  const account = vendor.portalEnabled && email ? await s.directory.account(email) : null;
  if (!account) return err({ kind: "portal-off" });
  const now = s.clock.now();
  if ((await s.directory.countAttempt([`invite ${id}`], WINDOW, now)) > INVITES) return err({ kind: "too-often" });
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  const linkId = await newPasswordLink(
    s,
    { audience: "vendor", email: account.email, accountId: account.id, organizationId: s.db.scope.organizationId },
    "invitation",
  );
  const saved = await store.invited(vendor, now, passwordMail(linkId, "invitation"));
  if (!saved.ok) return saved;
  return ok({ email: account.email });
}
