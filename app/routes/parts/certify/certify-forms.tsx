import { PenLine } from "lucide-react";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import type { DefectHistory } from "~/modules/inspections/defects/defect-history";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { TextArea } from "~/ui/text-area";

/** Any page whose action has the commands that certify, of staff or of a customer. */
type Action = { commands: Readonly<Record<"certify" | "certify-unnecessary", unknown>> };
type Open = DefectHistory & { round: number };

type CertifyProps = {
  defects: readonly Open[];
  person: string;
  /** Opened by a link. */
  open?: boolean;
  /** What to do next; false where something else comes first. */
  isNext?: boolean;
};

/** Signs that open defects of a unit were repaired, or need no repair. */
export function CertifyForms({ defects, person, open = false, isNext = true }: CertifyProps) {
  if (defects.length === 0) return null;
  return (
    <>
      <CertifyForm
        intent="certify"
        title="Certify repairs"
        statement="I certify that the chosen defects were repaired."
        reason={{ label: "What was done", hint: "Optional. The next driver reads it." }}
        {...{ defects, person, open, isNext }}
      />
      <CertifyForm
        intent="certify-unnecessary"
        title="Repair not necessary"
        statement="I certify that the chosen defects need no repair to operate the unit safely."
        reason={{ label: "Why no repair is necessary", hint: "The next driver reads it." }}
        {...{ defects, person, open: false, isNext: false }}
      />
    </>
  );
}

type FormProps = Required<CertifyProps> & {
  intent: "certify" | "certify-unnecessary";
  title: string;
  statement: string;
  reason: { label: string; hint: string };
};

function CertifyForm({ intent, title, statement, reason, defects, person, open, isNext }: FormProps) {
  const refused = useRefusedForm<Action>()(intent);
  const blocked = useCan<Action>()(intent);
  const only = defects.length === 1;
  return (
    <Disclosure title={title} icon={PenLine} kind={isNext ? "primary" : "quiet"} open={open || refused !== null}>
      <CommandForm<Action> intent={intent} saved={{ signedName: person }} className="grid gap-3">
        <fieldset className="grid">
          <legend className="font-semibold">Defects</legend>
          {defects.map((defect) => (
            <DefectCheck
              key={defect.id}
              defect={defect}
              value={String(defect.round)}
              checked={refused ? refused.typed[defect.id] !== undefined : only || intent === "certify"}
            />
          ))}
        </fieldset>
        <TextArea name="reason" id={`${intent}-reason`} {...reason} maxLength={1_000} />
        <Field label="Signed by" name="signedName" id={`${intent}-name`} hint="Your typed name is your signature." autoComplete="name" />
        <Switch label={statement} name="sure" id={`${intent}-sure`} />
        <SubmitButton blocked={blocked} icon={PenLine} pendingLabel="Signing">
          Sign
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

function DefectCheck({ defect, value, checked }: { defect: DefectHistory; value: string; checked: boolean }) {
  return (
    <label className="flex min-h-(--target) items-center gap-2.5 py-0.5">
      <input type="checkbox" name={defect.id} value={value} defaultChecked={checked} className="size-5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {defectTitle(defect)}
        {defect.severity === "safety" && <span className="text-small text-ink-soft"> (not safe to drive)</span>}
      </span>
    </label>
  );
}
