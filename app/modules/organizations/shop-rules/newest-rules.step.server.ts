import type { Audience } from "~/kernel/audience";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ShopRules } from "./shop-rules";
import { shopRulesStore } from "./shop-rules.store.server";

/** The rules that apply now, for what another module decides. */
export const newestRules = async (db: ScopedDatabase<Audience>): Promise<ShopRules> => (await shopRulesStore(db).newest()).rules;
