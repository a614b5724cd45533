import { Send } from "lucide-react";
import type { ReactNode } from "react";
import { Form } from "react-router";
import type { Cents } from "~/kernel/money";
import { moneyText } from "~/kernel/money";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { TextArea } from "~/ui/text-area";

export type VendorChoice = { id: string; name: string; email: string | null; portalEnabled: boolean; usualLimit: Cents | null; insurance: string | null };

const FORM = "assign-to-vendor";

type Props = {
  /** Where it is sent to: the page of the same form, which also shows what was wrong. */
  action: string;
  /** Made before the form is filled, so that a form sent twice is one assignment. */
  id: string;
  /** The assignment whose place this takes. */
  after: string | null;
  vendors: readonly VendorChoice[];
  start: { title: string; instructions: string; vendor?: string };
  currency: string;
  /** The order can wait on hold while the work is out. */
  canHold: boolean;
  typed?: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
  /** Photos and papers that go with it; their own forms stand between the fields and the button. */
  children?: ReactNode;
};

/** Who does it, what is to be done, until when and for how much at most. */
export function AssignForm({ action, id, after, vendors, start, currency, canHold, typed, errors, children }: Props) {
  const value = (name: string, fallback = "") => typed?.[name] ?? fallback;
  if (vendors.length === 0)
    return (
      <Notice tone="amber" title="There is no vendor yet.">
        <p>Add one in Settings, Vendor Directory. Then the job can be sent.</p>
      </Notice>
    );
  const limits = vendors.filter(({ usualLimit }) => usualLimit !== null);
  return (
    <div className="grid gap-4">
      <Form id={FORM} method="post" action={action} className="grid gap-4" noValidate>
        <input type="hidden" name="id" value={id} />
        {after && <input type="hidden" name="after" value={after} />}
        <Select
          label="Vendor"
          name="vendor"
          defaultValue={value("vendor", start.vendor)}
          error={errors?.vendor}
          hint={
            vendors.some(({ portalEnabled }) => !portalEnabled)
              ? "One that works by phone gets the job by mail, without its files, and you write down what it says."
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
        <Field label="Job in short" name="title" defaultValue={value("title", start.title)} error={errors?.title} required />
        <TextArea
          label="Instructions"
          name="instructions"
          rows={4}
          defaultValue={value("instructions", start.instructions)}
          error={errors?.instructions}
          hint="What is to be done, and what parts there are. The vendor reads this."
          required
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Needed by" name="dueDay" type="date" defaultValue={value("dueDay")} error={errors?.dueDay} />
          <Field
            label="Not to exceed"
            name="notToExceed"
            figures
            unit={currency}
            defaultValue={value("notToExceed")}
            error={errors?.notToExceed}
            hint={
              limits.length > 0
                ? `Only the shop sees it. Empty: ${limits.map(({ name, usualLimit }) => `${name} ${moneyText(usualLimit as Cents)}`).join(", ")}`
                : "Only the shop sees it. Empty: no limit"
            }
          />
        </div>
        <fieldset className="grid">
          <legend className="sr-only">How it is done</legend>
          <Tick name="noEstimate" checked={value("noEstimate") === "on"}>
            No estimate needed: the work may start once it is accepted
          </Tick>
          <Tick name="sharesCustomer" checked={value("sharesCustomer") === "on"}>
            Show them the customer's name
          </Tick>
          {canHold && (
            <Tick name="hold" checked={value("hold") === "on"}>
              Put the order on hold while it is out
            </Tick>
          )}
        </fieldset>
      </Form>
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
