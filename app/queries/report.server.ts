import type { Id } from "~/kernel/ids";
import { findInspection } from "~/modules/inspections/inspection.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { defectItems, readWaitingDefects } from "./defects.server";

/** A report with the state of its defects and the condition of its unit; null for one that this reader may not see. */
export async function readReport(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, id: Id<"inspection">) {
  const found = await findInspection(db, id);
  if (!found) return null;
  const { assetId, stillThere, reviewed } = found;
  const named = [...found.defects, ...stillThere.map(({ defect }) => defect), ...reviewed.map(({ defect }) => defect)];
  const [items, ofUnit] = await Promise.all([defectItems(db, named), assetId ? readWaitingDefects(db, assetId) : []]);
  const [seenFrom, signedFrom] = [found.defects.length, found.defects.length + stillThere.length];
  const [defects, seen, signedFor] = [items.slice(0, seenFrom), items.slice(seenFrom, signedFrom), items.slice(signedFrom)];
  return {
    ...found,
    defects,
    stillThere: seen.map((defect, at) => ({ defect, note: stillThere[at]?.note ?? "" })),
    reviewed: signedFor.flatMap((defect, at) => (reviewed[at] ? [{ defect, review: reviewed[at].review }] : [])),
    /** Of its unit, from all reports that this reader may see. */
    ofUnit,
  };
}
