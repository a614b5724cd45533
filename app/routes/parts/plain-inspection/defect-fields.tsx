import type { PartKey } from "~/modules/inspections/checklists/checklist";
import { inspectionLabels, partLabel } from "~/modules/inspections/checklists/labels";
import { defectProblems, defectSeverities } from "~/modules/inspections/defects/defect";
import { Select } from "~/ui/field";
import { TextArea } from "~/ui/text-area";
import { noteField } from "./rows";

const labels = inspectionLabels.en;

/** Room for one defect on the plain form. */
export function DefectFields({ row, parts }: { row: number; parts: readonly PartKey[] }) {
  return (
    <details open={row === 1} className="border-y border-line py-3">
      <summary className="min-h-(--target) cursor-pointer font-semibold">Defect {row}</summary>
      <div className="grid gap-4">
        <Select label="Part" name={`part-${row}`}>
          <option value="">No defect here</option>
          {parts.map((part) => (
            <option key={part} value={part}>
              {partLabel(part)}
            </option>
          ))}
        </Select>
        <Select label="What is wrong?" name={`problem-${row}`}>
          <option value="">Choose</option>
          {defectProblems.map((problem) => (
            <option key={problem} value={problem}>
              {labels.problems[problem]}
            </option>
          ))}
        </Select>
        <Select label="Can it be driven?" name={`severity-${row}`}>
          <option value="">Choose</option>
          {defectSeverities.map((severity) => (
            <option key={severity} value={severity}>
              {labels.severities[severity]}
            </option>
          ))}
        </Select>
        <TextArea label="Describe it" name={noteField(row)} maxLength={1_000} />
      </div>
    </details>
  );
}
