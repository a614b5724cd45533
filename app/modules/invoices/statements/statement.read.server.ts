export type { NamedStatement, StatementDatabase } from "./statement.store.server";

import { findStatement } from "./statement.store.server";

export const readStatement = findStatement;
