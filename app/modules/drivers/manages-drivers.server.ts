import { err, ok, type Result } from "~/kernel/result";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { rightsInScope } from "~/modules/customers/contacts/rights-in-scope.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Staff manage drivers by their role; a contact only with the right to. */
export async function managesDrivers(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">,
): Promise<Result<null, { kind: "not-allowed"; message: string }>> {
  const allowed = mayUse(await rightsInScope(db), "drivers");
  return allowed.ok ? ok(null) : err({ kind: "not-allowed", message: rightRefusalMessage(allowed.error, db.scope.organization) });
}
