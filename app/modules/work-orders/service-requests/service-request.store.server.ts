import { and, desc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import { assets, meterReadings } from "~/modules/assets/asset.tables";
import { type Meter, readingStatus } from "~/modules/assets/meter";
import { saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type NewOrder, newOrder } from "../new-order.store.server";
import { workOrderEffects } from "../work-order.effects";

/** Service requests from a customer's contacts, for that customer's active units. */
export function serviceRequestStore(db: ScopedDatabase<"customer">) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  return {
    customerId,

    async unit(id: Id<"asset">) {
      const [row] = await db.query({
        from: assets,
        columns: { kind: assets.kind },
        where: and(eq(assets.id, id), eq(assets.customerId, customerId), isNull(assets.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    async lastReading(assetId: Id<"asset">, meter: Meter) {
      const [row] = await db.query({
        from: meterReadings,
        columns: { value: meterReadings.value, at: meterReadings.at },
        where: and(eq(meterReadings.assetId, assetId), eq(meterReadings.meter, meter), eq(meterReadings.status, "counted")),
        orderBy: [desc(meterReadings.at)],
        limit: 1,
      });
      return row ?? null;
    },

    /** Saves the order, the reported meter reading and the mail to the shop in one batch. */
    create(order: NewOrder, last: { value: number; at: UtcMs } | null, at: UtcMs) {
      const { entry, rows, effects } = newOrder(db, order, at);
      const { id, assetId, request } = order;
      const read = request?.reading;
      const value = read ? (read.meter === "odometer" ? toMeters(read.displayValue, read.unit) : read.displayValue * 3_600) : 0;
      const reading = read && {
        assetId,
        meter: read.meter,
        at,
        source: `reported by ${request.by}`,
        value,
        receivedValue: read.displayValue,
        receivedUnit: read.meter === "odometer" ? read.unit : "h",
        status: readingStatus(read.meter, { value, at }, last),
      };
      return saveNew(
        db,
        entry,
        [...rows, ...(reading ? [db.insertOnce(meterReadings, reading)] : [])],
        [...effects, workOrderEffects.of("mail.service-request", `mail.service-request:${id}`, { workOrderId: id })],
      );
    },
  };
}
