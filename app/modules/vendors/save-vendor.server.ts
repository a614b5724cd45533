import type { Id } from "~/kernel/ids";
import type { Plan } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { inviteVendor } from "./invite-vendor.server";
import { checkVendor, isAs, type VendorForm, type VendorRefusal } from "./vendor";
import { vendorStore } from "./vendor.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string }; drainNow(): Promise<void> };
type Save = { id: Id<"vendor">; form: VendorForm; version: number | null; plan: Plan };

/**
 * Saves a new (version null) or changed vendor. Turning its portal on sends an invitation; turning it off, or a new
 * address, has ended its sessions once this returns. A new form submitted twice is one vendor.
 */
export async function saveVendor(
  s: Needs,
  { id, form, version, plan }: Save,
): Promise<Result<{ invited: boolean }, VendorRefusal | { kind: "stale" } | { kind: "not-found" } | { kind: "email-taken" }>> {
  const store = vendorStore(s.db);
  const before = version === null ? null : await store.find(id);
  if (version !== null && !before) return err({ kind: "not-found" });
  if (before && before.version !== version) return err({ kind: "stale" });
  const facts = checkVendor(form, plan, before?.portalEnabled ?? false);
  if (!facts.ok) return facts;
  const saved = await store.save(id, facts.value, (version ?? 0) + 1, s.clock.now());
  if (!saved.ok) {
    const kept = version === null && saved.error.kind === "stale" ? await store.find(id) : null;
    return kept && isAs(kept, facts.value) ? ok({ invited: false }) : saved;
  }
  await s.drainNow();
  const opened = facts.value.portalEnabled && (!before?.portalEnabled || before.email !== facts.value.email);
  if (!opened) return ok({ invited: false });
  const invited = await inviteVendor(s, id);
  return ok({ invited: invited.ok });
}
