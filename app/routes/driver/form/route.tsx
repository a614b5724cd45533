import { Form, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { driver } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { useFormResult } from "~/ui/use-form-result";
import { ReportFields } from "../../parts/plain-inspection/report-fields";
import { commands } from "./commands.server";
import { type PageData, readPage } from "./data.server";

export const meta = () => [{ title: "Inspection form" }];

/** One page for browsers without JavaScript. The driver's app has more: photos, trailers, no need of signal. */
export const loader = driver.loader(
  "home:read",
  async ({ services, url }) => ({ ...(await readPage(services, url.searchParams.get("unit"))), filed: url.searchParams.has("filed") }),
  commands,
);
export const action = commands;

export default function PlainInspection() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="text-title">Inspection form</h1>
      {page.filed && <Notice tone="green" title="Submitted. The shop has your report." />}
      {page.form ? <InspectionForm form={page.form} driverName={page.driverName} /> : <ChooseUnit units={page.units} />}
      <ButtonLink to={paths.driver.home} wide reloadDocument>
        Back to vehicles
      </ButtonLink>
    </>
  );
}

function ChooseUnit({ units }: Pick<PageData, "units">) {
  const sorted = [...units].sort((a, b) => Number(b.isToday) - Number(a.isToday));
  return (
    <Form method="get" className="grid gap-4">
      <Select label="Unit" name="unit" required>
        {sorted.map(({ id, unitNumber, isToday }) => (
          <option key={id} value={id}>
            {isToday ? `${unitNumber} (today)` : unitNumber}
          </option>
        ))}
      </Select>
      <SubmitButton wide pendingLabel="Opening">
        Next
      </SubmitButton>
    </Form>
  );
}

function InspectionForm({ form, driverName }: { form: NonNullable<PageData["form"]>; driverName: string }) {
  const { unit, groups, defects } = form;
  const hidden = {
    submissionId: form.submissionId,
    inspectionId: form.inspectionId,
    assetId: unit.id,
    unitNumber: unit.unitNumber,
    unitKind: unit.kind,
    startedAt: String(form.startedAt),
  };
  return (
    <CommandForm<typeof action> intent="file" saved={{ name: driverName }} className="grid gap-5">
      <FormResult result={useFormResult<typeof action>()} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {defects.length > 0 && (
        <Notice tone={defects.some(({ severity, state }) => severity === "safety" && state === "open") ? "red" : "amber"} title="Open defects of this unit">
          <ul className="list-disc pl-5">
            {defects.map((defect) => (
              <li key={defect.id}>{defectTitle(defect)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <ReportFields groups={groups} open={defects.filter(({ state }) => state === "open")} />
      <p>I looked at this unit, and what is written here is true.</p>
      <Field label="Your name" name="name" autoComplete="name" required />
      <SubmitButton wide pendingLabel="Submitting">
        Submit
      </SubmitButton>
    </CommandForm>
  );
}
