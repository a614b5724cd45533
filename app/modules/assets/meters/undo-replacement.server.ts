import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeAgain } from "./judge-again";
import { replacementStore } from "./replacement.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/**
 * Undoes the last replacement of a meter: the old one is in use again, the readings that the replacement brought are
 * dismissed, and those since then are judged again as the old meter's. Answers how many of them are held for review now.
 */
export async function undoReplacement(
  s: Needs,
  { assetId, meterId }: { assetId: Id<"asset">; meterId: Id<"meter"> },
): Promise<Result<{ held: number }, { kind: "not-found" } | { kind: "stale" }>> {
  const store = replacementStore(s.db);
  const found = await store.replaced(assetId, meterId);
  if (!found) return err({ kind: "not-found" });
  const { inUse, previous, before } = found;
  const readings = await store.since(assetId, inUse.kind, inUse.since, { withOwn: false });
  const again = judgeAgain(inUse.kind, readings, previous.offset - inUse.offset, before);
  const saved = await store.undo(assetId, { inUse, previous }, again, s.clock.now());
  return saved.ok ? ok({ held: again?.held ?? 0 }) : saved;
}
