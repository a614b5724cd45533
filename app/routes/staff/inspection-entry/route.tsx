import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { staff } from "~/platform/http/guards.server";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { SearchField } from "~/ui/filters";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { ReportFields } from "../../parts/plain-inspection/report-fields";
import { action } from "./commands.server";
import { entryPage, type PageData } from "./data.server";

export const meta = () => [{ title: "Enter a paper report" }];

export const loader = staff.loader("inspection:enter", entryPage, action);
export { action };

export default function EnterPaperReport() {
  const { form } = useLoaderData<PageData>();
  return (
    <>
      <PageHeader
        title={form?.corrects ? "Correct a report" : "Enter a paper report"}
        mark={form && <UnitPlate number={form.unit.unitNumber} size="medium" />}
        action={<TextLink to={paths.staff.inspections}>All inspections</TextLink>}
      />
      <PageBody>{form ? <PaperForm form={form} /> : <ChooseUnit />}</PageBody>
    </>
  );
}

function ChooseUnit() {
  const { query, units } = useLoaderData<PageData>();
  return (
    <div className="grid max-w-120 gap-4">
      <SearchField label="Find the unit" value={query} placeholder="Unit, VIN, customer" keep={{}} />
      {query !== "" && units.length === 0 && <Empty title="No unit matches" body="Search by number, VIN or customer." />}
      {units.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {units.map((unit) => (
            <li key={unit.id} className="flex flex-wrap items-center gap-x-3 py-2">
              <TextLink to={paths.staff.enterInspection({ unit: unit.id })}>Unit {unit.unitNumber}</TextLink>
              <span className="text-ink-soft">
                {nameOfAsset(unit)}, {unit.customer}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function PaperForm({ form }: { form: NonNullable<PageData["form"]> }) {
  const { unit, drivers, open, groups, corrects, signed } = form;
  const hidden = {
    submissionId: form.submissionId,
    inspectionId: form.inspectionId,
    assetId: unit.id,
    unitNumber: unit.unitNumber,
    unitKind: unit.kind,
    corrects: corrects?.id ?? "",
  };
  const saved = { signed, name: corrects?.driverName ?? "", driver: corrects?.driverId ?? "", kind: corrects?.kind ?? "" };
  return (
    <CommandForm<typeof action> intent="enter" saved={saved} className="grid max-w-120 gap-4">
      <FormResult result={useFormResult<typeof action>()} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {corrects && (
        <Notice tone="blue" title="This becomes a new report that is linked to the one it corrects.">
          <p>
            <TextLink to={paths.staff.inspection(corrects.id)}>
              Report of {corrects.driverName}, <Moment at={corrects.signedAt} />
            </TextLink>
            . Its defects stay until they are certified: mark those that are still there.
          </p>
        </Notice>
      )}
      <p>
        Unit {unit.unitNumber} of <TextLink to={paths.staff.customer(unit.customerId)}>{unit.customer}</TextLink>
      </p>
      {drivers.length > 0 && (
        <Select label="Driver on file" name="driver">
          <option value="">Not on file</option>
          {drivers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Field label="Signed by" name="name" hint="The name on the paper." autoComplete="off" required />
      <Field label="Signed at" name="signed" type="datetime-local" required />
      <ReportFields groups={groups} open={open} />
      <div>
        <SubmitButton pendingLabel="Saving">{corrects ? "Save correction" : "Enter report"}</SubmitButton>
      </div>
    </CommandForm>
  );
}
