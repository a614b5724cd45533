import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customerEffects } from "~/modules/customers/customer.effects";
import { customers } from "~/modules/customers/customer.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { nextRosterVersion } from "../roster.store.server";
import { telematicsJournal } from "../telematics.journal";
import { deviceAssignments, devices } from "../telematics.tables";

const MOST = 2_000;

/** The shop's trackers and their assets. Staff only. */
export function deviceStore(db: ScopedDatabase<"staff">) {
  const rosterChanged = (code: string, at: UtcMs): Effect => customerEffects.of("roster.changed", `roster:${code}:${at}`, {});

  return {
    list: () =>
      db.queries(
        {
          from: devices,
          columns: { code: devices.code, label: devices.label, hasOwnKey: devices.hasOwnKey },
          orderBy: [asc(devices.code)],
          limit: MOST,
        },
        {
          from: deviceAssignments,
          columns: { code: deviceAssignments.deviceCode, assetId: assets.id, unitNumber: assets.unitNumber, customer: customers.name },
          join: [
            [assets, eq(assets.id, deviceAssignments.assetId)],
            [customers, eq(customers.id, assets.customerId)],
          ],
          where: isNull(deviceAssignments.to),
          orderBy: [desc(deviceAssignments.from)],
          limit: MOST,
        },
        {
          from: assets,
          columns: { id: assets.id, unitNumber: assets.unitNumber, customer: customers.name },
          join: [[customers, eq(customers.id, assets.customerId)]],
          where: isNull(assets.archivedAt),
          orderBy: [asc(assets.unitNumber)],
          limit: MOST,
        },
      ),

    async assetExists(id: Id<"asset">): Promise<boolean> {
      return (
        (await db.query({ from: assets, columns: { id: assets.id }, where: and(eq(assets.id, id), isNull(assets.archivedAt)) ?? eq(assets.id, id), limit: 1 }))
          .length > 0
      );
    },

    async find(code: string) {
      const [row] = await db.query({ from: devices, columns: { code: devices.code, hasOwnKey: devices.hasOwnKey }, where: eq(devices.code, code), limit: 1 });
      return row ?? null;
    },

    /** Adds the device if it is new, ends its current assignment, and assigns it from now on. */
    assign(code: string, assetId: Id<"asset">, at: UtcMs, isNew: boolean) {
      return save(
        db,
        { record: { kind: "device", id: code, version: at }, at, event: telematicsJournal.of("tracker.assigned", { assetId }) },
        [
          ...(isNew ? [db.insertOnce(devices, { code, label: code, createdAt: at, hasOwnKey: false })] : []),
          db.update(
            deviceAssignments,
            { to: at },
            and(eq(deviceAssignments.deviceCode, code), isNull(deviceAssignments.to)) ?? eq(deviceAssignments.deviceCode, code),
          ),
          db.insert(deviceAssignments, { deviceCode: code, from: at, to: null, assetId }),
          nextRosterVersion(db),
        ],
        [rosterChanged(code, at)],
        ["device_assignments."],
      );
    },

    async setOwnKey(code: string, hasOwnKey: boolean, at: UtcMs) {
      return save(
        db,
        { record: { kind: "device", id: code, version: at }, at, event: telematicsJournal.of(hasOwnKey ? "tracker.key-issued" : "tracker.key-ended") },
        [db.update(devices, { hasOwnKey }, eq(devices.code, code)), nextRosterVersion(db)],
        [rosterChanged(code, at)],
      );
    },

    async recordKeyUse(id: Id<"key">, code: "ingest-key.issued" | "ingest-key.ended", at: UtcMs) {
      return save(db, { record: { kind: "ingest-key", id, version: at }, at, event: telematicsJournal.of(code) }, []);
    },
  };
}
