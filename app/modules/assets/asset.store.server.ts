import { and, desc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assets, meterReadings } from "./asset.tables";
import type { Meter, MeterReading } from "./meter";

/** Vehicles and equipment: staff's to keep. */
export function assetStore(db: ScopedDatabase<"staff">) {
  return {
    /** Whose a living unit is today. */
    async owner(id: Id<"asset">): Promise<Id<"customer"> | null> {
      const [row] = await db.query({
        from: assets,
        columns: { customerId: assets.customerId },
        where: and(eq(assets.id, id), isNull(assets.archivedAt)),
        limit: 1,
      });
      return row?.customerId ?? null;
    },

    /** The newest reading that counts. */
    async lastReading(assetId: Id<"asset">, meter: Meter): Promise<MeterReading | null> {
      const [row] = await db.query({
        from: meterReadings,
        columns: { value: meterReadings.value, at: meterReadings.at },
        where: and(eq(meterReadings.assetId, assetId), eq(meterReadings.meter, meter), eq(meterReadings.standing, "counted")),
        orderBy: [desc(meterReadings.at)],
        limit: 1,
      });
      return row ?? null;
    },

    /** Readings are only ever added, so the log needs no version. */
    async addReading(row: Omit<typeof meterReadings.$inferInsert, "organizationId">): Promise<void> {
      await db.batch([db.insertOnce(meterReadings, row)]);
    },
  };
}
