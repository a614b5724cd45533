import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { assetKinds, kindLabels } from "~/modules/assets/asset";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { seenVersion, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, onField } from "~/platform/http/refusals.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { CommandForm } from "~/ui/command-form";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } | null } }) => [
  { title: loaderData?.unit ? `Edit unit ${loaderData.unit.unitNumber}` : "Add unit" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("asset:manage", async ({ services, id: idOf, url }) => {
  const id = idOf("asset");
  const record = await readUnitRecord(services.db, id);
  return { id, unit: record?.unit ?? null, customers: record ? [] : await readCustomerNames(services.db), customer: url.searchParams.get("customer") ?? "" };
});

export const action = staff.commands({
  save: staff.command({
    permission: "asset:manage",
    form: z.object({
      version: seenVersion,
      customer: z.string().optional(),
      unitNumber: z.string(),
      kind: z.enum(assetKinds),
      vin: z.string(),
      plate: z.string(),
      year: z.string(),
      make: z.string(),
      model: z.string(),
      shares: switched,
    }),
    async run({ services, id, form: { version, customer, ...form } }) {
      const owner = parseId("customer", customer);
      if (version > 0) return saveAsset(services, { id: id("asset"), form, seen: version });
      return owner ? saveAsset(services, { id: id("asset"), form, owner }) : err(invalid({ customer: "Choose the customer who owns this unit." }));
    },
    goTo: ({ id }) => paths.staff.asset(id("asset")),
    refusals: {
      "vin-taken": onField("vin", "Another unit has this VIN. If that unit is gone, archive it first."),
      stale: "Someone else just changed this unit. Your entries are still here; save again to replace theirs.",
    },
  }),
});

export default function AssetForm() {
  const { id, unit, customers, customer } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader
        title={unit ? "Edit unit" : "Add unit"}
        mark={unit && <UnitPlate number={unit.unitNumber} size="medium" />}
        state={unit && <span>{unit.customer}</span>}
      />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action>
          intent="save"
          saved={{ kind: "truck", ...unit, customer, shares: unit?.sharesPosition ?? true }}
          className="grid max-w-120 gap-4"
        >
          <input type="hidden" name="version" value={unit?.version ?? 0} />
          {!unit && (
            <Select label="Customer" name="customer" required>
              <option value="">Choose</option>
              {customers.map(({ id: customerId, name }) => (
                <option key={customerId} value={customerId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          <Field label="Unit number" hint="As painted on the unit" name="unitNumber" required />
          <Select label="Kind" name="kind">
            {assetKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabels[kind]}
              </option>
            ))}
          </Select>
          <Field label="VIN or serial number" hint="We check the VIN and fill in the year and make" name="vin" className="font-mono" autoComplete="off" />
          <Field label="Plate" name="plate" className="font-mono" autoComplete="off" />
          <div className="grid gap-4 sm:grid-cols-[7rem_1fr_1fr]">
            <Field label="Year" inputMode="numeric" name="year" />
            <Field label="Make" name="make" />
            <Field label="Model" name="model" />
          </div>
          <Switch label="Share location with the customer" name="shares" value="on" hint="Shown in the customer portal if the unit has a tracker" />
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton pendingLabel="Saving">{unit ? "Save" : "Add unit"}</SubmitButton>
            <Link to={unit ? paths.staff.asset(id) : paths.staff.assets} className="inline-flex min-h-(--target) items-center text-accent underline">
              Back
            </Link>
          </div>
        </CommandForm>
      </PageBody>
    </>
  );
}
