import { and, asc, inArray } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { UtcMs } from "~/kernel/time";
import type { AssetKind } from "~/modules/assets/asset";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { inspectionJournal } from "../inspection.journal";
import { inspectionChecklists } from "../inspection.tables";
import type { Checklist } from "./checklist";
import { checklistChange, OWN_FROM } from "./own-checklist";

const c = inspectionChecklists;
const columns = { kind: c.kind, version: c.version, groups: c.groups };
const MOST = 1_000;

/** Every version of the shop's own checklists, oldest first. */
export const readOwnChecklists = (db: ScopedDatabase<Audience>): Promise<Checklist[]> => db.query({ from: c, columns, orderBy: [asc(c.version)], limit: MOST });

/** Of the shop's own checklists those that these reports name. */
export async function readNamedChecklists(db: ScopedDatabase<Audience>, reports: readonly { kind: AssetKind; version: number }[]): Promise<Checklist[]> {
  const own = reports.filter(({ version }) => version >= OWN_FROM);
  if (own.length === 0) return [];
  const versions = [...new Set(own.map(({ version }) => version))];
  return db.query({
    from: c,
    columns,
    where: and(
      inArray(
        c.kind,
        own.map(({ kind }) => kind),
      ),
      inArray(c.version, versions),
    ),
    limit: MOST,
  });
}

/** Saves the next version of a kind's checklist; those before stay, since reports name them. */
export function addChecklist(db: ScopedDatabase<"staff">, before: Checklist, groups: Checklist["groups"], at: UtcMs) {
  const { kind } = before;
  const version = Math.max(before.version, OWN_FROM - 1) + 1;
  const event = inspectionJournal.of("checklist.changed", { kind, ...checklistChange(before, { groups }) });
  const record = { kind: `checklist-${kind}`, id: db.scope.organizationId, version: version - OWN_FROM + 1 };
  return save(db, { record, at, event }, [db.insert(c, { kind, version, groups: [...groups], changedBy: db.scope.actor, changedAt: at })]);
}
