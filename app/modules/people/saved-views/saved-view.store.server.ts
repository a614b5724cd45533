import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { savedViews } from "../saved-view.tables";
import { MOST_VIEWS, type SavedList, type SavedView } from "./saved-view";

type Of = { me: Id<"membership">; list: SavedList };

/** A person's own views of a list. */
export function savedViewStore(db: ScopedDatabase<"staff">) {
  const own = ({ me, list }: Of) => and(eq(savedViews.membershipId, me), eq(savedViews.list, list));
  return {
    all: (of: Of): Promise<SavedView[]> =>
      db.query({
        from: savedViews,
        columns: { name: savedViews.name, search: savedViews.search },
        where: and(own(of), isNull(savedViews.removedAt)),
        orderBy: [asc(savedViews.name)],
        limit: MOST_VIEWS,
      }),
    /** Adds a view, or changes the one of that name. */
    save: ({ me, list }: Of, { name, search }: SavedView, savedAt: UtcMs) =>
      db.batch([
        db.upsert(savedViews, { membershipId: me, list, name, search, savedAt }, [savedViews.membershipId, savedViews.list, savedViews.name], {
          search,
          savedAt,
          removedAt: null,
        }),
      ]),
    remove: (of: Of, name: string, removedAt: UtcMs) => db.batch([db.update(savedViews, { removedAt }, sql`${and(own(of), eq(savedViews.name, name))}`)]),
  };
}
