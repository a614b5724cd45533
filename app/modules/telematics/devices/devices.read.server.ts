import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { log } from "~/platform/log.server";
import type { FleetPort } from "../fleet";
import { deviceStore } from "./device.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; fleet: FleetPort };

export type DeviceRow = {
  code: string;
  hasOwnKey: boolean;
  assetId: string | null;
  unitNumber: string | null;
  customer: string | null;
  lastReadingAt: UtcMs | null;
  duplicates: number;
  late: number;
  rejected: number;
  lastRejection: string | null;
};

/** All trackers with their last readings, unknown devices, and active keys. */
export async function readDevices({ db, directory, fleet }: Needs) {
  const [[devices, assignments, assets], keys, picture] = await Promise.all([
    deviceStore(db).list(),
    directory.ingestKeysOf(db.scope.organizationId),
    fleet.devices().catch((cause) => {
      log.error("devices.no-picture", cause, { organizationId: db.scope.organizationId });
      return null;
    }),
  ]);
  const rows = devices.map(({ code, hasOwnKey }): DeviceRow => {
    const at = assignments.find((assignment) => assignment.code === code);
    const tally = picture?.tallies.find((known) => known.code === code);
    return {
      code,
      hasOwnKey,
      assetId: at?.assetId ?? null,
      unitNumber: at?.unitNumber ?? null,
      customer: at?.customer ?? null,
      lastReadingAt: picture?.lastReadings[code] ?? null,
      duplicates: tally?.duplicates ?? 0,
      late: tally?.late ?? 0,
      rejected: tally?.rejected ?? 0,
      lastRejection: tally?.lastRejection ?? null,
    };
  });
  const known = new Set(devices.map(({ code }) => code));
  return { devices: rows, unknown: (picture?.unknown ?? []).filter(({ code }) => !known.has(code)), assets, keys, answers: picture !== null };
}
