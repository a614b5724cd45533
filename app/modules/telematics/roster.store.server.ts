import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { assetOwners, assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { ROSTER } from "~/modules/customers/roster";
import { countUp } from "~/platform/database/counters.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { counters } from "~/platform/database/tenant.tables";
import type { RosterOf } from "./fleet";
import { overlap } from "./roster";
import { deviceAssignments, devices } from "./telematics.tables";

const MOST = 20_000;

/** Must be in every batch that changes device assignments; changes of owners and sharing increase the same counter. */
export const nextRosterVersion = (db: ScopedDatabase): Statement => countUp(db, ROSTER);

/** All device assignments with owners and sharing, and their version, in one round trip. */
export async function readRoster(db: ScopedDatabase<"job" | "device">): Promise<RosterOf> {
  const [[counted], own, rows] = await db.queries(
    { from: counters, columns: { value: counters.value }, where: eq(counters.kind, ROSTER), limit: 1 },
    { from: devices, columns: { code: devices.code }, where: eq(devices.hasOwnKey, true), limit: MOST },
    {
      from: deviceAssignments,
      columns: {
        deviceId: deviceAssignments.deviceCode,
        assetId: deviceAssignments.assetId,
        from: deviceAssignments.from,
        to: deviceAssignments.to,
        customerId: assetOwners.customerId,
        ownedFrom: assetOwners.from,
        ownedTo: assetOwners.to,
        assetShares: assets.sharesPosition,
        customerShares: customers.sharesPositions,
      },
      join: [
        [assets, eq(assets.id, deviceAssignments.assetId)],
        [
          assetOwners,
          sql`${and(
            eq(assetOwners.assetId, deviceAssignments.assetId),
            or(isNull(deviceAssignments.to), lt(assetOwners.from, deviceAssignments.to)),
            or(isNull(assetOwners.to), lt(deviceAssignments.from, assetOwners.to)),
          )}`,
        ],
        [customers, eq(customers.id, assetOwners.customerId)],
      ],
      orderBy: [asc(deviceAssignments.deviceCode), asc(deviceAssignments.from)],
      limit: MOST,
    },
  );
  const assignments = rows.flatMap(({ ownedFrom, ownedTo, assetShares, customerShares, from, to, ...row }) => {
    const period = overlap({ from, to }, { from: ownedFrom, to: ownedTo });
    return period ? [{ ...row, ...period, shared: assetShares && customerShares }] : [];
  });
  return { version: counted?.value ?? 0, assignments, devicesWithOwnKey: own.map(({ code }) => code) };
}
