import { Form } from "react-router";
import { type Checklist, isOwnPart, type PartKey, partsOf } from "~/modules/inspections/checklists/checklist";
import { inspectionLabels, partLabel } from "~/modules/inspections/checklists/labels";
import { possibleGroups, requiredParts } from "~/modules/inspections/checklists/own-checklist";
import { Button } from "~/ui/button";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import type { action } from "./commands.server";
import { PartForm } from "./part-form";

const labels = inspectionLabels.en;

type Chosen = { kind: Checklist["kind"]; part: PartKey } | null;

/** Which parts drivers look at, for each kind of unit, and what they can choose of each. `chosen`: the part that is open to be changed. */
export function Checklists({ checklists, chosen }: { checklists: readonly Checklist[]; chosen: Chosen }) {
  return (
    <Section title="Checklists">
      <p className="max-w-prose text-ink-soft">
        What drivers look at before and after a trip. Phones take a change with their next connection; reports that were signed stay as they were.
      </p>
      <div className="grid gap-2">
        {checklists.map((checklist) => (
          <OneChecklist key={`${checklist.kind}${checklist.version}`} checklist={checklist} chosen={chosen?.kind === checklist.kind ? chosen.part : null} />
        ))}
      </div>
    </Section>
  );
}

function OneChecklist({ checklist, chosen }: { checklist: Checklist; chosen: PartKey | null }) {
  const { kind } = checklist;
  const refused = useRefusedForm<typeof action>();
  const parts = partsOf(checklist);
  const isNewRefused = refused("part", { kind, part: "" }) !== null;
  return (
    <Disclosure title={`${labels.unitKinds[kind]}: ${parts.length} parts`} open={chosen !== null || isNewRefused || refused("checklist", { kind }) !== null}>
      <div className="grid gap-6">
        <PartsForm checklist={checklist} />
        <Form className="grid max-w-prose items-end gap-2 sm:grid-cols-[1fr_auto]" preventScrollReset>
          <input type="hidden" name="kind" value={kind} />
          <Select label="Change a part" name="part" id={`${kind}-change`} key={chosen} defaultValue={chosen ?? parts.find(isOwnPart)}>
            {checklist.groups.map(({ key, parts: its }) => (
              <optgroup key={key} label={labels.groups[key]}>
                {its.map((part) => (
                  <option key={part} value={part}>
                    {partLabel(part)}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
          <Button type="submit">Open</Button>
        </Form>
        {chosen !== null && (
          <section className="grid gap-3" aria-labelledby={`${kind}-chosen`}>
            <h3 id={`${kind}-chosen`} className="text-lead">
              {partLabel(chosen)}
            </h3>
            <PartForm key={chosen} checklist={checklist} part={chosen} />
          </section>
        )}
        <Disclosure title="Add a part" open={isNewRefused}>
          <PartForm checklist={checklist} part={null} />
        </Disclosure>
      </div>
    </Disclosure>
  );
}

/** Which of the product's parts there are; the shop's own are listed with them. */
function PartsForm({ checklist }: { checklist: Checklist }) {
  const { kind, version, groups } = checklist;
  const [parts, required] = [partsOf(checklist), requiredParts(kind)];
  return (
    <CommandForm<typeof action> intent="checklist" row={{ kind }} className="grid gap-4 pt-3">
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
                label={partLabel(part)}
                hint={required.includes(part) ? "Required by 49 CFR 396.11" : undefined}
                defaultChecked={parts.includes(part)}
                disabled={required.includes(part)}
              />
            ))}
            <OwnParts parts={groups.find((group) => group.key === key)?.parts.filter(isOwnPart) ?? []} />
          </fieldset>
        ))}
      </div>
      <div>
        <SubmitButton pendingLabel="Saving">Save checklist</SubmitButton>
      </div>
    </CommandForm>
  );
}

function OwnParts({ parts }: { parts: readonly PartKey[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {parts.map((part) => (
        <li key={part} className="flex min-h-(--target) flex-wrap items-center gap-x-2 wrap-anywhere">
          <span className="font-semibold">{partLabel(part)}</span>
          <span className="text-ink-soft">Added by you</span>
        </li>
      ))}
    </ul>
  );
}
