import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetStore } from "./asset.store.server";

/** The current owner of a unit; null if there is no such active unit. */
export const ownerOf = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, id: Id<"asset">): Promise<Id<"customer"> | null> => assetStore(db).owner(id);
