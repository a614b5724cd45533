import { useLoaderData } from "react-router";
import { readInspectionSettings } from "~/modules/inspections/alerts/alerts.read.server";
import { partsOf } from "~/modules/inspections/checklists/checklist";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";
import { Checklists } from "./checklists";
import { action } from "./commands.server";

export { action };

export const meta = () => [{ title: "Inspection settings" }];

export const loader = staff.loader("organization:manage", async ({ services, session, url }) => ({
  wait: await readInspectionSettings(services.db),
  checklists: await readChecklists(services.db),
  wanted: { kind: url.searchParams.get("kind"), part: url.searchParams.get("part") },
  shop: session.organization.name,
}));

export default function InspectionSettings() {
  const { wait, shop, checklists, wanted } = useLoaderData<typeof loader>();
  const of = checklists.find(({ kind }) => kind === wanted.kind);
  const part = of && partsOf(of).find((one) => one === wanted.part);
  return (
    <>
      <PageHeader title="Inspection settings" />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <p className="max-w-prose text-ink-soft">
          A defect stays open until {shop}, or a customer's contact with the right to, certifies that it was repaired or needs no repair. Which customers have
          daily inspections is set with the customer.
        </p>
        <CommandForm<typeof action> intent="save" saved={{ hours: String(wait.hours) }} className="grid max-w-96 gap-4">
          <input type="hidden" name="version" value={wait.version} />
          <Field label="Notify us of a defect that isn't certified after" name="hours" unit="hours" figures />
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
        <Checklists checklists={checklists} chosen={of && part ? { kind: of.kind, part } : null} />
      </PageBody>
    </>
  );
}
