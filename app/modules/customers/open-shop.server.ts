import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { organizationJournal } from "~/modules/organizations/organization.journal";
import type { ShopDetails } from "~/modules/organizations/shop-details";
import { parseEmail } from "~/modules/people/email";
import { hashPassword } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { newShopStore } from "./customer.store.server";

type Needs = {
  directory: Directory;
  clock: Clock;
  settings: { passwordPepper: string };
  databaseOf(organizationId: Id<"organization">): ScopedDatabase<"job">;
};

export type NewShop = {
  details: ShopDetails;
  publicOrigin: string;
  hosts: readonly string[];
  owner: { name: string; email: string; password: string };
  /** Fixed for the demo, so that its addresses stay the same. */
  ids?: { organization: Id<"organization">; shopFleet: Id<"customer"> };
};

/**
 * Creates a shop: first the customer record of its own fleet, then the organization with its owner's sign-in. In this
 * order a failure between the two leaves no shop without its records, and creation can be retried.
 */
export async function openShop(s: Needs, shop: NewShop): Promise<Result<{ organizationId: Id<"organization"> }, { kind: "not-an-email" }>> {
  const email = parseEmail(shop.owner.email);
  if (!email) return err({ kind: "not-an-email" });
  const now = s.clock.now();
  const organizationId = shop.ids?.organization ?? newId("organization", now);
  const shopFleet = shop.ids?.shopFleet ?? newId("customer", now);
  const row = {
    id: shopFleet,
    name: `${shop.details.name} (own fleet)`,
    email: shop.details.email,
    phone: shop.details.phone,
    address: shop.details.address ?? null,
    portalEnabled: false,
    isSelf: true,
    sharesPositions: false,
    createdAt: now,
  };
  const opened = organizationJournal.of("shop.opened", { slug: shop.details.slug, owner: email });
  const entry = { record: { kind: "organization", id: organizationId, version: 1 }, at: now, event: opened };
  await newShopStore(s.databaseOf(organizationId)).openShop(entry, row);

  // Someone who already owns a shop keeps their password.
  const known = await s.directory.account(email);
  const passwordHash = known ? known.passwordHash : await hashPassword(shop.owner.password, s.settings.passwordPepper);
  const account = { id: newId("account", now), email, passwordHash, createdAt: now };
  const membership = {
    id: newId("membership", now),
    organizationId,
    accountId: account.id,
    audience: "staff",
    partyId: null,
    role: "owner",
    name: shop.owner.name,
    endedAt: null,
    createdAt: now,
  } as const;
  const organization = { id: organizationId, ...shop.details, publicOrigin: shop.publicOrigin, sessionRules: null, createdAt: now };
  await s.directory.addOrganization(organization, shop.hosts, { account, membership });
  return ok({ organizationId });
}
