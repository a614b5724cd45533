import { desc, eq } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { shopRules } from "./organization.tables";
import { firstRules, type ShopRules } from "./shop-rules";

export type RulesVersion = { version: number; rules: ShopRules };

/** The query for the newest rules, to be part of another read; `rulesIn` understands its rows. */
export const newestRules = {
  from: shopRules,
  columns: { version: shopRules.version, rules: shopRules.rules },
  orderBy: [desc(shopRules.version)],
  limit: 1,
};
export const rulesIn = ([row]: readonly RulesVersion[]): RulesVersion => row ?? { version: 0, rules: firstRules };

/** A shop's rates and taxes, by version. Version 0 is what a shop has that never set any. */
export function shopRulesStore(db: ScopedDatabase<Audience>) {
  return {
    newest: async (): Promise<RulesVersion> => rulesIn(await db.query(newestRules)),

    async at(version: number): Promise<RulesVersion> {
      return rulesIn(await db.query({ ...newestRules, where: eq(shopRules.version, version) }));
    },

    /** The next version, which documents made from now on go by. */
    add(version: number, rules: ShopRules, before: ShopRules, at: UtcMs) {
      return save(db, { record: { kind: "shop-rules", id: "shop-rules", version }, at, what: "rates and taxes changed", body: { before, after: rules } }, [
        db.insert(shopRules, { version, rules, since: at }),
      ]);
    },
  };
}
