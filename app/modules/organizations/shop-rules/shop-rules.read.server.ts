import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { RulesVersion } from "./shop-rules";
import { shopRulesStore } from "./shop-rules.store.server";

/** The rates and taxes that a document made now goes by. */
export const readShopRules = (db: ScopedDatabase<"staff">): Promise<RulesVersion> => shopRulesStore(db).newest();

/** The rates and taxes of one version. */
export const readShopRulesAt = (db: ScopedDatabase<"staff">, version: number): Promise<RulesVersion> => shopRulesStore(db).at(version);
