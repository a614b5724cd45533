import { desc, eq } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { organizationJournal } from "../organization.journal";
import { shopRules } from "../organization.tables";
import { type RulesVersion, rulesIn, type ShopRules } from "./shop-rules";

/** A shop's rates and taxes, by version. */
export function shopRulesStore(db: ScopedDatabase<Audience>) {
  const newest = { from: shopRules, columns: { version: shopRules.version, rules: shopRules.rules }, orderBy: [desc(shopRules.version)], limit: 1 };
  return {
    newest: async (): Promise<RulesVersion> => rulesIn(await db.query(newest)),
    at: async (version: number): Promise<RulesVersion> => rulesIn(await db.query({ ...newest, where: eq(shopRules.version, version) })),

    /** Adds the next version, which applies to documents made from now on. */
    add(version: number, rules: ShopRules, before: ShopRules, at: UtcMs) {
      const event = organizationJournal.of("rates.changed", { before, after: rules });
      return save(db, { record: { kind: "shop-rules", id: "shop-rules", version }, at, event }, [db.insert(shopRules, { version, rules, since: at })]);
    },
  };
}
