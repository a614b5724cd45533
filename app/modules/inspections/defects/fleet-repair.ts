import type { UtcMs } from "~/kernel/time";
import type { PartKey } from "../checklists/checklist";
import { defectTitle } from "../checklists/labels";
import { type CertificationOutcome, type DefectFacts, type DefectProblem, defectState } from "./defect";

type Signed = { round: number; at: UtcMs; outcome: CertificationOutcome; signedName: string; signedFor: string | null };
type Certified = Omit<DefectFacts, "certifications"> & { keptRound: number | null; certifications: readonly Signed[] };
export type FleetCertification = Omit<Signed, "signedFor"> & { fleet: string };

/**
 * What a fleet's own mechanic certified while the shop may still have a job for it. It is over once a driver rejects it,
 * somebody certifies again, or the shop decides to keep its job.
 */
export function fleetCertification(defect: Certified): FleetCertification | null {
  const newest = defect.certifications.reduce<Signed | null>((last, one) => (last && last.round > one.round ? last : one), null);
  if (newest === null || newest.signedFor === null || newest.round === defect.keptRound || defectState(defect) === "open") return null;
  const { signedFor: fleet, ...certification } = newest;
  return { ...certification, fleet };
}

type Repaired = { fleet: string; outcome: CertificationOutcome; part: PartKey; problem: DefectProblem };

/** "Northline certified "Tires: worn" as repaired". */
export const fleetRepairText = ({ fleet, outcome, ...defect }: Repaired): string =>
  `${fleet} certified "${defectTitle(defect)}" ${outcome === "repaired" ? "as repaired" : "as needing no repair"}`;

/** Why an order is neither completed nor billed; null where the shop has decided about each such job. */
export function whyUndecided(repaired: readonly Repaired[]): string | null {
  const [first, ...others] = repaired;
  if (!first) return null;
  const more = others.length > 0 ? `, and ${others.length} more` : "";
  return `${fleetRepairText(first)}${more}. Remove the job from this order, or keep it with a reason.`;
}
