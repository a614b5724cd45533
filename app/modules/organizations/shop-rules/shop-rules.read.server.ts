import type { Cents } from "~/kernel/money";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { RulesVersion } from "./shop-rules";
import { shopRulesStore } from "./shop-rules.store.server";

/** The current rates and taxes. */
export const readShopRules = (db: ScopedDatabase<"staff">): Promise<RulesVersion> => shopRulesStore(db).newest();

/** The rates and taxes of a version. */
export const readShopRulesAt = (db: ScopedDatabase<"staff">, version: number): Promise<RulesVersion> => shopRulesStore(db).at(version);

/** The least part of an invoice that customers may pay online; null if only the whole. */
export const readLeastPart = async (db: ScopedDatabase<"job"> | ScopedDatabase<"customer">): Promise<Cents | null> =>
  (await shopRulesStore(db).newest()).rules.leastPart ?? null;
