import { and, asc, desc, eq, gt, inArray } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { describeChanges, type OrganizationFacts } from "./organization";
import { organizationEffects } from "./organization.effects";
import { organizationJournal } from "./organization.journal";

type Change = { version: number; by: string; before: OrganizationFacts; after: OrganizationFacts };
const KIND = "organization";

/**
 * A shop's details in its journal. Each entry holds the whole state before and after, so the newest entry is the current
 * state. The directory's row is a copy for pages before sign-in.
 */
export function organizationStore(db: ScopedDatabase<Audience>) {
  const { organizationId } = db.scope;
  const changes = async (where: Parameters<typeof and>[0], newestFirst: boolean, limit: number): Promise<Change[]> => {
    const rows = await db.query({
      from: journal,
      columns: { version: journal.version, actor: journal.actor, event: journal.event, body: journal.body },
      where: and(eq(journal.recordKind, KIND), eq(journal.recordId, organizationId), inArray(journal.event, organizationJournal.codes("shop.changed")), where),
      orderBy: [newestFirst ? desc(journal.version) : asc(journal.version)],
      limit,
    });
    return rows.flatMap(({ version, actor, ...row }) => {
      const changed = organizationJournal.bodyOf(row, "shop.changed");
      return changed ? [{ version, by: actor.name, before: changed.before, after: changed.after }] : [];
    });
  };
  return {
    /** The newest change, or null for a shop that was never changed (version 1). */
    newest: async (): Promise<Change | null> => (await changes(undefined, true, 1))[0] ?? null,

    /** Changes after a version, oldest first. */
    since: (version: number): Promise<Change[]> => changes(gt(journal.version, version), false, 200),

    change(version: number, before: OrganizationFacts, after: OrganizationFacts, at: UtcMs) {
      return save(
        db,
        {
          record: { kind: KIND, id: organizationId, version },
          at,
          event: organizationJournal.of("shop.changed", { changes: describeChanges(before, after), before, after }),
        },
        [],
        [organizationEffects.of("organization.changed", `organization:${organizationId}:${version}`, { version })],
      );
    },
  };
}
