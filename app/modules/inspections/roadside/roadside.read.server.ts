import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { roadsideStore } from "./roadside.store.server";

/** A unit with its open pages; null for one that this reader may not see. */
export async function readRoadsidePages(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, assetId: Id<"asset">, now: UtcMs) {
  const store = roadsideStore(db);
  const unit = await store.unit(assetId);
  if (!unit) return null;
  const open = await store.open(unit.id, unit.customerId, now);
  return { unit, pages: open.map(({ createdBy, ...page }) => ({ ...page, by: createdBy.name })) };
}
