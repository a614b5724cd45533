import { and, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { DAY, later, toUtcMs, type UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import type { OldRows } from "~/platform/directory/directory.server";
import { staffBells, staffNotices } from "./notification.tables";
import type { StaffEvent } from "./notification-table";
import type { DeliveryMethod, NotificationPreference } from "./staff-events";

type Row = Omit<typeof staffNotices.$inferSelect, "organizationId">;
/** Ids per statement; D1 limits bound values to 100. */
const AT_ONCE = 80;
const PER_PAGE = 50;
const NEVER = toUtcMs(0);
/** How long notices are kept: seen ones 90 days, unseen ones a year. */
const KEPT = { seen: 90 * DAY, unseen: 365 * DAY };

/** Notices for staff and their notification preferences. */
export function noticeStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const bellOf = (membershipId: Id<"membership">) => eq(staffBells.membershipId, membershipId);
  const setBell = (membershipId: Id<"membership">, set: Partial<Pick<typeof staffBells.$inferSelect, "ways" | "seenAt">>) =>
    db.upsert(staffBells, { membershipId, ways: {}, seenAt: NEVER, ...set }, [staffBells.membershipId], set);

  /** Whether somebody of the shop has changed the notice's record since, or its customer canceled it. Names are written out: among a query's columns drizzle leaves tables off. */
  const isHandled = sql<number>`exists (select 1 from journal where journal.organization_id = ${db.scope.organizationId} and journal.record_kind = staff_notices.record_kind and journal.record_id = staff_notices.record_id and journal.at > staff_notices.at and (json_extract(journal.actor, '$.audience') = 'staff' or journal.event = 'work-order.canceled'))`;

  return {
    /** The choices of these people for an event; none for people who never chose. */
    async preferences(people: readonly Id<"membership">[], event: StaffEvent): Promise<NotificationPreference[]> {
      if (people.length === 0) return [];
      const rows = await db.query({
        from: staffBells,
        columns: { membershipId: staffBells.membershipId, ways: staffBells.ways },
        where: inArray(staffBells.membershipId, people.slice(0, AT_ONCE)),
        limit: AT_ONCE,
      });
      return rows.flatMap(({ membershipId, ways }) => (ways[event] ? [{ membershipId, event, way: ways[event] }] : []));
    },

    /** The staff member who created a record; null if it wasn't staff. */
    async writerOf(record: { kind: string; id: string }): Promise<string | null> {
      const [first] = await db.query({
        from: journal,
        columns: { actor: journal.actor },
        where: and(eq(journal.recordKind, record.kind), eq(journal.recordId, record.id), eq(journal.version, 1)),
        limit: 1,
      });
      return first?.actor.audience === "staff" ? first.actor.id : null;
    },

    /** Adds notices, with their outbox effects. */
    add: (rows: readonly Row[], effects: readonly Effect[], at: UtcMs) =>
      db.batch([...rows.map((row) => db.insertOnce(staffNotices, row)), ...effects.map((effect) => effectRow(db, effect, at))]),

    inDigest: (membershipId: Id<"membership">, digestAt: UtcMs) =>
      db.query({
        from: staffNotices,
        columns: { title: staffNotices.title, href: staffNotices.href },
        where: and(eq(staffNotices.membershipId, membershipId), eq(staffNotices.digestAt, digestAt)),
        orderBy: [staffNotices.at, staffNotices.key],
        limit: 200,
      }),

    async waysOf(membershipId: Id<"membership">): Promise<Partial<Record<StaffEvent, DeliveryMethod>>> {
      const [bell] = await db.query({ from: staffBells, columns: { ways: staffBells.ways }, where: bellOf(membershipId), limit: 1 });
      return bell?.ways ?? {};
    },

    choose: (membershipId: Id<"membership">, ways: Partial<Record<StaffEvent, DeliveryMethod>>) => db.batch([setBell(membershipId, { ways })]),
    seen: (membershipId: Id<"membership">, seenAt: UtcMs) => db.batch([setBell(membershipId, { seenAt })]),

    /** A person's notices that are new, counted up to 100 because more is shown as "99+". */
    async unseen(membershipId: Id<"membership">): Promise<number> {
      const [rows, [bell]] = await db.queries(
        {
          from: staffNotices,
          columns: { at: staffNotices.at, isHandled },
          where: eq(staffNotices.membershipId, membershipId),
          orderBy: [desc(staffNotices.at)],
          limit: 100,
        },
        { from: staffBells, columns: { seenAt: staffBells.seenAt }, where: bellOf(membershipId), limit: 1 },
      );
      return rows.filter((row) => row.at > (bell?.seenAt ?? 0) && !row.isHandled).length;
    },

    /** A page of notices, newest first, and the time up to which the person had seen them. */
    async page(membershipId: Id<"membership">, before: UtcMs | null) {
      const [rows, [bell]] = await db.queries(
        {
          from: staffNotices,
          columns: { key: staffNotices.key, title: staffNotices.title, href: staffNotices.href, at: staffNotices.at, event: staffNotices.event, isHandled },
          where: and(eq(staffNotices.membershipId, membershipId), before === null ? undefined : lt(staffNotices.at, before)) as SQL, // `and` with a condition is one
          orderBy: [desc(staffNotices.at), desc(staffNotices.key)],
          limit: PER_PAGE + 1,
        },
        { from: staffBells, columns: { seenAt: staffBells.seenAt }, where: bellOf(membershipId), limit: 1 },
      );
      const page = rows.slice(0, PER_PAGE);
      return { rows: page, seenAt: bell?.seenAt ?? NEVER, next: rows.length > PER_PAGE ? (page.at(-1)?.at ?? null) : null };
    },
  };
}

/** Expired notices of all shops. They can be deleted because the records and the journal keep the facts. */
export function oldNotices(now: UtcMs): OldRows {
  const { organizationId, membershipId, at } = staffNotices;
  const seen = sql`exists (select 1 from ${staffBells} where ${staffBells.organizationId} = ${organizationId} and ${staffBells.membershipId} = ${membershipId} and ${staffBells.seenAt} >= ${at})`;
  return { from: staffNotices, where: or(lt(at, later(now, -KEPT.unseen)), and(lt(at, later(now, -KEPT.seen)), seen)) as SQL }; // `or` of two conditions is one
}
