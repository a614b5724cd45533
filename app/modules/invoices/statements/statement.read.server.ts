export type { NamedStatement } from "./statement.store.server";

import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Period } from "./statement";
import { findStatement } from "./statement.store.server";

export type StatementDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;

export const readStatement = (db: StatementDatabase, wanted: Id<"customer"> | null, period: Period) =>
  findStatement(db, wanted, period, db.scope.organization.zone);
