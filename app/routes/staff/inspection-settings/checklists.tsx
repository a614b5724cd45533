import type { Checklist } from "~/modules/inspections/checklists/checklist";
import { partsOf } from "~/modules/inspections/checklists/checklist";
import { inspectionLabels } from "~/modules/inspections/checklists/labels";
import { possibleGroups, requiredParts } from "~/modules/inspections/checklists/own-checklist";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import type { action } from "./commands.server";

const labels = inspectionLabels.en;

/** Which parts drivers look at, for each kind of unit. */
export function Checklists({ checklists }: { checklists: readonly Checklist[] }) {
  return (
    <Section title="Checklists">
      <p className="max-w-prose text-ink-soft">
        What drivers look at before and after a trip. Phones take a change with their next connection; reports that were signed stay as they were.
      </p>
      <div className="grid gap-2">
        {checklists.map((checklist) => (
          <ChecklistForm key={`${checklist.kind}${checklist.version}`} checklist={checklist} />
        ))}
      </div>
    </Section>
  );
}

function ChecklistForm({ checklist }: { checklist: Checklist }) {
  const { kind, version } = checklist;
  const row = { kind };
  const refused = useRefusedForm<typeof action>()("checklist", row);
  const [parts, required] = [partsOf(checklist), requiredParts(kind)];
  return (
    <Disclosure title={`${labels.unitKinds[kind]}: ${parts.length} parts`} open={refused !== null}>
      <CommandForm<typeof action> intent="checklist" row={row} className="grid gap-4 pt-3">
        <input type="hidden" name="seen" value={version} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {possibleGroups(kind).map(({ key, parts: its }) => (
            <fieldset key={key} className="grid content-start gap-1">
              <legend className="font-semibold">{labels.groups[key]}</legend>
              {its.map((part) => (
                <Switch
                  key={part}
                  id={`${kind}-${part}`}
                  name={`part-${part}`}
                  label={labels.parts[part]}
                  hint={required.includes(part) ? "Required by 49 CFR 396.11" : undefined}
                  defaultChecked={parts.includes(part)}
                  disabled={required.includes(part)}
                />
              ))}
            </fieldset>
          ))}
        </div>
        <div>
          <SubmitButton pendingLabel="Saving">Save checklist</SubmitButton>
        </div>
      </CommandForm>
    </Disclosure>
  );
}
