const DAY_MS = 24 * 60 * 60_000;
const SOON_DAYS = 30;

export type Insurance = "unknown" | "good" | "soon" | "expired";

/** State of a vendor's insurance certificate on a calendar day. The last day is still valid; a warning starts 30 days before. */
export function insuranceOn(insuredThrough: string | null, today: string): Insurance {
  if (insuredThrough === null) return "unknown";
  if (insuredThrough < today) return "expired";
  return (Date.parse(insuredThrough) - Date.parse(today)) / DAY_MS <= SOON_DAYS ? "soon" : "good";
}

export const insuranceLabels: Record<Insurance, string> = {
  unknown: "not on file",
  good: "insured",
  soon: "insurance expires within 30 days",
  expired: "insurance has expired",
};
