import type { Id } from "~/kernel/ids";
import type { Clock, UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { noticeStore } from "./notice.store.server";
import { type DeliveryMethod, type StaffEvent, staffEventNames, staffEvents } from "./staff-events";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Me = Id<"membership">;

export const countUnseen = (s: Pick<Needs, "db">, me: Me): Promise<number> => noticeStore(s.db).unseen(me);

/** A page of somebody's own notices; having opened the first one, all of them are seen. */
export async function openNotices(s: Needs, me: Me, before: UtcMs | null) {
  const store = noticeStore(s.db);
  const page = await store.page(me, before);
  if (before === null && !s.db.scope.readOnly && page.rows.some(({ at }) => at > page.seenAt)) await store.seen(me, s.clock.now());
  return { next: page.next, rows: page.rows.map((row) => ({ ...row, isNew: row.at > page.seenAt })) };
}

/** How somebody hears of each event: as they chose, and otherwise as is usual. */
export async function readNotificationPreferences(s: Pick<Needs, "db">, me: Me): Promise<{ event: StaffEvent; way: DeliveryMethod }[]> {
  const ways = await noticeStore(s.db).waysOf(me);
  return staffEventNames.map((event) => ({ event, way: ways[event] ?? staffEvents[event].usual }));
}

/** Keeps only what differs from what is usual, so that a better usual way reaches everybody who never chose. */
export async function saveNotificationPreference(s: Pick<Needs, "db">, me: Me, chosen: Readonly<Record<StaffEvent, DeliveryMethod>>): Promise<void> {
  const ways = Object.fromEntries(Object.entries(chosen).filter(([event, way]) => way !== staffEvents[event as StaffEvent].usual)); // the record's own keys
  await noticeStore(s.db).choose(me, ways);
}
