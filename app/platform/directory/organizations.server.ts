import { eq, gt, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Plan } from "~/kernel/plans";
import type { SessionRules } from "~/kernel/session-rules";
import { accounts, hosts, memberships, organizations } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import type { Account, Membership, Organization } from "./records.server";

/** What an organization may change about itself. */
type EditableField =
  | "name"
  | "phone"
  | "email"
  | "address"
  | "remitTo"
  | "taxId"
  | "paymentTerms"
  | "brandColor"
  | "zone"
  | "locale"
  | "distanceUnit"
  | "currency"
  | "logo";

/** The shops, and the hosts that belong to them. */
export function organizationsIn(db: DirectoryDatabase) {
  return {
    async organizationByHost(host: string): Promise<Organization | null> {
      const [row] = await db
        .select({ organization: organizations })
        .from(hosts)
        .innerJoin(organizations, eq(organizations.id, hosts.organizationId))
        .where(eq(hosts.host, host))
        .limit(1);
      return row?.organization ?? null;
    },

    async organizationBySlug(slug: string): Promise<Organization | null> {
      const [row] = await db.select().from(organizations).where(eq(organizations.slug, slug)).limit(1);
      return row ?? null;
    },

    async organization(id: Id<"organization">): Promise<Organization | null> {
      const [row] = await db.select().from(organizations).where(eq(organizations.id, id)).limit(1);
      return row ?? null;
    },

    async organizations() {
      return db
        .select({ id: organizations.id, slug: organizations.slug, name: organizations.name, plan: organizations.plan })
        .from(organizations)
        .orderBy(organizations.slug)
        .limit(1_000);
    },

    /** All organizations with their zones, page by page. */
    async organizationsAfter(after: Id<"organization"> | null): Promise<{ id: Id<"organization">; zone: string }[]> {
      return db
        .select({ id: organizations.id, zone: organizations.zone })
        .from(organizations)
        .where(after === null ? undefined : gt(organizations.id, after))
        .orderBy(organizations.id)
        .limit(200);
    },

    async setPlan(id: Id<"organization">, plan: Plan): Promise<void> {
      await db.update(organizations).set({ plan }).where(eq(organizations.id, id));
    },

    async setSessionRules(id: Id<"organization">, sessionRules: SessionRules): Promise<void> {
      await db.update(organizations).set({ sessionRules }).where(eq(organizations.id, id));
    },

    async describeOrganization(id: Id<"organization">, facts: Pick<Organization, EditableField>): Promise<void> {
      const { name, phone, email, address, remitTo, taxId, paymentTerms, brandColor, zone, locale, distanceUnit, currency, logo } = facts;
      const its = { name, phone, email, address, remitTo, taxId, paymentTerms, brandColor, zone, locale, distanceUnit, currency, logo };
      await db.update(organizations).set(its).where(eq(organizations.id, id));
    },

    async isEmpty(): Promise<boolean> {
      return (await db.select({ id: organizations.id }).from(organizations).limit(1)).length === 0;
    },

    /** A shop with its hosts and its owner, whole or not at all: one without an owner could be opened by nobody. */
    async addOrganization(
      row: typeof organizations.$inferInsert,
      itsHosts: readonly string[],
      owner: { account: Account; membership: Membership },
    ): Promise<void> {
      const { account, membership } = owner;
      const known = db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, account.email));
      await db.batch([
        db.insert(organizations).values(row),
        ...itsHosts.map((host) => db.insert(hosts).values({ host, organizationId: row.id })),
        db.insert(accounts).values(account).onConflictDoNothing({ target: accounts.email }),
        // Who has an account already comes in with the password that they have.
        db.insert(memberships).values({ ...membership, accountId: sql`(${known})` }),
      ]);
    },
  };
}
