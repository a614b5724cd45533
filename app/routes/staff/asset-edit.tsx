import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { assetKinds, kindLabels } from "~/modules/assets/asset";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { staff } from "~/platform/http/guards.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } | null } }) => [
  { title: loaderData?.unit ? `Edit unit ${loaderData.unit.unitNumber}` : "Add unit" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("asset:manage", async ({ services, params, url }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const record = await readUnitRecord(services.db, id);
  return { id, unit: record?.unit ?? null, customers: record ? [] : await readCustomerNames(services.db), customer: url.searchParams.get("customer") ?? "" };
});

const AssetFields = z.object({
  version: z.coerce.number().int().min(0),
  customer: z.string().optional(),
  unitNumber: z.string(),
  kind: z.enum(assetKinds),
  vin: z.string(),
  plate: z.string(),
  year: z.string(),
  make: z.string(),
  model: z.string(),
  shares: z.literal("on").optional(),
});

export const action = staff.action("asset:manage", AssetFields, async ({ services, params, form }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const { version, customer, shares, ...typed } = form;
  const values = { ...typed, customer: customer ?? "", shares: shares ?? "off", version: String(version) };
  const owner = parseId("customer", customer ?? null);
  if (version === 0 && !owner)
    return problem(422, { message: "Fix the highlighted fields.", fields: { customer: "Choose the customer who owns this unit." }, values });
  const saved = await saveAsset(services, { id, form: { ...typed, shares: shares === "on" }, ...(version === 0 && owner ? { owner } : { seen: version }) });
  if (saved.ok) throw redirect(paths.staff.asset(id));
  switch (saved.error.kind) {
    case "wrong":
      return problem(422, { message: "Fix the highlighted fields.", fields: saved.error.fields, values });
    case "vin-taken":
      return problem(409, {
        message: "Fix the highlighted fields.",
        fields: { vin: "Another unit has this VIN. If that unit is gone, archive it first." },
        values,
      });
    case "id-taken":
      return idTaken(values);
    case "stale":
      return problem(409, {
        message: "Someone else just changed this unit. Your entries are still here; save again to replace theirs.",
        values: { ...values, clash: "yes" },
      });
    default:
      throw new Response("Not found", { status: 404 });
  }
});

export default function AssetForm() {
  const { id, unit, customers, customer } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const values = refusal?.values;
  const field = (name: "unitNumber" | "vin" | "plate" | "year" | "make" | "model") => ({
    name,
    defaultValue: values?.[name] ?? String(unit?.[name] ?? ""),
    error: refusal?.fields?.[name],
  });
  const shares = values ? values.shares === "on" : (unit?.sharesPosition ?? true);
  return (
    <>
      <PageHeader
        title={unit ? "Edit unit" : "Add unit"}
        mark={unit && <UnitPlate number={unit.unitNumber} size="medium" />}
        state={unit && <span>{unit.customer}</span>}
      />
      <PageBody>
        <FormResult result={result} />
        <Form method="post" className="grid max-w-120 gap-4" noValidate>
          <input type="hidden" name="version" value={unit?.version ?? 0} />
          {!unit && (
            <Select label="Customer" name="customer" defaultValue={values?.customer ?? customer} error={refusal?.fields?.customer} required>
              <option value="">Choose</option>
              {customers.map(({ id: customerId, name }) => (
                <option key={customerId} value={customerId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          <Field label="Unit number" hint="As painted on the unit" {...field("unitNumber")} required />
          <Select label="Kind" name="kind" defaultValue={values?.kind ?? unit?.kind ?? "truck"}>
            {assetKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabels[kind]}
              </option>
            ))}
          </Select>
          <Field
            label="VIN or serial number"
            hint="We check the VIN and fill in the year and make"
            {...field("vin")}
            className="font-mono"
            autoComplete="off"
          />
          <Field label="Plate" {...field("plate")} className="font-mono" autoComplete="off" />
          <div className="grid gap-4 sm:grid-cols-[7rem_1fr_1fr]">
            <Field label="Year" inputMode="numeric" {...field("year")} />
            <Field label="Make" {...field("make")} />
            <Field label="Model" {...field("model")} />
          </div>
          <Switch
            label="Share location with the customer"
            name="shares"
            value="on"
            defaultChecked={shares}
            hint="Shown in the customer portal if the unit has a tracker"
          />
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton pendingLabel="Saving">{unit ? "Save" : "Add unit"}</SubmitButton>
            <Link to={unit ? paths.staff.asset(id) : paths.staff.assets} className="inline-flex min-h-(--target) items-center text-accent underline">
              Back
            </Link>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
