import { sql } from "drizzle-orm";
import { openDirectoryDatabase } from "./directory-database.server";
import { forgetIn } from "./expire.server";
import { factorsIn } from "./factors.server";
import { filingTokensIn } from "./filing-tokens.server";
import { keysIn } from "./keys.server";
import { linksIn } from "./links.server";
import { organizationsIn } from "./organizations.server";
import { pendingWorkIn } from "./pending-work.server";
import { peopleIn } from "./people.server";
import { pushDevicesIn } from "./push-devices.server";
import { sessionsIn } from "./sessions.server";
import { squareAccountsIn } from "./square-accounts.server";
import { tabletsIn } from "./tablets.server";
import { throttleIn } from "./throttle.server";

export type { OldRows } from "./expire.server";
export type { FoundFilingToken } from "./filing-tokens.server";
export type { FoundIngestKey } from "./keys.server";
export type { SignInLink } from "./links.server";
export { MOST_PUSH_DEVICES, type PushDevice } from "./push-devices.server";
export type { Account, Membership, Organization } from "./records.server";
export type { FoundSession } from "./sessions.server";

/**
 * The reads that find an organization, and the records that belong to none: people, sessions,
 * keys. Only the files of this folder see a database without a scope, and it is opened here.
 */
export function directoryOf(bindings: { DIRECTORY: D1Database; TENANTS: D1Database }) {
  const db = openDirectoryDatabase(bindings.DIRECTORY);
  const tenants = openDirectoryDatabase(bindings.TENANTS);

  return {
    /** Fails when either database does not answer. */
    async ping(): Promise<void> {
      await Promise.all([db.run(sql`select 1`), tenants.run(sql`select 1`)]);
    },

    ...organizationsIn(db),
    ...peopleIn(db),
    ...sessionsIn(db),
    ...linksIn(db),
    ...factorsIn(db),
    ...throttleIn(db),
    ...tabletsIn(db),
    ...filingTokensIn(db),
    ...keysIn(db),
    ...pushDevicesIn(db),
    ...squareAccountsIn(db),
    ...pendingWorkIn(tenants),
    ...forgetIn(db, tenants),
  };
}

export type Directory = ReturnType<typeof directoryOf>;
