import { Send } from "lucide-react";
import type { ReactNode } from "react";
import type { Cents, Quantity } from "~/kernel/money";
import { formatQuantity, type LineKind } from "~/modules/work-orders/jobs/job";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { TextArea } from "~/ui/text-area";
import { askedField } from "./asked-lines";
import { PhotoChoice } from "./photo-choice.view";

export type VendorChoice = { id: string; name: string; email: string | null; portalEnabled: boolean; usualLimit: Cents | null; insurance: string | null };

const FORM = "assign-to-vendor";

/** The action of the page that assigns, as far as this form knows it. */
type AssignAction = { commands: { assign: unknown } };
type AskedLine = { id: string; kind: LineKind; text: string; quantity: Quantity; partNumber: string | null };

type Props = {
  /** The page that handles the form and shows its errors. */
  action: string;
  /** Made before the form is filled, so that a form submitted twice is one assignment. */
  id: string;
  /** The assignment that this one replaces. */
  after: string | null;
  vendors: readonly VendorChoice[];
  start: {
    title: string;
    instructions: string;
    vendor?: string;
    lines?: readonly { id: string; text: string; price: Cents }[];
    /** Lines of the order that can say what is asked. */
    asked?: readonly AskedLine[];
  };
  /** Photos on the order that can go along. */
  photos: readonly { id: string; name: string }[];
  /** Whether the order can be put on hold meanwhile. */
  canHold: boolean;
  /** Attachments to send along. They have forms of their own, so they sit between the fields and the button. */
  children?: ReactNode;
};

/** Vendor, instructions, due date and limit of an assignment. */
export function AssignForm({ action, id, after, vendors, start, photos, canHold, children }: Props) {
  const { currency, money } = useFormat();
  const typed = useRefusedForm<AssignAction>()("assign")?.typed;
  const isOn = (name: string) => typed?.[name] === "on";
  if (vendors.length === 0)
    return (
      <Notice tone="amber" title="No vendors yet">
        <p>Add one in Settings, Vendor Directory. Then you can send the job.</p>
      </Notice>
    );
  const limits = vendors.filter(({ usualLimit }) => usualLimit !== null);
  return (
    <div className="grid gap-4">
      <CommandForm<AssignAction> intent="assign" id={FORM} action={action} className="grid gap-4">
        <input type="hidden" name="id" value={typed?.id ?? id} />
        {after && <input type="hidden" name="after" value={after} />}
        <Select
          label="Vendor"
          name="vendor"
          defaultValue={start.vendor}
          hint={
            vendors.some(({ portalEnabled }) => !portalEnabled)
              ? "A vendor without a portal gets the job by email, without files. You record their answers."
              : undefined
          }
          required
        >
          <option value="">Choose</option>
          {vendors.map(({ id: vendorId, name, email, portalEnabled, insurance }) => {
            const notes = [portalEnabled ? null : email ? "by phone" : "by phone, no email address", insurance].filter(Boolean).join(", ");
            return (
              <option key={vendorId} value={vendorId}>
                {notes ? `${name} (${notes})` : name}
              </option>
            );
          })}
        </Select>
        <Field label="Job title" name="title" defaultValue={start.title} required />
        <TextArea
          label="Instructions"
          name="instructions"
          rows={4}
          defaultValue={start.instructions}
          hint="What to do, and which parts you supply. The vendor sees this."
          required
        />
        {!after && (
          <div className="grid gap-1">
            <Select label="Line on the work order" name="line" defaultValue={start.lines?.length === 1 ? start.lines[0]?.id : ""}>
              {(start.lines ?? []).map(({ id: lineId, text, price }) => (
                <option key={lineId} value={lineId}>
                  {text}, {money(price)}
                </option>
              ))}
              <option value="">New line</option>
            </Select>
            <Tick name="pricedElsewhere" checked={isOn("pricedElsewhere")}>
              The customer's price for it is in other lines
            </Tick>
          </div>
        )}
        {!after && (start.asked ?? []).length > 0 && (
          <fieldset className="grid">
            <legend className="font-semibold">Lines that say what is asked</legend>
            <p className="text-small text-ink-soft">The vendor reads text, quantity and part number, never a price.</p>
            {(start.asked ?? []).map((line) => (
              <Tick key={line.id} name={askedField(line.id)} checked={isOn(askedField(line.id))}>
                {line.text}, {formatQuantity(line)}
              </Tick>
            ))}
          </fieldset>
        )}
        {photos.length > 0 && <PhotoChoice photos={photos} isOn={isOn} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Needed by" name="dueDay" type="date" />
          <Field
            label="Not to exceed"
            name="notToExceed"
            figures
            unit={currency}
            hint={
              limits.length > 0
                ? `Internal. If empty: ${limits.map(({ name, usualLimit }) => `${name} ${money(usualLimit as Cents)}`).join(", ")}`
                : "Internal. Leave it empty for no limit."
            }
          />
        </div>
        <fieldset className="grid">
          <legend className="sr-only">Options</legend>
          <Tick name="noEstimate" checked={isOn("noEstimate")}>
            No estimate needed: work can start once they accept
          </Tick>
          <Tick name="sharesCustomer" checked={isOn("sharesCustomer")}>
            Show the customer's name
          </Tick>
          {canHold && (
            <Tick name="hold" checked={isOn("hold")}>
              Put the work order on hold meanwhile
            </Tick>
          )}
        </fieldset>
      </CommandForm>
      {children}
      <div>
        <SubmitButton form={FORM} icon={Send} pendingLabel="Sending">
          Send
        </SubmitButton>
      </div>
    </div>
  );
}

const Tick = ({ name, checked, children }: { name: string; checked: boolean; children: ReactNode }) => (
  <label className="flex min-h-(--target) items-center gap-2">
    <input type="checkbox" name={name} value="on" defaultChecked={checked} className="size-4 shrink-0" /> <span>{children}</span>
  </label>
);
