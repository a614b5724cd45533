import type { Id } from "~/kernel/ids";
import type { Clock, UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { noticeStore } from "./notice.store.server";
import type { StaffEvent } from "./notification-table";
import { chosenEvents, type DeliveryMethod, staffRow } from "./staff-events";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Me = Id<"membership">;

export const countUnseen = (s: Pick<Needs, "db">, me: Me): Promise<number> => noticeStore(s.db).unseen(me);

/** A page of a person's own notices. Opening the first page marks all as seen. */
export async function openNotices(s: Needs, me: Me, before: UtcMs | null) {
  const store = noticeStore(s.db);
  const page = await store.page(me, before);
  if (before === null && !s.db.scope.readOnly && page.rows.some(({ at }) => at > page.seenAt)) await store.seen(me, s.clock.now());
  // What somebody has handled since is nobody's news, whether it was read here or not.
  const shown = (row: (typeof page.rows)[number]) => ({
    ...row,
    label: staffRow(row.event).label,
    isHandled: row.isHandled === 1,
    isNew: row.at > page.seenAt && row.isHandled !== 1,
  });
  return { next: page.next, rows: page.rows.map(shown) };
}

/** A person's delivery method for each event: their choice or the default. */
export async function readNotificationPreferences(
  s: Pick<Needs, "db">,
  me: Me,
): Promise<{ event: StaffEvent; label: string; way: DeliveryMethod; usual: DeliveryMethod }[]> {
  const ways = await noticeStore(s.db).waysOf(me);
  return chosenEvents.map((event) => {
    const { label, usual } = staffRow(event);
    return { event, label, usual, way: ways[event] ?? usual };
  });
}

/** Stores only choices that differ from the default, so a changed default reaches everyone who never chose. */
export async function saveNotificationPreference(s: Pick<Needs, "db">, me: Me, chosen: Readonly<Record<StaffEvent, DeliveryMethod>>): Promise<void> {
  const ways = Object.fromEntries(Object.entries(chosen).filter(([event, way]) => way !== staffRow(event as StaffEvent).usual)); // keys of the record
  await noticeStore(s.db).choose(me, ways);
}
