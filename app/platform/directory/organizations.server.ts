import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Plan } from "~/kernel/plans";
import type { SessionRules } from "~/kernel/session-rules";
import type { DirectoryDatabase } from "./directory.server";
import { hosts, organizations } from "./directory.tables";

export type Organization = typeof organizations.$inferSelect;
/** What an organization may say of itself. */
type OrganizationsOwn = "name" | "phone" | "email" | "brandColor" | "zone" | "locale" | "distanceUnit" | "currency" | "logo";

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

    async setPlan(id: Id<"organization">, plan: Plan): Promise<void> {
      await db.update(organizations).set({ plan }).where(eq(organizations.id, id));
    },

    async setSessionRules(id: Id<"organization">, sessionRules: SessionRules): Promise<void> {
      await db.update(organizations).set({ sessionRules }).where(eq(organizations.id, id));
    },

    async describeOrganization(id: Id<"organization">, facts: Pick<Organization, OrganizationsOwn>): Promise<void> {
      const { name, phone, email, brandColor, zone, locale, distanceUnit, currency, logo } = facts;
      await db.update(organizations).set({ name, phone, email, brandColor, zone, locale, distanceUnit, currency, logo }).where(eq(organizations.id, id));
    },

    async isEmpty(): Promise<boolean> {
      return (await db.select({ id: organizations.id }).from(organizations).limit(1)).length === 0;
    },

    async addOrganization(row: typeof organizations.$inferInsert, itsHosts: readonly string[]): Promise<void> {
      await db.batch([db.insert(organizations).values(row), ...itsHosts.map((host) => db.insert(hosts).values({ host, organizationId: row.id }))]);
    },
  };
}
