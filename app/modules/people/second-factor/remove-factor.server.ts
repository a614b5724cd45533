import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { parseEmail } from "../email";
import { recordFactorChange } from "./record-factor-change.server";

type Needs = { directory: Directory; clock: Clock; databaseOf(organizationId: Id<"organization">): ScopedDatabase<"operator"> };

/**
 * Removes the second factor of a person who lost both phone and recovery codes. Only the operator can, because the
 * factor belongs to the person and not to a shop. It is recorded in the journal of every shop of the account.
 */
export async function dropFactor(s: Needs, given: string): Promise<Result<{ shops: number }, { kind: "no-account" } | { kind: "no-factor" }>> {
  const email = parseEmail(given);
  const account = email && (await s.directory.account(email));
  if (!account) return err({ kind: "no-account" });
  if (!(await s.directory.dropFactor(account.id))) return err({ kind: "no-factor" });
  const memberships = await Promise.all((["staff", "vendor"] as const).map((portal) => s.directory.membershipsOf(account.id, portal, null)));
  for (const membership of memberships.flat())
    await recordFactorChange(s.databaseOf(membership.organizationId), membership, "second-factor.removed", account.email, s.clock.now());
  return ok({ shops: new Set(memberships.flat().map(({ organizationId }) => organizationId)).size });
}
