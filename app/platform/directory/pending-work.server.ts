import { lte, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { later, MINUTE, type UtcMs } from "~/kernel/time";
import { outbox } from "~/platform/database/tenant.tables";
import type { DirectoryDatabase } from "./directory-database.server";

/** Which organizations have work waiting that no request of theirs will do: the only reads of tenants' tables across tenants. */
export function pendingWorkIn(tenants: DirectoryDatabase) {
  return {
    /** Organizations whose outbox has rows that should have left a minute ago. */
    async organizationsWithLateEffects(now: UtcMs): Promise<Id<"organization">[]> {
      const rows = await tenants
        .selectDistinct({ id: outbox.organizationId })
        .from(outbox)
        .where(lte(outbox.dueAt, later(now, -MINUTE)))
        .limit(100);
      return rows.map((row) => row.id);
    },

    /**
     * Organizations with journal rows that have no place in the chain yet. It leaps from organization to organization
     * along the index, and looks in each at what is newer than the sealed part (see the audit module's store). Who was
     * sealed longest ago comes first, so that none waits for ever behind a hundred busier ones.
     */
    async organizationsWithUnsealedRows(now: UtcMs): Promise<Id<"organization">[]> {
      const newest = sql`select sealed.at from journal_seals seal cross join journal sealed
        where seal.organization_id = each.id and sealed.organization_id = seal.organization_id and sealed.record_kind = seal.record_kind and sealed.record_id = seal.record_id and sealed.version = seal.version
        order by seal.place desc limit 1`;
      const rows = await tenants.all<{ id: Id<"organization"> }>(sql`
        with recursive each(id) as (
          select min(organization_id) from journal
          union all
          select (select min(organization_id) from journal where organization_id > each.id) from each where each.id is not null
        )
        select id from each
        where id is not null and exists (
          select 1 from journal unsealed
          where unsealed.organization_id = each.id and unsealed.at <= ${now} and unsealed.at >= ifnull((${newest}), 0) - ${10 * MINUTE}
            and not exists (select 1 from journal_seals seal where seal.organization_id = unsealed.organization_id and seal.record_kind = unsealed.record_kind and seal.record_id = unsealed.record_id and seal.version = unsealed.version)
        )
        order by ifnull((${newest}), 0)
        limit 100`);
      return rows.map((row) => row.id);
    },

    /** Organizations with customers who get a statement each month. */
    async organizationsWithMonthlyStatements(): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(
        sql`select distinct organization_id as id from customers where monthly_statement = 1 limit 10000`,
      );
      return rows.map((row) => row.id);
    },

    /** Organizations that have, or once had, rules to remind customers of invoices. */
    async organizationsWithReminders(): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(
        sql`select distinct organization_id as id from shop_rules where coalesce(json_extract(rules, '$.remindBefore'), json_extract(rules, '$.remindLate')) is not null limit 10000`,
      );
      return rows.map((row) => row.id);
    },

    /** Organizations whose customers have checkouts open at Square. */
    async organizationsWithCheckouts(): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(
        sql`select distinct organization_id as id from payment_intents where state in ('creating', 'open', 'pending') limit 1000`,
      );
      return rows.map((row) => row.id);
    },

    /** Organizations that are connected with Square. */
    async organizationsWithSquare(): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(
        sql`select organization_id as id from square_connections where state = 'connected' limit 10000`,
      );
      return rows.map((row) => row.id);
    },

    /** Organizations whose access to Square ends soon. */
    async organizationsWithSquareAccessUntil(until: UtcMs): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(
        sql`select organization_id as id from square_connections where state = 'connected' and expires_at <= ${until} order by expires_at limit 1000`,
      );
      return rows.map((row) => row.id);
    },

    /** Organizations whose journal has a sealed part. */
    async organizationsWithSeals(): Promise<Id<"organization">[]> {
      const rows = await tenants.all<{ id: Id<"organization"> }>(sql`
        with recursive each(id) as (
          select min(organization_id) from journal_seals
          union all
          select (select min(organization_id) from journal_seals where organization_id > each.id) from each where each.id is not null
        )
        select id from each where id is not null limit 10000`);
      return rows.map((row) => row.id);
    },
  };
}
