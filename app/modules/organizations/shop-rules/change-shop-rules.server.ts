import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { OpeningHours } from "./opening-hours";
import type { Rates, ShopRules } from "./shop-rules";
import { shopRulesStore } from "./shop-rules.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Changed = Promise<Result<null, { kind: "stale" }>>;

/** Adds the next version of a shop's rates and taxes. Completed, sent or issued records keep their version. */
export const changeShopRules = (s: Needs, { seen, rules }: { seen: number; rules: Rates }): Changed =>
  addVersion(s, seen, ({ openingHours }) => ({ ...rules, ...(openingHours ? { openingHours } : {}) }));

/** Adds the next version with other opening hours. Times that estimates were sent with stay. */
export const changeOpeningHours = (s: Needs, { seen, openingHours }: { seen: number; openingHours: OpeningHours }): Changed =>
  addVersion(s, seen, (rules) => ({ ...rules, openingHours }));

async function addVersion(s: Needs, seen: number, change: (rules: ShopRules) => ShopRules): Changed {
  const store = shopRulesStore(s.db);
  const newest = await store.newest();
  if (newest.version !== seen) return err({ kind: "stale" });
  return store.add(seen + 1, change(newest.rules), newest.rules, s.clock.now());
}
