import { useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { ok } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { nameOfAsset } from "~/modules/assets/asset";
import type { CountedMeter, Meter } from "~/modules/assets/meters/meter";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { formatPlan } from "~/modules/maintenance/format-due";
import { dueOf, type Plan } from "~/modules/maintenance/plan";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readMaintenanceTemplates, readUnitsWithout } from "~/queries/staff/maintenance-templates.server";
import { CommandForm } from "~/ui/command-form";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { Select } from "~/ui/field";
import { SearchField } from "~/ui/filters";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { CustomerFilter } from "./maintenance/customer-filter";
import { askAboutMeters, startRefusals } from "./schedule-entry.server";

export const meta = ({ loaderData }: { loaderData?: { template: { name: string } } }) => [
  { title: loaderData ? `Units for ${loaderData.template.name}` : "Units" },
];
export const shouldRevalidate = () => true;

export const loader = staff.loader("maintenance:manage", async ({ services, session, id: idOf, url }) => {
  const id = idOf("maintenanceTemplate");
  const customerId = parseId("customer", url.searchParams.get("customer"));
  const [templates, customers] = await Promise.all([readMaintenanceTemplates(services.db), readCustomerNames(services.db)]);
  const template = orNotFound(templates.find((one) => one.id === id));
  const query = url.searchParams.get("q") ?? "";
  const found = await readUnitsWithout(services.db, { id, kind: template.kind, customerId, query });
  const { calendar } = template.plan;
  const today = dayOf(services.clock.now(), session.organization.zone);
  return {
    ...{ template, ...found, customers, customerId, query },
    /** The day on which it is due first by the calendar, counted from today. */
    firstDay: calendar && dueOf(template.plan, { means: "last-done", day: today, meters: {} }, []).day,
    areChecked: url.searchParams.get("check") === "all",
  };
});

export const action = staff.commands({
  apply: staff.command({
    permission: "maintenance:manage",
    form: z.looseObject({ start: z.enum(["now", "due"]).default("now") }),
    async run({ services, id, form: { start, ...rest } }) {
      const assetIds = Object.keys(rest).flatMap((name) => (name.startsWith("pick-") ? (parseId("asset", name.slice("pick-".length)) ?? []) : []));
      const applied = await applyTemplate(services, { templateId: id("maintenanceTemplate"), assetIds, start: { kind: start } });
      return applied.ok ? ok({ ...applied.value, had: assetIds.length - applied.value.added }) : applied;
    },
    done: ({ added, had }) =>
      [
        added === 0 ? "Nothing changed." : `Put on ${units(added)}.`,
        had > 0 && `${units(had)} ${had === 1 ? "has it already or is" : "have it already or are"} archived.`,
      ]
        .filter(Boolean)
        .join(" "),
    refusals: { ...startRefusals, doubtful: ({ doubts }) => askAboutMeters(doubts), "no-units": "Check the units first." },
  }),
});

const units = (count: number): string => (count === 1 ? "1 unit" : `${count} units`);

type Row = ReturnType<typeof useLoaderData<typeof loader>>["units"][number];

/** The units without this template, each with what it would be due at if it counts from now. */
export default function TemplateUnits() {
  const { template, units, count, customers, customerId, query, firstDay, areChecked } = useLoaderData<typeof loader>();
  const { distanceUnit, locale, reading, day } = useFormat();
  const chosen = { ...(customerId ? { customer: customerId } : {}), ...(query ? { q: query } : {}) };
  const firstDue = (row: Row): string => {
    const plan: Plan = template.plan;
    const { odometer, engine, reefer, pto } = row;
    const meters: Record<Meter, CountedMeter | null> = { odometer, engine, reefer, pto };
    const texts = plan.meters.map(({ meter, every }) => {
      const now = meters[meter];
      return now ? reading(meter, now.value + every) : "no reading yet";
    });
    return [...texts, ...(firstDay ? [day(firstDay)] : [])].join(" or ");
  };
  return (
    <>
      <PageHeader
        title={template.name}
        state={<TextLink to={paths.staff.maintenanceTemplate(template.id)}>{formatPlan(template.plan, { distanceUnit, locale })}</TextLink>}
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <div className="grid gap-3 lg:flex lg:items-center">
          <CustomerFilter customers={customers} chosen={customerId} keep={query ? { q: query } : {}} />
          <div className="lg:w-80">
            <SearchField label="Find units" value={query} placeholder="Unit, vehicle, customer" keep={customerId ? { customer: customerId } : {}} />
          </div>
        </div>
        {units.length === 0 ? (
          <Empty
            title={query ? "Nothing matches" : customerId ? "Every unit of this customer has it" : "Every unit has it"}
            body={query ? "Try another search. Units that have this template aren't listed." : "Units that don't have this template yet show up here."}
          />
        ) : (
          <CommandForm<typeof action> intent="apply" className="grid gap-4" key={`${areChecked}`}>
            <p>
              <TextLink to={`?${new URLSearchParams({ ...chosen, ...(areChecked ? {} : { check: "all" }) })}`}>
                {areChecked ? "Check none" : `Check all ${units.length}`}
              </TextLink>
            </p>
            {count > units.length && (
              <p>
                These are {units.length} of {count.toLocaleString(locale)} units. Choose a customer or search to see the others.
              </p>
            )}
            <DataTable
              caption="Units without this template"
              rows={units}
              rowKey={({ id }: Row) => id}
              selection={({ id, unitNumber }) => ({ name: `pick-${id}`, value: "on", label: `Unit ${unitNumber}`, chosen: areChecked })}
              columns={[
                { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
                { key: "name", title: "Vehicle", wraps: true, cell: (row) => nameOfAsset(row) },
                { key: "customer", title: "Customer", wraps: true, from: "sm", cell: ({ customer }) => customer },
                { key: "due", title: "First due, counted from now", wraps: true, figures: true, cell: firstDue },
              ]}
            />
            <div className="flex flex-wrap items-end gap-3">
              <Select label="Counts from" name="start" className="w-auto">
                <option value="now">Today and the current meters</option>
                <option value="due">Nobody knows: due now</option>
              </Select>
              <SubmitButton pendingLabel="Saving">Put on checked units</SubmitButton>
            </div>
            <p className="text-small text-ink-soft">If you know when a unit had it last, record that on the unit's maintenance page afterwards.</p>
          </CommandForm>
        )}
      </PageBody>
    </>
  );
}
