import type { Id } from "~/kernel/ids";
import type { ChecklistGroup, PartKey } from "~/modules/inspections/checklists/checklist";
import { defectTitle, inspectionLabels, partLabel } from "~/modules/inspections/checklists/labels";
import type { DefectProblem } from "~/modules/inspections/defects/defect";
import { inspectionKinds } from "~/modules/inspections/inspection";
import { Field, Select, Switch } from "~/ui/field";
import { DefectFields } from "./defect-fields";
import { ROWS } from "./rows";

const labels = inspectionLabels.en;
type Open = { id: Id<"defect">; part: PartKey; problem: DefectProblem };

/** What a report has of one unit: which inspection, its groups of parts, its defects and its meters. */
export function ReportFields({ groups, open }: { groups: readonly ChecklistGroup[]; open: readonly Open[] }) {
  const parts = groups.flatMap((group) => group.parts);
  return (
    <>
      <Select label="Which inspection is it?" name="kind" required>
        <option value="">Choose</option>
        {inspectionKinds.map((kind) => (
          <option key={kind} value={kind}>
            {labels.kinds[kind]}
          </option>
        ))}
      </Select>
      {groups.map(({ key, parts: its }) => (
        <Select key={key} label={labels.groups[key]} name={`group-${key}`} hint={its.map((part) => partLabel(part)).join(", ")} required>
          <option value="">Choose</option>
          <option value="good">All good</option>
          <option value="defect">Has a defect</option>
        </Select>
      ))}
      {open.length > 0 && (
        <fieldset className="grid gap-2">
          <legend className="font-semibold">Open defects that are still there</legend>
          {open.map((defect) => (
            <Switch key={defect.id} label={defectTitle(defect)} name={`still-${defect.id}`} value={defect.part} />
          ))}
        </fieldset>
      )}
      {ROWS.map((row) => (
        <DefectFields key={row} row={row} parts={parts} />
      ))}
      <Field label="Odometer" name="odometer" figures autoComplete="off" />
      <Field label="Engine hours" name="engineHours" figures autoComplete="off" />
    </>
  );
}
