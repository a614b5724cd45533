import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";

/** The shop's staff. Account ids stay on the server. */
export async function readStaff({ db, directory }: { db: ScopedDatabase<"staff">; directory: Directory }) {
  const people = await directory.staffOf(db.scope.organizationId);
  return people.map(({ accountId: _, ...person }) => person);
}
