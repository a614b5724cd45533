export const defectProblems = ["not-working", "worn", "broken", "leaking", "loose", "missing", "low", "noise", "other"] as const;
export type DefectProblem = (typeof defectProblems)[number];

/** `safety` affects the safe operation of the unit, so it may not be driven until the defect is certified (49 CFR 396.11(a)(3)). */
export const defectSeverities = ["safety", "minor"] as const;
export type DefectSeverity = (typeof defectSeverities)[number];

/** What the carrier or its agent certifies (49 CFR 396.11(a)(3)(i)). */
export const certificationOutcomes = ["repaired", "not-necessary"] as const;
export type CertificationOutcome = (typeof certificationOutcomes)[number];
export const certificationLabels: Record<CertificationOutcome, string> = { repaired: "Repaired", "not-necessary": "Repair not necessary" };

export const reviewOutcomes = ["accepted", "rejected"] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export type Certification = { round: number; at: number };
/** What is known of a defect, in any order of arrival. */
export type DefectFacts = {
  severity: DefectSeverity;
  certifications: readonly Certification[];
  reviews: readonly { round: number; outcome: ReviewOutcome }[];
  /**
   * Later reports in which a driver signed that it is still there. Of a correction `seenAt` is when the report that it
   * corrects was signed: it is about the same walk around, so what was certified since stays certified.
   */
  sightings: readonly { seenAt: number }[];
};

/**
 * `open`: not certified, or the newest certification was rejected. `certified`: waits for the next driver's review.
 * `closed`: reviewed and accepted.
 */
export type DefectState = "open" | "certified" | "closed";
export const defectStateLabels: Record<DefectState, string> = { open: "Open", certified: "Driver's review pending", closed: "Closed" };

const newest = ({ certifications }: DefectFacts): Certification | null =>
  certifications.reduce<Certification | null>((last, one) => (last === null || one.round > last.round ? one : last), null);

/** The round of certification that a defect is in: a rejection opens the next. */
export function certificationRound(defect: DefectFacts): number {
  return (newest(defect)?.round ?? 0) + 1;
}

/**
 * A report adds defects and closes none; only a certification does. A driver who rejects the repair, or signs after it
 * that the defect is still there, opens it again. Of two drivers who disagree, the one who rejects counts.
 */
export function defectState(defect: DefectFacts): DefectState {
  const last = newest(defect);
  if (last === null) return "open";
  const ofRound = defect.reviews.filter(({ round }) => round === last.round);
  if (ofRound.some(({ outcome }) => outcome === "rejected") || defect.sightings.some(({ seenAt }) => seenAt > last.at)) return "open";
  return ofRound.length > 0 ? "closed" : "certified";
}

/** `do-not-operate` while a safety defect is open; `review-pending` until a driver has signed for what was certified. */
export type UnitCondition = "do-not-operate" | "open-defects" | "review-pending" | "ready";
export const unitConditionLabels: Record<UnitCondition, string> = {
  "do-not-operate": "Do not operate",
  "open-defects": "Open defects",
  "review-pending": "Review pending",
  ready: "Ready",
};

/** The condition of a unit from the states of its defects; the worst counts. */
export function conditionFrom(defects: readonly { severity: DefectSeverity; state: DefectState }[]): UnitCondition {
  if (defects.some(({ severity, state }) => state === "open" && severity === "safety")) return "do-not-operate";
  if (defects.some(({ state }) => state === "open")) return "open-defects";
  return defects.some(({ state }) => state === "certified") ? "review-pending" : "ready";
}

export const unitCondition = (defects: readonly DefectFacts[]): UnitCondition =>
  conditionFrom(defects.map((defect) => ({ severity: defect.severity, state: defectState(defect) })));
