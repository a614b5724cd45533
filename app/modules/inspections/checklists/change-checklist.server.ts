import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { AssetKind } from "~/modules/assets/asset";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Checklist, type ChecklistGroup, isOwnPart, type PartKey } from "./checklist";
import { addChecklist, readOwnChecklists } from "./checklists.store.server";
import { groupsWith, isSameChecklist, newestChecklist, type PartChange, type PartRefusal, withoutPart, withPart } from "./own-checklist";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** `seen`: the version that the person had before them. */
type Of = { kind: AssetKind; seen: number };
type NoParts = { kind: "no-parts" };
type Changed<Refusal> = Promise<Result<null, Refusal | { kind: "stale" }>>;

/** Sets which of the product's parts drivers look at on a kind of unit, from the next report on. What the law asks for stays. */
export const changeChecklist = (s: Needs, { parts, ...of }: Of & { parts: readonly string[] }): Changed<NoParts> =>
  change(s, of, (before) => groupsOr(groupsWith(of.kind, parts, before)));

/** Adds a part of the shop's own, renames or moves one, or sets which choices a part offers. */
export const changePart = (s: Needs, { kind, seen, ...part }: Of & PartChange): Changed<PartRefusal> =>
  change(s, { kind, seen }, (before) => withPart(before, part));

/** Takes one of the shop's own parts off the checklist. */
export const removePart = (s: Needs, { part, ...of }: Of & { part: PartKey }): Changed<NoParts> =>
  change(s, of, (before) => (isOwnPart(part) ? groupsOr(withoutPart(before, part)) : ok(before.groups)));

const groupsOr = (groups: ChecklistGroup[] | null): Result<ChecklistGroup[], NoParts> => (groups === null ? err({ kind: "no-parts" }) : ok(groups));

async function change<Refusal>(
  { db, clock }: Needs,
  { kind, seen }: Of,
  decide: (before: Checklist) => Result<readonly ChecklistGroup[], Refusal>,
): Changed<Refusal> {
  const before = newestChecklist(await readOwnChecklists(db), kind);
  const groups = decide(before);
  if (!groups.ok) return groups;
  if (isSameChecklist(before, { groups: groups.value })) return ok(null);
  return before.version === seen ? addChecklist(db, before, groups.value, clock.now()) : err({ kind: "stale" });
}
