import { and, desc, eq, gt, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { DAY, later, toUtcMs, type UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import type { OldRows } from "~/platform/directory/directory.server";
import { GROUP_LASTS, joinsRecords, noticeGroups } from "./notice-groups";
import { staffBells, staffNotices } from "./notification.tables";
import type { StaffEvent } from "./notification-table";
import type { DeliveryMethod, NotificationPreference } from "./staff-events";

export type NewNotice = Omit<typeof staffNotices.$inferSelect, "organizationId" | "groupKey" | "isNewest" | "shownAt">;
/** Ids per statement; D1 limits bound values to 100. */
const AT_ONCE = 80;
const PER_PAGE = 50;
/** Of all groups of a page together, the notices that are listed under them. */
const LISTED = 300;
const NEVER = toUtcMs(0);
/** How long notices are kept: seen ones 90 days, unseen ones a year. */
const KEPT = { seen: 90 * DAY, unseen: 365 * DAY };

/** The last row of a page of the list. */
export type NoticePlace = { shownAt: UtcMs; key: string };
const isBefore = ({ shownAt, key }: NoticePlace): SQL => sql`(${staffNotices.shownAt}, ${staffNotices.key}) < (${shownAt}, ${key})`;

/** Notices for staff and their notification preferences. */
export function noticeStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const { organizationId } = db.scope;
  const bellOf = (membershipId: Id<"membership">) => eq(staffBells.membershipId, membershipId);
  const setBell = (membershipId: Id<"membership">, set: Partial<Pick<typeof staffBells.$inferSelect, "ways" | "seenAt" | "digestHour">>) =>
    db.upsert(staffBells, { membershipId, ways: {}, seenAt: NEVER, ...set }, [staffBells.membershipId], set);

  // Names are written out: among a query's columns drizzle leaves tables off.
  /** The notices of the same group as the row that is read. */
  const ofGroup = sql`one.organization_id = ${organizationId} and one.membership_id = staff_notices.membership_id and one.group_key = staff_notices.group_key`;
  /** Whether somebody of the shop has changed the record of each notice of the group since, or its customer canceled it. */
  const isHandled = sql<number>`not exists (select 1 from staff_notices one where ${ofGroup} and not exists (select 1 from journal where journal.organization_id = ${organizationId} and journal.record_kind = one.record_kind and journal.record_id = one.record_id and journal.at > one.at and (json_extract(journal.actor, '$.audience') = 'staff' or journal.event = 'work-order.canceled')))`;
  const count = sql<number>`(select count(*) from staff_notices one where ${ofGroup})`;
  const place = sql<number>`(select count(*) from staff_notices one where ${ofGroup} and (one.at < staff_notices.at or (one.at = staff_notices.at and one.key <= staff_notices.key)))`;
  const row = { key: staffNotices.key, groupKey: staffNotices.groupKey, title: staffNotices.title, href: staffNotices.href, event: staffNotices.event };
  const newestOf = (membershipId: Id<"membership">, more: SQL) =>
    and(eq(staffNotices.membershipId, membershipId), eq(staffNotices.isNewest, true), more) as SQL; // `and` with a condition is one

  /** The group that a notice joins, worked out as it is written: two that come at the same time find each other. */
  function groupFor({ membershipId, event, recordKind, recordId, key, at }: NewNotice): SQL {
    const open = sql`one.organization_id = ${organizationId} and one.membership_id = ${membershipId} and one.is_newest = 1 and one.event = ${event} and one.shown_at <= ${at}`;
    const begun = sql`exists (select 1 from staff_notices first where first.organization_id = one.organization_id and first.membership_id = one.membership_id and first.key = one.group_key and first.at > ${later(at, -GROUP_LASTS)})`;
    const ofRecord = sql`(select one.group_key from staff_notices one where ${open} and one.record_kind = ${recordKind} and one.record_id = ${recordId} and one.at > ${later(at, -noticeGroups.record)} and ${begun} order by one.at desc limit 1)`;
    if (!joinsRecords(event)) return sql`coalesce(${ofRecord}, ${key})`;
    const lately = sql`${open} and one.at > ${later(at, -noticeGroups.event)}`;
    const ofEvent = sql`(select case when (select count(*) from staff_notices one where ${lately}) >= ${noticeGroups.rows} then (select one.group_key from staff_notices one where ${lately} order by one.at desc, one.key desc limit 1) end)`;
    return sql`coalesce(${ofRecord}, ${ofEvent}, ${key})`;
  }

  /** Only the newest of a group stays on the list. */
  const showNewest = ({ membershipId, key }: NewNotice): Statement =>
    db.update(
      staffNotices,
      { isNewest: false },
      sql`membership_id = ${membershipId} and is_newest = 1 and group_key = (select added.group_key from staff_notices added where added.organization_id = ${organizationId} and added.membership_id = ${membershipId} and added.key = ${key}) and exists (select 1 from staff_notices one where ${ofGroup} and (one.at > staff_notices.at or (one.at = staff_notices.at and one.key > staff_notices.key)))`,
    );

  return {
    /** The choices of these people for an event, and the hour of their daily mail; none for people who never chose. */
    async preferences(
      people: readonly Id<"membership">[],
      event: StaffEvent,
    ): Promise<{ preferences: NotificationPreference[]; digestHours: ReadonlyMap<string, number> }> {
      if (people.length === 0) return { preferences: [], digestHours: new Map() };
      const rows = await db.query({
        from: staffBells,
        columns: { membershipId: staffBells.membershipId, ways: staffBells.ways, digestHour: staffBells.digestHour },
        where: inArray(staffBells.membershipId, people.slice(0, AT_ONCE)),
        limit: AT_ONCE,
      });
      return {
        preferences: rows.flatMap(({ membershipId, ways }) => (ways[event] ? [{ membershipId, event, way: ways[event] }] : [])),
        digestHours: new Map(rows.map((row) => [row.membershipId, row.digestHour])),
      };
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

    /** Adds notices, each to its group, with their outbox effects. */
    add: (rows: readonly NewNotice[], effects: readonly Effect[], at: UtcMs) =>
      db.batch([
        ...rows.flatMap((one) => [db.insertOnce(staffNotices, { ...one, groupKey: groupFor(one), isNewest: true, shownAt: one.at }), showNewest(one)]),
        ...effects.map((effect) => effectRow(db, effect, at)),
      ]),

    /** The row of the list that a notice is part of, and which of its group it is; news is what the person hasn't seen, handled or put aside. */
    async rowOf(membershipId: Id<"membership">, key: string, now: UtcMs) {
      const its = sql`${staffNotices.groupKey} = (select named.group_key from staff_notices named where named.organization_id = ${organizationId} and named.membership_id = ${membershipId} and named.key = ${key})`;
      const [[newest], [named], [bell]] = await db.queries(
        { from: staffNotices, columns: { ...row, shownAt: staffNotices.shownAt, isHandled, count }, where: newestOf(membershipId, its), limit: 1 },
        { from: staffNotices, columns: { place }, where: and(eq(staffNotices.membershipId, membershipId), eq(staffNotices.key, key)), limit: 1 },
        { from: staffBells, columns: { seenAt: staffBells.seenAt }, where: bellOf(membershipId), limit: 1 },
      );
      if (!newest || !named) return null;
      const isNews = newest.shownAt <= now && newest.shownAt > (bell?.seenAt ?? NEVER) && newest.isHandled !== 1;
      return { ...newest, place: named.place, isNews };
    },

    /** Which of its group each person's notice of an effect is, counted from one. */
    async placesOf(key: string, people: readonly Id<"membership">[]): Promise<ReadonlyMap<Id<"membership">, number>> {
      if (people.length === 0) return new Map();
      const rows = await db.query({
        from: staffNotices,
        columns: { membershipId: staffNotices.membershipId, place },
        where: and(eq(staffNotices.key, key), inArray(staffNotices.membershipId, people.slice(0, AT_ONCE))),
        limit: AT_ONCE,
      });
      return new Map(rows.map((one) => [one.membershipId, one.place]));
    },

    /** Puts a notice into the daily mails of these people, each at their time. */
    mailDaily: (key: string, people: readonly { membershipId: Id<"membership">; digestAt: UtcMs }[], effects: readonly Effect[], at: UtcMs) =>
      db.batch([
        ...people.map(({ membershipId, digestAt }) =>
          db.update(
            staffNotices,
            { digestAt },
            and(eq(staffNotices.membershipId, membershipId), eq(staffNotices.key, key), isNull(staffNotices.digestAt)) as SQL, // `and` of conditions is one
          ),
        ),
        ...effects.map((effect) => effectRow(db, effect, at)),
      ]),

    inDigest: (membershipId: Id<"membership">, digestAt: UtcMs) =>
      db.query({
        from: staffNotices,
        columns: { title: staffNotices.title, href: staffNotices.href },
        where: and(eq(staffNotices.membershipId, membershipId), eq(staffNotices.digestAt, digestAt)),
        orderBy: [staffNotices.at, staffNotices.key],
        limit: 200,
      }),

    /** What a person chose; null for who never did. */
    async chosenBy(membershipId: Id<"membership">): Promise<{ ways: Partial<Record<StaffEvent, DeliveryMethod>>; digestHour: number } | null> {
      const columns = { ways: staffBells.ways, digestHour: staffBells.digestHour };
      const [bell] = await db.query({ from: staffBells, columns, where: bellOf(membershipId), limit: 1 });
      return bell ?? null;
    },

    choose: (membershipId: Id<"membership">, chosen: { ways: Partial<Record<StaffEvent, DeliveryMethod>>; digestHour?: number }) =>
      db.batch([setBell(membershipId, chosen)]),
    seen: (membershipId: Id<"membership">, seenAt: UtcMs) => db.batch([setBell(membershipId, { seenAt })]),

    /** A person's groups of notices that are new, counted up to 100 because more is shown as "99+". */
    async unseen(membershipId: Id<"membership">, now: UtcMs): Promise<number> {
      const [rows, [bell]] = await db.queries(
        {
          from: staffNotices,
          columns: { shownAt: staffNotices.shownAt, isHandled },
          where: newestOf(membershipId, lte(staffNotices.shownAt, now)),
          orderBy: [desc(staffNotices.shownAt)],
          limit: 100,
        },
        { from: staffBells, columns: { seenAt: staffBells.seenAt }, where: bellOf(membershipId), limit: 1 },
      );
      return rows.filter((one) => one.shownAt > (bell?.seenAt ?? 0) && !one.isHandled).length;
    },

    /** A page of groups of notices, newest first, those that are snoozed, and the time up to which the person had seen them. */
    async page(membershipId: Id<"membership">, before: NoticePlace | null, now: UtcMs) {
      const columns = { ...row, at: staffNotices.at, shownAt: staffNotices.shownAt, isHandled, count };
      const [rows, snoozed, [bell]] = await db.queries(
        {
          from: staffNotices,
          columns,
          where: newestOf(membershipId, before === null ? lte(staffNotices.shownAt, now) : isBefore(before)),
          orderBy: [desc(staffNotices.shownAt), desc(staffNotices.key)],
          limit: PER_PAGE + 1,
        },
        { from: staffNotices, columns, where: newestOf(membershipId, gt(staffNotices.shownAt, now)), orderBy: [staffNotices.shownAt], limit: PER_PAGE },
        { from: staffBells, columns: { seenAt: staffBells.seenAt }, where: bellOf(membershipId), limit: 1 },
      );
      const page = rows.slice(0, PER_PAGE);
      const last = rows.length > PER_PAGE ? page.at(-1) : null;
      return { rows: page, snoozed, seenAt: bell?.seenAt ?? NEVER, next: last ? { shownAt: last.shownAt, key: last.key } : null };
    },

    /** The notices of these groups except the newest of each, newest first. */
    async earlier(membershipId: Id<"membership">, groups: readonly string[]) {
      if (groups.length === 0) return [];
      return db.query({
        from: staffNotices,
        columns: { ...row, at: staffNotices.at },
        where: and(eq(staffNotices.membershipId, membershipId), inArray(staffNotices.groupKey, groups.slice(0, AT_ONCE)), eq(staffNotices.isNewest, false)),
        orderBy: [desc(staffNotices.at), desc(staffNotices.key)],
        limit: LISTED,
      });
    },

    /** Has the list show a group from then on; false if it isn't as the person saw it. `returned` follows then. */
    async show(membershipId: Id<"membership">, key: string, from: UtcMs, returned: readonly Effect[], now: UtcMs): Promise<boolean> {
      const [changed] = await db.batch([
        db.update(staffNotices, { shownAt: from }, newestOf(membershipId, eq(staffNotices.key, key))),
        ...returned.map((effect) => effectRow(db, effect, now)),
      ]);
      return (changed?.meta.changes ?? 0) > 0;
    },

    /** Puts snoozed groups back at their own time. */
    endSnoozes: (membershipId: Id<"membership">, keys: readonly string[]) =>
      db.batch([db.update(staffNotices, { shownAt: sql`at` }, newestOf(membershipId, inArray(staffNotices.key, keys.slice(0, AT_ONCE))))]),
  };
}

/** Expired notices of all shops. They can be deleted because the records and the journal keep the facts. */
export function oldNotices(now: UtcMs): OldRows {
  const { organizationId, membershipId, at } = staffNotices;
  const seen = sql`exists (select 1 from ${staffBells} where ${staffBells.organizationId} = ${organizationId} and ${staffBells.membershipId} = ${membershipId} and ${staffBells.seenAt} >= ${at})`;
  return { from: staffNotices, where: or(lt(at, later(now, -KEPT.unseen)), and(lt(at, later(now, -KEPT.seen)), seen)) as SQL }; // `or` of two conditions is one
}
