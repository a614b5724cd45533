import { DAY, HOUR, type UtcMs } from "~/kernel/time";

/** How long a unit's page for a roadside inspection may be open. */
export const roadsidePeriods = { "2h": { label: "2 hours", ms: 2 * HOUR }, "1d": { label: "1 day", ms: DAY }, "7d": { label: "7 days", ms: 7 * DAY } } as const;
export type RoadsidePeriod = keyof typeof roadsidePeriods;
export const roadsidePeriodNames = Object.keys(roadsidePeriods) as [RoadsidePeriod, ...RoadsidePeriod[]]; // the keys of the table above

type Page = { customerId: string; expiresAt: UtcMs; endedAt: UtcMs | null };

/** Whether a page still opens: in its time, not ended, and the unit is still its customer's. */
export const isRoadsideOpen = ({ customerId, expiresAt, endedAt }: Page, unit: { customerId: string; archivedAt: UtcMs | null }, now: UtcMs): boolean =>
  endedAt === null && now < expiresAt && unit.archivedAt === null && unit.customerId === customerId;
