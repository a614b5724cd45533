import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetStore } from "./asset.store.server";

/** Whose a unit is today; null where there is no such living unit. */
export const ownerOf = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, id: Id<"asset">): Promise<Id<"customer"> | null> => assetStore(db).owner(id);
