import type { DistanceUnit } from "./units";

/** How an organization's people read time, money and distance. */
export type OrganizationLocale = { zone: string; locale: string; currency: string; distanceUnit: DistanceUnit };
