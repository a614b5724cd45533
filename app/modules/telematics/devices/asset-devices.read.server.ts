import { desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { deviceAssignments, devices } from "../telematics.tables";

const MOST = 50;

/** A unit's trackers and their periods, newest first. */
export const readAssetDevices = (db: ScopedDatabase<"staff">, assetId: Id<"asset">) =>
  db.query({
    from: deviceAssignments,
    columns: { code: deviceAssignments.deviceCode, label: devices.label, from: deviceAssignments.from, to: deviceAssignments.to },
    join: [[devices, eq(devices.code, deviceAssignments.deviceCode)]],
    where: eq(deviceAssignments.assetId, assetId),
    orderBy: [desc(deviceAssignments.from)],
    limit: MOST,
  });
