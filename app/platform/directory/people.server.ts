import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import type { UtcMs } from "~/kernel/time";
import { accounts, memberships, sessions, signInLinks } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { pushDevices } from "./push.tables";
import type { Account, Membership } from "./records.server";
import { endSessions } from "./sessions.server";

/** Without an account, and so without an address, for who comes in by code and PIN alone. */
type PartyMember = { id: Id<"membership">; accountId: Id<"account"> | null; email: string | null; name: string };

/** People, once per address, and what each is to the shops that know them. */
export function peopleIn(db: DirectoryDatabase) {
  return {
    /** Answers the account of this address: the new one, or the one that somebody added a moment before. */
    async addAccount(row: Account): Promise<Id<"account">> {
      const [, [existing]] = await db.batch([
        db.insert(accounts).values(row).onConflictDoNothing({ target: accounts.email }),
        db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, row.email)),
      ]);
      return existing?.id ?? row.id;
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
      const [, [existing]] = await db.batch([
        db.insert(memberships).select(
          sql`select ${id}, ${organizationId}, ${accountId}, ${audience}, ${partyId}, ${role}, ${name}, ${endedAt}, ${createdAt}
            where not exists (select 1 from ${memberships} where ${living})`,
        ),
        db.select({ id: memberships.id }).from(memberships).where(living),
      ]);
      return existing?.id ?? id;
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
        // A browser that somebody else still has shows nothing more.
        db.delete(pushDevices).where(inArray(pushDevices.membershipId, its)),
      ]);
      return ended;
    },

    async membership(id: Id<"membership">): Promise<Membership | null> {
      const [row] = await db.select().from(memberships).where(eq(memberships.id, id)).limit(1);
      return row ?? null;
    },

    /** Those of these memberships that haven't ended. */
    async livingMembers(ids: readonly Id<"membership">[]): Promise<ReadonlySet<Id<"membership">>> {
      if (ids.length === 0) return new Set();
      const rows = await db
        .select({ id: memberships.id })
        .from(memberships)
        .where(and(inArray(memberships.id, [...new Set(ids)]), isNull(memberships.endedAt)));
      return new Set(rows.map(({ id }) => id));
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
    async membershipsOf(account: Id<"account">, audience: Portal, only: Id<"organization"> | null, options = { ended: false }): Promise<Membership[]> {
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
    async membershipsOfParty(organization: Id<"organization">, audience: Portal, partyId: string): Promise<PartyMember[]> {
      return db
        .select({ id: memberships.id, accountId: memberships.accountId, email: accounts.email, name: memberships.name })
        .from(memberships)
        .leftJoin(accounts, eq(accounts.id, memberships.accountId))
        .where(
          and(eq(memberships.organizationId, organization), eq(memberships.audience, audience), eq(memberships.partyId, partyId), isNull(memberships.endedAt)),
        )
        .limit(500);
    },

    /**
     * Ends a membership with all its sessions and the links on their way to it. Answers the sessions that were open, or
     * null where it stays: a shop keeps its last owner, also when two owners remove each other at once.
     */
    async endMembership(
      membership: { id: Id<"membership">; accountId: Id<"account"> | null },
      organization: Id<"organization">,
      at: UtcMs,
    ): Promise<Id<"session">[] | null> {
      const { id } = membership;
      const ended = sql`exists (select 1 from ${memberships} where ${memberships.id} = ${id} and ${memberships.endedAt} is not null)`;
      const [, sessionsEnded, , [existing]] = await db.batch([
        db
          .update(memberships)
          .set({ endedAt: at })
          .where(and(eq(memberships.id, id), isNull(memberships.endedAt), notTheLastOwner(id))),
        endSessions(db, sql`${sessions.membershipId} = ${id} and ${ended}`, at),
        db
          .update(signInLinks)
          .set({ usedAt: at })
          // Without an account there is no link: `= null` is true of no row.
          .where(and(sql`${signInLinks.accountId} = ${membership.accountId}`, eq(signInLinks.organizationId, organization), isNull(signInLinks.usedAt), ended)),
        db.select({ endedAt: memberships.endedAt }).from(memberships).where(eq(memberships.id, id)),
        db.delete(pushDevices).where(sql`${pushDevices.membershipId} = ${id} and ${ended}`),
      ]);
      return existing?.endedAt === null ? null : sessionsEnded.map((session) => session.id);
    },

    /**
     * Gives one of the staff another role, and ends their view-as sessions. Answers those
     * sessions, or null where the role stays, because the shop would be without an owner.
     */
    async setRole(organization: Id<"organization">, id: Id<"membership">, role: Role, at: UtcMs): Promise<Id<"session">[] | null> {
      const its = and(eq(memberships.id, id), eq(memberships.organizationId, organization), eq(memberships.audience, "staff"), isNull(memberships.endedAt));
      const [changed, views] = await db.batch([
        db
          .update(memberships)
          .set({ role })
          .where(role === "owner" ? its : and(its, notTheLastOwner(id)))
          .returning({ id: memberships.id }),
        // Of a role that stays, nothing ends.
        endSessions(
          db,
          sql`${sessions.viewedBy} = ${id} and exists (select 1 from ${memberships} where ${memberships.id} = ${id} and ${memberships.role} = ${role})`,
          at,
        ),
      ]);
      return changed.length === 0 ? null : views.map((view) => view.id);
    },

    async renameMembership(id: Id<"membership">, name: string): Promise<void> {
      await db.update(memberships).set({ name }).where(eq(memberships.id, id));
    },
  };
}

/** Whether a shop has an owner without this membership, or never had one in it. */
const notTheLastOwner = (id: Id<"membership">) =>
  sql`(${memberships.role} is not 'owner' or exists (
    select 1 from ${memberships} other where other.organization_id = ${memberships.organizationId} and other.role = 'owner' and other.ended_at is null and other.id <> ${id}))`;
