import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { driversAt } from "./assignment.store.server";

/** The drivers who have a unit at this time. */
export const unitDrivers = (db: ScopedDatabase<"job">, asset: Id<"asset">, at: UtcMs): Promise<Id<"driver">[]> => driversAt(db, asset, at);
