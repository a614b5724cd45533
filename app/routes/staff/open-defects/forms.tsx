import { ClipboardPlus, PenLine } from "lucide-react";
import type { Id } from "~/kernel/ids";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import type { DefectHistory } from "~/modules/inspections/defects/defect-history";
import { docketNumber } from "~/modules/work-orders/work-order";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { TextArea } from "~/ui/text-area";
import type { defectCommands } from "./commands.server";
import { orderField } from "./fields";

/** Any page whose action has the commands about defects. */
type Action = { commands: typeof defectCommands };
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

type Order = { id: Id<"workOrder">; number: number; title: string };
type OrderChoiceProps = { assetId: string; unitNumber: string; orders: readonly Order[]; fresh: Id<"workOrder">; wanted?: string | null };

/** Where a unit's defects go: an order that it has, or a new one. */
export function OrderChoice({ assetId, unitNumber, orders, fresh, wanted }: OrderChoiceProps) {
  return (
    <Select
      label={`Work order of unit ${unitNumber}`}
      name={orderField(assetId)}
      defaultValue={orders.find(({ id }) => id === wanted)?.id ?? orders[0]?.id ?? fresh}
    >
      {orders.map(({ id, number, title }) => (
        <option key={id} value={id}>
          {docketNumber(number)} {title}
        </option>
      ))}
      <option value={fresh}>New work order</option>
    </Select>
  );
}

/** All open defects of one unit that no order has yet, onto an order in one tap. */
export function AddToOrder({ defects, ...choice }: Omit<OrderChoiceProps, "assetId"> & { assetId: Id<"asset">; defects: readonly DefectHistory[] }) {
  if (defects.length === 0) return null;
  return (
    <CommandForm<Action> intent="add-to-order" className="flex flex-wrap items-end gap-3">
      {defects.map(({ id }) => (
        <input key={id} type="hidden" name={id} value={choice.assetId} />
      ))}
      <div className="min-w-56">
        <OrderChoice {...choice} />
      </div>
      <SubmitButton icon={ClipboardPlus} pendingLabel="Adding">
        {defects.length === 1 ? "Add the defect to the order" : `Add ${defects.length} defects to the order`}
      </SubmitButton>
    </CommandForm>
  );
}
