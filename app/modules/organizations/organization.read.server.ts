import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { factNames, type OrganizationFacts } from "./organization";
import { organizationStore } from "./organization.store.server";

/** A shop's current details, and the version a change must be based on. `row` is the directory's copy. */
export async function readOrganization(db: ScopedDatabase<"staff">, row: OrganizationFacts): Promise<{ version: number; facts: OrganizationFacts }> {
  const newest = await organizationStore(db).newest();
  if (newest) return { version: newest.version, facts: newest.after };
  return { version: 1, facts: Object.fromEntries(factNames.map((name) => [name, row[name]])) as OrganizationFacts }; // lists every field by name
}
