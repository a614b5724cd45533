import { MINUTE } from "~/kernel/time";

/** When on the trip a driver looked at the unit. The law wants the one at the end of the day (49 CFR 396.11). */
export const inspectionKinds = ["pre-trip", "post-trip", "during-trip"] as const;
export type InspectionKind = (typeof inspectionKinds)[number];

/** A driver's signature: a typed name, with or without a drawing as SVG path data. */
export type InspectionSignature = { name: string; path: string | null };

/** Less than this for one unit is marked for the shop: nobody walks around a truck that quickly. */
const TOO_FAST = MINUTE;

export const isTooFast = ({ startedAt, signedAt, units }: { startedAt: number; signedAt: number; units: number }): boolean =>
  signedAt - startedAt < TOO_FAST * units;
