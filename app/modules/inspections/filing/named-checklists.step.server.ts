import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Checklist } from "../checklists/checklist";
import { readNamedChecklists } from "../checklists/checklists.store.server";
import type { Submission } from "./submission";

/** The shop's own checklists that a submission's reports name. */
export const namedIn = (db: ScopedDatabase<"driver"> | ScopedDatabase<"staff">, { units }: Submission): Promise<Checklist[]> =>
  readNamedChecklists(
    db,
    units.map(({ kind, checklistVersion: version }) => ({ kind, version })),
  );
