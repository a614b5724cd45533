import type { Audience } from "~/kernel/audience";
import { assetKinds } from "~/modules/assets/asset";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Checklist } from "./checklist";
import { readOwnChecklists } from "./checklists.store.server";
import { newestChecklist } from "./own-checklist";

/** The checklists that reports use now, one for each kind of unit. */
export async function readChecklists(db: ScopedDatabase<Audience>): Promise<Checklist[]> {
  const own = await readOwnChecklists(db);
  return assetKinds.map((kind) => newestChecklist(own, kind));
}
