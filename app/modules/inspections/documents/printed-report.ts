import type { ChecklistGroup, GroupKey } from "../checklists/checklist";
import type { ReviewOutcome } from "../defects/defect";
import type { DefectHistory } from "../defects/defect-history";
import type { InspectionSignature } from "../inspection";
import type { ReportFacts } from "../report-facts";

/** What the paper of a report prints. */
export type PrintedReport = ReportFacts & {
  customer: string;
  unitKind: "truck" | "trailer" | "equipment";
  groups: readonly ChecklistGroup[];
  confirmed: readonly GroupKey[];
  vin: string | null;
  year: number | null;
  make: string | null;
  model: string | null;
  clockOffset: number;
  isTooFast: boolean;
  afterSwitchOff: boolean;
  signature: InspectionSignature;
  sha256: string;
  corrected: { signedAt: ReportFacts["signedAt"] } | null;
  corrections: readonly { signedAt: ReportFacts["signedAt"] }[];
  photos: readonly { arrived: boolean; isVideo: boolean }[];
  defects: readonly DefectHistory[];
  stillThere: readonly { defect: DefectHistory }[];
  reviewed: readonly { defect: DefectHistory; review: { outcome: ReviewOutcome; reason: string } }[];
};
