import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { parseEmail } from "~/modules/people/email";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { inviteVendor } from "./invite-vendor.server";
import { vendorStore } from "./vendor.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string }; drainNow(): Promise<void> };
type UserRefusal = { kind: "not-found" } | { kind: "not-an-email" } | { kind: "known" } | { kind: "portal-off" } | { kind: "stale" };

/** Adds a user of a vendor, who is invited to choose a password. */
export async function addVendorUser(
  s: Needs,
  id: Id<"vendor">,
  typed: { name: string; email: string },
): Promise<Result<{ email: string; invited: boolean }, UserRefusal>> {
  const store = vendorStore(s.db);
  const vendor = await store.find(id);
  if (!vendor) return err({ kind: "not-found" });
  const email = parseEmail(typed.email);
  if (!email) return err({ kind: "not-an-email" });
  if (!vendor.portalEnabled) return err({ kind: "portal-off" });
  if (email === vendor.email || (await store.users(id)).some((user) => user.email === email)) return err({ kind: "known" });
  const saved = await store.addUser(vendor, { email, name: typed.name }, s.clock.now());
  if (!saved.ok) return saved;
  await s.drainNow();
  const invited = await inviteVendor(s, id, email);
  return ok({ email, invited: invited.ok });
}

/** Removes a user of a vendor and signs them out at once. */
export async function endVendorUser(s: Needs, id: Id<"vendor">, email: string): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = vendorStore(s.db);
  const vendor = await store.find(id);
  const user = (await store.users(id)).find((one) => one.email === email);
  if (!vendor || !user) return err({ kind: "not-found" });
  return store.endUser(vendor, user, s.clock.now());
}
