import type { Id } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { MOST_VIEWS, type SavedList, type SavedView, viewSearch } from "./saved-view";
import { savedViewStore } from "./saved-view.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Of = { me: Id<"membership">; list: SavedList };

/** A person's own views of a list, by name. */
export const readSavedViews = (s: Pick<Needs, "db">, of: Of): Promise<SavedView[]> => savedViewStore(s.db).all(of);

/** Saves a view under a name; one of that name is replaced. */
export async function saveView(s: Needs, of: Of, { name, search }: SavedView) {
  const kept = viewSearch(search);
  if (kept === null) return err({ kind: "nothing-to-save" as const });
  const views = await savedViewStore(s.db).all(of);
  if (views.length >= MOST_VIEWS && !views.some((view) => view.name === name)) return err({ kind: "too-many" as const });
  await savedViewStore(s.db).save(of, { name, search: kept }, s.clock.now());
  return ok(null);
}

export async function removeView(s: Needs, of: Of, name: string) {
  await savedViewStore(s.db).remove(of, name, s.clock.now());
  return ok(null);
}
