import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, toUtcMs, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type NoticePlace, noticeStore } from "./notice.store.server";
import { notificationEffects } from "./notification.effects";
import type { StaffEvent } from "./notification-table";
import { type Snooze, snoozedUntil } from "./snooze";
import { chosenEvents, type DeliveryMethod, staffRow, USUAL_DIGEST_HOUR } from "./staff-events";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Me = Id<"membership">;

export const countUnseen = (s: Needs, me: Me): Promise<number> => noticeStore(s.db).unseen(me, s.clock.now());

/** Reads a place in the list as an address has it: "1893456000000-mail.service-request:wo_…". */
export function readNoticePlace(text: string | null): NoticePlace | null {
  const [, at, key] = /^(\d{1,15})-(.{1,600})$/s.exec(text ?? "") ?? [];
  return at && key ? { shownAt: toUtcMs(Number(at)), key } : null;
}

/** A page of a person's own notices by group, and what is snoozed. Opening the first page marks all as seen. */
export async function openNotices(s: Needs, me: Me, before: NoticePlace | null) {
  const store = noticeStore(s.db);
  const now = s.clock.now();
  const { readOnly } = s.db.scope;
  let page = await store.page(me, before, now);
  const over = page.snoozed.filter(({ isHandled }) => isHandled === 1).map(({ key }) => key);
  if (over.length > 0 && !readOnly) {
    await store.endSnoozes(me, over);
    page = await store.page(me, before, now);
  }
  if (before === null && !readOnly && page.rows.some(({ shownAt }) => shownAt > page.seenAt)) await store.seen(me, now);
  const listed = [...page.rows, ...page.snoozed];
  const earlier = await store.earlier(
    me,
    listed.filter(({ count }) => count > 1).map(({ groupKey }) => groupKey),
  );
  // What somebody has handled since is nobody's news, whether it was read here or not.
  const shown = (row: (typeof listed)[number]) => ({
    ...row,
    label: staffRow(row.event).label,
    isHandled: row.isHandled === 1,
    isNew: row.shownAt > page.seenAt && row.isHandled !== 1,
    earlier: earlier.filter(({ groupKey }) => groupKey === row.groupKey).map(({ key, title, href, at }) => ({ key, title, href, at })),
  });
  return { next: page.next, rows: page.rows.map(shown), snoozed: page.snoozed.map(shown) };
}
export type ShownNotice = Awaited<ReturnType<typeof openNotices>>["rows"][number];

type Changed = { kind: "newer" };

/** Puts a notice aside until then: it is neither counted nor listed, and comes back as new unless its record was handled. */
export async function snoozeNotice(s: Needs, me: Me, zone: string, { key, until }: { key: string; until: Snooze }): Promise<Result<UtcMs, Changed>> {
  const now = s.clock.now();
  const from = snoozedUntil(until, now, zone);
  const returned = notificationEffects.of("notice.returned", `notice.returned:${me}:${from}`, { membershipId: me }, from);
  const pushed = notificationEffects.of("push.notice", `push.back:${me}:${key}:${from}`, { membershipId: me, notice: key, isBack: true }, from);
  return (await noticeStore(s.db).show(me, key, from, [returned, pushed], now)) ? ok(from) : err({ kind: "newer" });
}

/** Ends a snooze before its time. */
export async function showNotice(s: Needs, me: Me, { key }: { key: string }): Promise<Result<null, Changed>> {
  const now = s.clock.now();
  return (await noticeStore(s.db).show(me, key, now, [], now)) ? ok(null) : err({ kind: "newer" });
}

/** A person's delivery method for each event: their choice or the default. */
export async function readNotificationPreferences(
  s: Pick<Needs, "db">,
  me: Me,
): Promise<{ event: StaffEvent; label: string; what: string | undefined; way: DeliveryMethod; usual: DeliveryMethod }[]> {
  const ways = (await noticeStore(s.db).chosenBy(me))?.ways ?? {};
  return chosenEvents.map((event) => {
    const { label, what, usual } = staffRow(event);
    return { event, label, what, usual, way: ways[event] ?? usual };
  });
}

/** The hour of a person's daily mail on the shop's clock. */
export const readDigestHour = async (s: Pick<Needs, "db">, me: Me): Promise<number> => (await noticeStore(s.db).chosenBy(me))?.digestHour ?? USUAL_DIGEST_HOUR;

/**
 * Stores only choices that differ from the default, so a changed default reaches everyone who never chose. Without a
 * `digestHour` that stays as it is; a mail that is under way leaves at the hour of before.
 */
export async function saveNotificationPreference(
  s: Pick<Needs, "db">,
  me: Me,
  chosen: Readonly<Record<StaffEvent, DeliveryMethod>>,
  digestHour?: number,
): Promise<void> {
  const ways = Object.fromEntries(Object.entries(chosen).filter(([event, way]) => way !== staffRow(event as StaffEvent).usual)); // keys of the record
  await noticeStore(s.db).choose(me, { ways, ...(digestHour === undefined ? {} : { digestHour }) });
}

/** Stops the mails of an event; what happens still shows in the app. For the daily email, of all events in it. */
export async function stopStaffMail(db: ScopedDatabase<"job">, me: Me, event: string): Promise<void> {
  const store = noticeStore(db);
  const ways = (await store.chosenBy(me))?.ways ?? {};
  const stopped = chosenEvents.filter((one) => (event === "digest" ? (ways[one] ?? staffRow(one).usual) === "digest" : one === event));
  await store.choose(me, { ways: { ...ways, ...Object.fromEntries(stopped.map((one) => [one, "bell"])) } });
}
