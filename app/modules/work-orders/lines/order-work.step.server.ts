import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { findOrderWork } from "./order-work.store.server";

/** Orders with their work, for use cases of modules that bill it. */
export const readOrderWork = (db: ScopedDatabase<"staff">, ids: readonly Id<"workOrder">[]) => findOrderWork(db, ids);
