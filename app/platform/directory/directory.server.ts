import { and, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Face } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import type { Plan } from "~/kernel/plans";
import type { SessionKind, SessionRules } from "~/kernel/session-rules";
import { later, MINUTE, type UtcMs } from "~/kernel/time";
import { outbox } from "~/platform/database/tenant.tables";
import { accounts, hosts, ingestKeys, type LinkPurpose, memberships, organizations, sessions, signInLinks, tablets, throttles } from "./directory.tables";
import { doorsOf } from "./doors.server";
import { tabletsIn } from "./tablets.server";

export type Organization = typeof organizations.$inferSelect;
/** What an organization may say of itself. */
type OrganizationsOwn = "name" | "phone" | "email" | "brandColor" | "zone" | "locale" | "distanceUnit" | "currency" | "logo";
export type Account = typeof accounts.$inferSelect;
export type Membership = typeof memberships.$inferSelect;
export type SignInLink = typeof signInLinks.$inferSelect;

export type FoundSession<F extends Face = Face> = {
  id: Id<"session">;
  audience: F;
  kind: SessionKind;
  createdAt: UtcMs;
  lastSeenAt: UtcMs;
  membership: { id: Id<"membership">; name: string; email: string | null; role: Role | null; partyId: string | null };
  organization: Organization;
};

/** Without an account, and so without an address, for who comes in by code and PIN alone. */
export type PartyMember = { id: Id<"membership">; accountId: Id<"account"> | null; email: string | null; name: string };

export type FoundIngestKey = { id: Id<"key">; label: string; organizationId: Id<"organization">; deviceCode: string | null };

export type DirectoryDatabase = ReturnType<typeof drizzle>;

/**
 * The reads that find an organization, and the records that belong to none: people, sessions,
 * keys. Only the files of this folder see a database without a scope, and it is opened here.
 */
export function directoryOf(bindings: { DIRECTORY: D1Database; TENANTS: D1Database }) {
  const db = drizzle(bindings.DIRECTORY);
  const tenants = drizzle(bindings.TENANTS);

  return {
    ...doorsOf(db),
    ...tabletsIn(db),

    /** Fails when either database does not answer. */
    async ping(): Promise<void> {
      await Promise.all([db.run(sql`select 1`), tenants.run(sql`select 1`)]);
    },

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

    /** Answers the account of this address: the new one, or the one that somebody added a moment before. */
    async addAccount(row: Account): Promise<Id<"account">> {
      const [, [standing]] = await db.batch([
        db.insert(accounts).values(row).onConflictDoNothing({ target: accounts.email }),
        db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, row.email)),
      ]);
      return standing?.id ?? row.id;
    },

    /** Answers the one living membership of this account, for this party: the new one, or the one that was there. */
    async addMembership(row: Membership): Promise<Id<"membership">> {
      const { id, organizationId, accountId, audience, partyId, role, name, endedAt, createdAt } = row;
      const living = and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.audience, audience),
        // `is` also where both are null: who comes in by code and PIN has no account, staff have no party.
        sql`${memberships.accountId} is ${accountId}`,
        sql`${memberships.partyId} is ${partyId}`,
        isNull(memberships.endedAt),
      );
      const [, [standing]] = await db.batch([
        db.insert(memberships).select(
          sql`select ${id}, ${organizationId}, ${accountId}, ${audience}, ${partyId}, ${role}, ${name}, ${endedAt}, ${createdAt}
            where not exists (select 1 from ${memberships} where ${living})`,
        ),
        db.select({ id: memberships.id }).from(memberships).where(living),
      ]);
      return standing?.id ?? id;
    },

    async account(email: string): Promise<Account | null> {
      const [row] = await db.select().from(accounts).where(eq(accounts.email, email)).limit(1);
      return row ?? null;
    },

    async accountById(id: Id<"account">): Promise<Account | null> {
      const [row] = await db.select().from(accounts).where(eq(accounts.id, id)).limit(1);
      return row ?? null;
    },

    /** A new password ends every session that the account has, wherever it was signed in. Answers those sessions. */
    async setPassword(account: Id<"account">, passwordHash: string, at: UtcMs): Promise<{ id: Id<"session">; organizationId: Id<"organization"> }[]> {
      const its = db.select({ id: memberships.id }).from(memberships).where(eq(memberships.accountId, account));
      const [, ended] = await db.batch([
        db.update(accounts).set({ passwordHash }).where(eq(accounts.id, account)),
        endSessions(db, inArray(sessions.membershipId, its), at),
        // One new password answers all letters that asked for one.
        db
          .update(signInLinks)
          .set({ usedAt: at })
          .where(and(eq(signInLinks.accountId, account), eq(signInLinks.purpose, "set-password"), isNull(signInLinks.usedAt))),
      ]);
      return ended;
    },

    async membership(id: Id<"membership">): Promise<Membership | null> {
      const [row] = await db.select().from(memberships).where(eq(memberships.id, id)).limit(1);
      return row ?? null;
    },

    /** Staff of an organization, with their addresses and whether they have chosen a password yet. */
    async staffOf(organization: Id<"organization">) {
      return db
        .select({
          id: memberships.id,
          accountId: accounts.id,
          name: memberships.name,
          role: memberships.role,
          email: accounts.email,
          hasPassword: sql<number>`${accounts.passwordHash} is not null`.mapWith(Boolean),
          since: memberships.createdAt,
        })
        .from(memberships)
        .innerJoin(accounts, eq(accounts.id, memberships.accountId))
        .where(and(eq(memberships.organizationId, organization), eq(memberships.audience, "staff"), isNull(memberships.endedAt)))
        .orderBy(memberships.name)
        .limit(500);
    },

    /** The living memberships of an account (or with `ended` all), newest first; held to one organization where the host names it. */
    async membershipsOf(account: Id<"account">, audience: Face, only: Id<"organization"> | null, options = { ended: false }): Promise<Membership[]> {
      return db
        .select()
        .from(memberships)
        .where(
          and(
            eq(memberships.accountId, account),
            eq(memberships.audience, audience),
            options.ended ? undefined : isNull(memberships.endedAt),
            only ? eq(memberships.organizationId, only) : undefined,
          ),
        )
        .orderBy(desc(memberships.createdAt))
        .limit(50);
    },

    /** The living memberships through which people speak for one customer, vendor or driver, with their addresses. */
    async membershipsOfParty(organization: Id<"organization">, audience: Face, partyId: string): Promise<PartyMember[]> {
      return db
        .select({ id: memberships.id, accountId: memberships.accountId, email: accounts.email, name: memberships.name })
        .from(memberships)
        .leftJoin(accounts, eq(accounts.id, memberships.accountId))
        .where(
          and(eq(memberships.organizationId, organization), eq(memberships.audience, audience), eq(memberships.partyId, partyId), isNull(memberships.endedAt)),
        )
        .limit(500);
    },

    /** Ends a membership with all its sessions and the links on their way to it. Answers the sessions that were open. */
    async endMembership(
      membership: { id: Id<"membership">; accountId: Id<"account"> | null },
      organization: Id<"organization">,
      at: UtcMs,
    ): Promise<Id<"session">[]> {
      const [, ended] = await db.batch([
        db
          .update(memberships)
          .set({ endedAt: at })
          .where(and(eq(memberships.id, membership.id), isNull(memberships.endedAt))),
        endSessions(db, eq(sessions.membershipId, membership.id), at),
        db
          .update(signInLinks)
          .set({ usedAt: at })
          // Without an account there is no link: `= null` is true of no row.
          .where(and(sql`${signInLinks.accountId} = ${membership.accountId}`, eq(signInLinks.organizationId, organization), isNull(signInLinks.usedAt))),
      ]);
      return ended.map(({ id }) => id);
    },

    async renameMembership(id: Id<"membership">, name: string): Promise<void> {
      await db.update(memberships).set({ name }).where(eq(memberships.id, id));
    },

    async addSession(row: typeof sessions.$inferInsert): Promise<void> {
      await db.insert(sessions).values(row);
    },

    /** A session that nobody ended, of a membership that nobody ended, on no tablet that was removed. Whether it is too old is the guard's to say. */
    async findSession<F extends Face>(audience: F, tokenHash: string): Promise<FoundSession<F> | null> {
      const [row] = await db
        .select({ session: sessions, membership: memberships, email: accounts.email, organization: organizations })
        .from(sessions)
        .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNull(memberships.endedAt)))
        .leftJoin(accounts, eq(accounts.id, memberships.accountId))
        .innerJoin(organizations, eq(organizations.id, sessions.organizationId))
        .leftJoin(tablets, eq(tablets.id, sessions.tabletId))
        .where(and(eq(sessions.tokenHash, tokenHash), eq(sessions.audience, audience), isNull(sessions.endedAt), isNull(tablets.endedAt)))
        .limit(1);
      if (!row) return null;
      const { id, name, role, partyId } = row.membership;
      const { kind, createdAt, lastSeenAt } = row.session;
      return {
        id: row.session.id,
        audience,
        kind,
        createdAt,
        lastSeenAt,
        membership: { id, name, email: row.email, role, partyId },
        organization: row.organization,
      };
    },

    /** Where a person is signed in to this organization, the latest use first; who looks through their eyes is not there. */
    async sessionsOf(membership: Id<"membership">) {
      return db
        .select({
          id: sessions.id,
          audience: sessions.audience,
          kind: sessions.kind,
          createdAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
          ip: sessions.ip,
          agent: sessions.agent,
        })
        .from(sessions)
        .where(and(eq(sessions.membershipId, membership), eq(sessions.kind, "own"), isNull(sessions.endedAt)))
        .orderBy(desc(sessions.lastSeenAt))
        .limit(200);
    },

    async touchSession(id: Id<"session">, at: UtcMs): Promise<void> {
      await db.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, id));
    },

    /** Answers the sessions that ended: this one, and the views that were started from it. */
    async endSession(id: Id<"session">, at: UtcMs): Promise<Id<"session">[]> {
      return (await endSessions(db, eq(sessions.id, id), at)).map((ended) => ended.id);
    },

    async addSignInLink(row: typeof signInLinks.$inferInsert): Promise<void> {
      await db.insert(signInLinks).values(row);
    },

    async signInLink(id: Id<"link">): Promise<SignInLink | null> {
      const [row] = await db.select().from(signInLinks).where(eq(signInLinks.id, id)).limit(1);
      return row ?? null;
    },

    async linkByToken(tokenHash: string): Promise<SignInLink | null> {
      const [row] = await db.select().from(signInLinks).where(eq(signInLinks.tokenHash, tokenHash)).limit(1);
      return row ?? null;
    },

    /** Spends a link: of any number of redemptions at once, one gets the row. */
    async spendLink(purpose: LinkPurpose, audience: Face, tokenHash: string, at: UtcMs): Promise<SignInLink | null> {
      const [row] = await db
        .update(signInLinks)
        .set({ usedAt: at })
        .where(
          and(
            eq(signInLinks.tokenHash, tokenHash),
            eq(signInLinks.purpose, purpose),
            eq(signInLinks.audience, audience),
            isNull(signInLinks.usedAt),
            gt(signInLinks.expiresAt, at),
          ),
        )
        .returning();
      return row ?? null;
    },

    /** One try at the code of a request: the try is counted before the code is compared. */
    async tryCode(audience: Face, id: Id<"link">, codeHash: string, at: UtcMs): Promise<SignInLink | null> {
      const open = and(
        eq(signInLinks.id, id),
        eq(signInLinks.purpose, "sign-in"),
        eq(signInLinks.audience, audience),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, at),
      );
      const [tried] = await db
        .update(signInLinks)
        .set({ triesLeft: sql`${signInLinks.triesLeft} - 1` })
        .where(and(open, gt(signInLinks.triesLeft, 0)))
        .returning({ id: signInLinks.id });
      if (!tried) return null;
      const [row] = await db
        .update(signInLinks)
        .set({ usedAt: at })
        .where(and(open, eq(signInLinks.codeHash, codeHash)))
        .returning();
      return row ?? null;
    },

    async addIngestKey(row: typeof ingestKeys.$inferInsert): Promise<void> {
      await db.insert(ingestKeys).values(row);
    },

    async findIngestKey(keyHash: string): Promise<FoundIngestKey | null> {
      const [row] = await db
        .select({ id: ingestKeys.id, label: ingestKeys.label, organizationId: ingestKeys.organizationId, deviceCode: ingestKeys.deviceCode })
        .from(ingestKeys)
        .where(and(eq(ingestKeys.keyHash, keyHash), isNull(ingestKeys.endedAt)))
        .limit(1);
      return row ?? null;
    },

    async ingestKeysOf(organization: Id<"organization">) {
      return db
        .select({ id: ingestKeys.id, label: ingestKeys.label, deviceCode: ingestKeys.deviceCode, createdAt: ingestKeys.createdAt })
        .from(ingestKeys)
        .where(and(eq(ingestKeys.organizationId, organization), isNull(ingestKeys.endedAt)))
        .orderBy(desc(ingestKeys.createdAt))
        .limit(500);
    },

    async endIngestKey(organization: Id<"organization">, id: Id<"key">, at: UtcMs): Promise<void> {
      await db
        .update(ingestKeys)
        .set({ endedAt: at })
        .where(and(eq(ingestKeys.organizationId, organization), eq(ingestKeys.id, id)));
    },

    /** Counts one more try under each key in its window and answers the largest count. */
    async countTry(keys: readonly string[], windowMs: number, at: UtcMs): Promise<number> {
      const window = Math.floor(at / windowMs);
      const counted = await Promise.all(
        keys.map((key) =>
          db
            .insert(throttles)
            .values({ key, window, count: 1 })
            .onConflictDoUpdate({ target: [throttles.key, throttles.window], set: { count: sql`${throttles.count} + 1` } })
            .returning({ count: throttles.count }),
        ),
      );
      return Math.max(0, ...counted.flat().map((row) => row.count));
    },

    /** What turned out to be no wrong try is not counted as one. */
    async uncountTry(key: string, windowMs: number, at: UtcMs): Promise<void> {
      await db
        .update(throttles)
        .set({ count: sql`${throttles.count} - 1` })
        .where(and(eq(throttles.key, key), eq(throttles.window, Math.floor(at / windowMs)), gt(throttles.count, 0)));
    },

    async forgetTries(keys: readonly string[]): Promise<void> {
      await db.delete(throttles).where(inArray(throttles.key, [...keys]));
    },

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
     * along the index, and looks in each at what is newer than the sealed part (see the audit module's store).
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
        limit 100`);
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

/** Ends what `which` names among the open sessions, with the views that were started from them. */
function endSessions(db: DirectoryDatabase, which: SQL, at: UtcMs) {
  const named = db.select({ id: sessions.id }).from(sessions).where(which);
  return db
    .update(sessions)
    .set({ endedAt: at })
    .where(and(or(inArray(sessions.id, named), inArray(sessions.startedBy, named)), isNull(sessions.endedAt)))
    .returning({ id: sessions.id, organizationId: sessions.organizationId });
}

export type Directory = ReturnType<typeof directoryOf>;
