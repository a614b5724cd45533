import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ShopRules } from "./shop-rules";
import { shopRulesStore } from "./shop-rules.store.server";

/** Adds the next version of a shop's rates and taxes. Completed, sent or issued records keep their version. */
export async function changeShopRules(
  s: { db: ScopedDatabase<"staff">; clock: Clock },
  { seen, rules }: { seen: number; rules: ShopRules },
): Promise<Result<null, { kind: "stale" }>> {
  const store = shopRulesStore(s.db);
  const newest = await store.newest();
  if (newest.version !== seen) return err({ kind: "stale" });
  return store.add(seen + 1, rules, newest.rules, s.clock.now());
}
