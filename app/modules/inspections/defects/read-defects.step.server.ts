import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Defect, loadDefects, ofReports } from "./defects.store.server";

/** Defects that reports were the first to name. Which reports the reader may see is the caller's to know. */
export const readDefectsOf = (db: ScopedDatabase<"customer">, ids: readonly Id<"inspection">[]): Promise<Defect[]> => loadDefects(db, ofReports(ids));
