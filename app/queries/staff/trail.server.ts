import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import type { FleetPort, TrailPoint } from "~/modules/telematics/fleet";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Null if the organization has no such asset. Customers get no trail: they only see where a unit is now. */
export async function readTrail(
  { db, fleet }: { db: ScopedDatabase<"staff">; fleet: FleetPort },
  assetId: Id<"asset">,
  from: UtcMs,
  to: UtcMs,
): Promise<TrailPoint[] | null> {
  const [asset] = await db.query({ from: assets, columns: { id: assets.id }, where: eq(assets.id, assetId), limit: 1 });
  return asset ? fleet.trail(asset.id, from, to) : null;
}
