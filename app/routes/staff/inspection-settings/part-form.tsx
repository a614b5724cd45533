import { type Checklist, isOwnPart, MAX_PART_NAME, nameOfOwn, type PartKey, problemsOf } from "~/modules/inspections/checklists/checklist";
import { inspectionLabels, partLabel } from "~/modules/inspections/checklists/labels";
import { possibleGroups } from "~/modules/inspections/checklists/own-checklist";
import { defectProblems } from "~/modules/inspections/defects/defect";
import { CommandForm } from "~/ui/command-form";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import type { action } from "./commands.server";

const labels = inspectionLabels.en;

/** A part of a checklist: what it is called and where it is, if it is the shop's own, and what drivers can choose as wrong with it. */
export function PartForm({ checklist, part }: { checklist: Checklist; part: PartKey | null }) {
  const { kind, version } = checklist;
  const row = { kind, part: part ?? "" };
  const group = checklist.groups.find((one) => part !== null && one.parts.includes(part));
  const offered = problemsOf(group ?? {}, part);
  const isOwn = part === null || isOwnPart(part);
  const idOf = (field: string) => `${kind}-${part === null ? "new" : "part"}-${field}`;
  return (
    <div className="grid gap-4">
      <CommandForm<typeof action>
        intent="part"
        row={row}
        className="grid gap-4"
        saved={{ name: part && isOwnPart(part) ? nameOfOwn(part) : "", group: group?.key ?? "" }}
      >
        <input type="hidden" name="seen" value={version} />
        {isOwn && (
          <div className="grid max-w-prose gap-4 sm:grid-cols-2">
            <Field label="Name" name="name" id={idOf("name")} maxLength={MAX_PART_NAME} required />
            <Select label="Group" name="group" id={idOf("group")}>
              {possibleGroups(kind).map(({ key }) => (
                <option key={key} value={key}>
                  {labels.groups[key]}
                </option>
              ))}
            </Select>
          </div>
        )}
        <fieldset className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
          <legend className="font-semibold">Drivers can choose</legend>
          {defectProblems.map((problem) => (
            <Switch
              key={problem}
              id={idOf(problem)}
              name={`problem-${problem}`}
              label={labels.problems[problem]}
              hint={problem === "other" ? "Always offered" : undefined}
              defaultChecked={offered.includes(problem)}
              disabled={problem === "other"}
            />
          ))}
        </fieldset>
        <div>
          <SubmitButton pendingLabel="Saving">{part === null ? "Add part" : "Save part"}</SubmitButton>
        </div>
      </CommandForm>
      {part !== null && isOwnPart(part) && (
        <CommandForm<typeof action> intent="remove-part" row={row}>
          <input type="hidden" name="seen" value={version} />
          <SubmitButton kind="quiet" pendingLabel="Removing">
            {`Remove ${partLabel(part)}`}
          </SubmitButton>
        </CommandForm>
      )}
    </div>
  );
}
