import { err, ok, type Result } from "~/kernel/result";
import type { PartKey } from "../checklists/checklist";
import { defectTitle } from "../checklists/labels";
import { certificationRound, type DefectFacts, type DefectProblem, defectState } from "./defect";

type Certifiable = Omit<DefectFacts, "certifications"> & {
  part: PartKey;
  problem: DefectProblem;
  certifications: readonly { round: number; at: number; signedName: string }[];
};
export type CertificationRefusal = { kind: "not-allowed"; message: string };

/** Whether a defect can be certified in the round that the person saw, or why not. */
export function canCertify(defect: Certifiable, round: number): Result<null, CertificationRefusal> {
  const refuse = (message: string) => err({ kind: "not-allowed" as const, message: `"${defectTitle(defect)}" ${message}` });
  const newest = defect.certifications.reduce<Certifiable["certifications"][number] | null>((last, it) => (last && last.round > it.round ? last : it), null);
  if (defectState(defect) !== "open") return refuse(`was certified by ${newest?.signedName} already. Nothing was signed again.`);
  if (certificationRound(defect) !== round) return refuse("was certified meanwhile, and a driver found it again. Look at it, then sign.");
  return ok(null);
}
