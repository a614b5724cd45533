import { Plus, UserPlus } from "lucide-react";
import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { assetKinds, checkAsset, kindLabels } from "~/modules/assets/asset";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { UnitChoice } from "~/modules/assets/unit-select.view";
import { checkCustomer } from "~/modules/customers/customer-form";
import { CustomerWarnings } from "~/modules/customers/customer-warnings.view";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { readStaff } from "~/modules/people/staff.read.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { PersonSelect } from "~/modules/work-orders/person-select.view";
import { readPromise } from "~/modules/work-orders/tracker/promise";
import { idField, requiredText, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, missing, onField } from "~/platform/http/refusals.server";
import { readCustomerWarnings } from "~/queries/staff/customer-warnings.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { UnitPlate } from "~/ui/unit-plate";
import { AsksBeforeLeaving } from "~/ui/unsaved";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "New work order" }];

const GONE = "That unit doesn't exist anymore. Choose another.";
const MISSING = "Something was missing from that form. Reload the page and try again.";
const complaint = requiredText(4_000, "Enter what's wrong.");

export const action = staff.commands({
  open: staff.command({
    permission: "work-order:write",
    form: z.object({
      id: idField("workOrder", MISSING),
      unit: idField("asset", MISSING),
      complaint,
      lead: z.string(),
      promised: z.string(),
      purchaseOrder: z.string().trim().max(40, "Use at most 40 characters."),
      draft: switched,
    }),
    async run({ services, session, form }) {
      const promised = readPromise(form.promised, session.organization.zone, services.clock.now());
      if (!promised.ok) return err(invalid({ promised: promised.error }));
      const lead = (await readStaff(services)).find((person) => person.id === form.lead) ?? null;
      return openWorkOrder(services, {
        id: form.id,
        assetId: form.unit,
        complaint: form.complaint,
        lead: lead && { id: lead.id, name: lead.name },
        promisedAt: promised.value,
        purchaseOrder: form.purchaseOrder || null,
        asDraft: form.draft,
      });
    },
    goTo: ({ form }) => paths.staff.order(form.id),
    refusals: { "no-such-unit": missing(GONE) },
  }),
  /** Someone calls who is not known yet: customer, unit and order from one form. */
  "open-new": staff.command({
    permission: "customer:manage",
    form: z.object({
      id: idField("workOrder", MISSING),
      customer: idField("customer", MISSING),
      unit: idField("asset", MISSING),
      customerName: z.string(),
      phone: z.string(),
      email: z.string(),
      unitNumber: z.string(),
      kind: z.enum(assetKinds),
      vin: z.string(),
      complaint,
    }),
    async run({ services, form }) {
      const customer = { name: form.customerName, email: form.email, phone: form.phone, laborRate: "", taxCertificate: "", shares: true };
      const asset = { unitNumber: form.unitNumber, kind: form.kind, vin: form.vin, plate: "", year: "", make: "", model: "", shares: true };
      const [theirs, its] = [checkCustomer(customer), checkAsset(asset, new Date(services.clock.now()).getUTCFullYear())];
      // All fields at once, before anything is saved.
      const { name, ...fields } = theirs.ok ? {} : theirs.error;
      const wrong = { ...fields, ...(name ? { customerName: name } : {}), ...(its.ok ? {} : its.error) };
      if (Object.keys(wrong).length > 0) return err(invalid(wrong));
      const added = await saveCustomer(services, { id: form.customer, form: customer, seen: null });
      if (!added.ok) return added;
      const saved = await saveAsset(services, { id: form.unit, form: asset, owner: form.customer });
      if (!saved.ok) return saved;
      const opening = { id: form.id, assetId: form.unit, complaint: form.complaint, lead: null, promisedAt: null, purchaseOrder: null, asDraft: false };
      return openWorkOrder(services, opening);
    },
    goTo: ({ form }) => paths.staff.order(form.id),
    refusals: { "vin-taken": onField("vin", "Another unit has this VIN. Find it above."), "no-such-unit": missing(GONE) },
  }),
});

export const loader = staff.loader(
  "work-order:write",
  async ({ services, session, url }) => {
    const query = url.searchParams.get("q") ?? "";
    const wanted = parseId("asset", url.searchParams.get("unit"));
    const [found, people] = await Promise.all([findUnits(services.db, { query, only: wanted }), readStaff(services)]);
    const unit = wanted ? (found[0] ?? null) : null;
    const now = services.clock.now();
    return {
      unit,
      warnings: unit && (await readCustomerWarnings(services.db, unit.customerId, dayOf(now, session.organization.zone))),
      units: unit ? [] : found,
      query,
      fresh: newId("workOrder", now),
      freshCustomer: newId("customer", now),
      freshUnit: newId("asset", now),
      people: people.map(({ id, name }) => ({ id, name })),
    };
  },
  action,
);

export default function NewWorkOrder() {
  const { unit, units, query, warnings } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  if (!unit) {
    return (
      <>
        <PageHeader title="New work order" />
        <PageBody>
          <FormResult result={result} />
          <UnitChoice units={units} query={query} />
          <NewCaller />
        </PageBody>
      </>
    );
  }
  return (
    <>
      <PageHeader title="New work order" mark={<UnitPlate number={unit.unitNumber} size="medium" />} state={<span>{unit.customer}</span>} />
      <PageBody>
        <FormResult result={result} />
        {warnings && <CustomerWarnings warnings={warnings} />}
        <p className="text-ink-soft">
          {[unit.year, unit.make, unit.model].filter(Boolean).join(" ")}{" "}
          <Link to={paths.staff.newOrder} className="text-accent underline">
            Choose another unit
          </Link>
        </p>
        <KnownUnit unitId={unit.id} />
      </PageBody>
    </>
  );
}

function KnownUnit({ unitId }: { unitId: string }) {
  const { fresh, people } = useLoaderData<typeof loader>();
  return (
    <CommandForm<typeof action> intent="open" className="grid max-w-120 gap-4">
      <AsksBeforeLeaving />
      <input type="hidden" name="id" value={fresh} />
      <input type="hidden" name="unit" value={unitId} />
      <TextArea label="What's wrong" name="complaint" hint="In the customer's or driver's words" rows={3} required autoFocus />
      <PersonSelect label="Assigned to" name="lead" people={people} />
      <Field label="Promised" name="promised" type="datetime-local" hint="When the customer gets the unit back. They see it in the portal." />
      <Field label="Customer's PO number" name="purchaseOrder" />
      <Switch label="Save as a draft" name="draft" value="on" hint="It comes on the board when its unit arrives." />
      <div>
        <SubmitButton icon={Plus} pendingLabel="Opening">
          Open work order
        </SubmitButton>
      </div>
    </CommandForm>
  );
}

/** Customer, unit and order of someone who calls for the first time. */
function NewCaller() {
  const { fresh, freshCustomer, freshUnit, query } = useLoaderData<typeof loader>();
  const refused = useRefusedForm<typeof action>()("open-new");
  const typed = refused?.typed;
  return (
    <Disclosure title="New customer and unit" icon={UserPlus} open={refused !== null}>
      <CommandForm<typeof action> intent="open-new" className="grid max-w-120 gap-4">
        <AsksBeforeLeaving />
        <input type="hidden" name="id" value={typed?.id ?? fresh} />
        <input type="hidden" name="customer" value={typed?.customer ?? freshCustomer} />
        <input type="hidden" name="unit" value={typed?.unit ?? freshUnit} />
        <Field label="Customer" name="customerName" defaultValue={query} required />
        <Field label="Phone" type="tel" name="phone" />
        <Field label="Email" type="email" name="email" hint="For estimates and invoices" />
        <Field label="Unit number" name="unitNumber" required />
        <Select label="Kind" name="kind">
          {assetKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindLabels[kind]}
            </option>
          ))}
        </Select>
        <Field label="VIN or serial number" name="vin" className="font-mono" />
        <TextArea label="What's wrong" name="complaint" id="new-complaint" hint="In the customer's or driver's words" rows={3} required />
        <div>
          <SubmitButton icon={Plus} pendingLabel="Opening">
            Open work order
          </SubmitButton>
        </div>
      </CommandForm>
    </Disclosure>
  );
}
