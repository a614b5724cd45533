import { and, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { readDriversOf } from "~/modules/drivers/drivers.read.server";
import { inspections } from "~/modules/inspections/inspection.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { readWaitingDefects } from "../defects.server";

/** What the form of a paper report needs: its unit, the owner's drivers, defects that are open; null where there is no such unit. */
export async function readPaperUnit(db: ScopedDatabase<"staff">, assetId: Id<"asset">) {
  const [unit] = await db.query({
    from: assets,
    columns: { id: assets.id, unitNumber: assets.unitNumber, kind: assets.kind, customerId: assets.customerId, customer: customers.name },
    join: [[customers, eq(customers.id, assets.customerId)]],
    where: and(eq(assets.id, assetId), isNull(assets.archivedAt)),
    limit: 1,
  });
  if (!unit) return null;
  const [drivers, defects] = await Promise.all([readDriversOf(db, unit.customerId), readWaitingDefects(db, assetId)]);
  return {
    unit,
    drivers: drivers.map(({ id, name }) => ({ id, name })),
    open: defects.filter(({ state }) => state === "open").map(({ id, part, problem }) => ({ id, part, problem })),
  };
}

/** The report that is to be corrected. */
export async function readCorrected(db: ScopedDatabase<"staff">, id: Id<"inspection">) {
  const [row] = await db.query({
    from: inspections,
    columns: {
      id: inspections.id,
      assetId: inspections.assetId,
      customerId: inspections.customerId,
      driverId: inspections.driverId,
      driverName: inspections.driverName,
      signedAt: inspections.signedAt,
      kind: inspections.kind,
    },
    where: eq(inspections.id, id),
    limit: 1,
  });
  return row ?? null;
}
