import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { AssetKind } from "~/modules/assets/asset";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { addChecklist, readOwnChecklists } from "./checklists.store.server";
import { checklistChange, groupsWith, newestChecklist } from "./own-checklist";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Change = { kind: AssetKind; parts: readonly string[]; seen: number };

/** Sets which parts drivers look at on a kind of unit, from the next report on. What the law asks for stays. */
export async function changeChecklist(s: Needs, { kind, parts, seen }: Change): Promise<Result<null, { kind: "no-parts" } | { kind: "stale" }>> {
  const groups = groupsWith(kind, parts);
  if (groups === null) return err({ kind: "no-parts" });
  const before = newestChecklist(await readOwnChecklists(s.db), kind);
  const { added, removed } = checklistChange(before, { groups });
  if (added.length + removed.length === 0) return ok(null);
  if (before.version !== seen) return err({ kind: "stale" });
  return addChecklist(s.db, before, groups, s.clock.now());
}
