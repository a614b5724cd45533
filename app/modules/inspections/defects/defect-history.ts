import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { PartKey } from "../checklists/checklist";
import type { CertificationOutcome, DefectProblem, DefectSeverity, ReviewOutcome } from "./defect";

/** What people read of a defect: the report of it, and what was signed since. */
export type DefectHistory = {
  id: Id<"defect">;
  inspectionId: Id<"inspection">;
  driverName: string;
  part: PartKey;
  problem: DefectProblem;
  note: string;
  severity: DefectSeverity;
  reportedAt: UtcMs;
  certifications: readonly { round: number; outcome: CertificationOutcome; reason: string; signedName: string; signedFor: string | null; at: UtcMs }[];
  reviews: readonly { round: number; outcome: ReviewOutcome; reason: string; driverName: string; inspectionId: Id<"inspection">; at: UtcMs }[];
  sightings: readonly { inspectionId: Id<"inspection">; note: string; at: UtcMs; seenAt: UtcMs }[];
  /** When a correction of its report was signed that names it no longer. It closes nothing: only a certification does. */
  leftOutAt?: UtcMs | null;
};

/** Who signed a certification, and for whom where it wasn't for the shop but for a fleet with mechanics of its own. */
export const signerText = ({ signedName, signedFor }: { signedName: string; signedFor: string | null }): string =>
  signedFor === null ? signedName : `${signedName} for ${signedFor}`;
