import { KeyRound } from "lucide-react";
import { Form, Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { activityOf } from "~/kernel/activity";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { never } from "~/kernel/result";
import { dayOf, toUtcMs, type UtcMs } from "~/kernel/time";
import { assignmentRefusalMessages } from "~/modules/assets/assignment";
import { assignVehicle, giveBackVehicle } from "~/modules/assets/driver-vehicles.server";
import { describeDriverEvent } from "~/modules/drivers/activity";
import { readDriversCustomer } from "~/modules/drivers/drivers.read.server";
import { proposeCode } from "~/modules/drivers/propose-code.server";
import { addDriver, archiveDriver, changeDriver, resetPin } from "~/modules/drivers/save-driver.server";
import { staff } from "~/platform/http/guards.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { readDriverRecord } from "~/queries/staff/driver-record.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { Field, Select, Switch } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ loaderData }: { loaderData?: { record: { driver: { name: string } } | null } }) => [
  { title: loaderData?.record?.driver.name ?? "New driver" },
];

export const loader = staff.loader("driver:read", async ({ services, session, params, url }) => {
  const record = await readDriverRecord(services.db, orNotFound(parseId("driver", params.driverId)));
  // A driver not saved yet belongs to the customer named in the URL.
  const newFor = parseId("customer", url.searchParams.get("customer"));
  const customer = record
    ? { id: record.driver.customerId, name: record.driver.customer }
    : orNotFound(newFor && (await readDriversCustomer(services.db, newFor)));
  const { zone, locale } = session.organization;
  const now = services.clock.now();
  return {
    record: record && { ...record, activity: activityOf(record.activity, describeDriverEvent) },
    customer,
    code: record?.driver.code ?? (await proposeCode(services.db)),
    mayManage: may("staff", session.membership.role, "driver:manage"),
    today: dayOf(now, zone),
    zone,
    locale,
    now,
  };
});

const DriverForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    version: z.coerce.number().int().min(0),
    name: z.string().trim().min(1, "Enter the driver's name.").max(80, "Use at most 80 characters."),
    phone: z.string().trim().max(40, "Use at most 40 characters."),
    email: z.string(),
    code: z.string(),
    portal: z.literal("on").optional(),
  }),
  z.object({ intent: z.literal("reset-pin") }),
  z.object({ intent: z.literal("archive") }),
  z.object({ intent: z.literal("assign"), unit: z.string(), first: z.string(), last: z.string() }),
  z.object({ intent: z.literal("give-back"), unit: z.string(), from: z.coerce.number() }),
]);

const STALE = { message: "Someone else just changed this driver. Check the latest version and try again." };
const done = (message: string, pin: string | null = null) => ({ problem: null, done: message, pin });
const wrongField = (field: string, message: string, values: Record<string, string>) =>
  problem(422, { message: "Fix the highlighted fields.", fields: { [field]: message }, values });

export const action = staff.action("driver:manage", DriverForm, async ({ services, session, params, url, form }) => {
  const id = orNotFound(parseId("driver", params.driverId));
  switch (form.intent) {
    case "save": {
      const { name, phone, email, code, version } = form;
      const typed = { name, phone, email, code, portalEnabled: form.portal === "on" };
      const values = { name, phone, email, code };
      const saved =
        version === 0
          ? await addDriver(services, { id, customerId: orNotFound(parseId("customer", url.searchParams.get("customer"))), form: typed })
          : await changeDriver(services, { id, version, form: typed });
      if (saved.ok) {
        if (!saved.value) return done("Saved.");
        return saved.value.pin
          ? done(`${name} added.`, saved.value.pin)
          : done(`${name} was already added by this form. If no one wrote down the PIN, reset it.`);
      }
      switch (saved.error.kind) {
        case "not-found":
          throw new Response("Not found", { status: 404 });
        case "id-taken":
          return idTaken(values);
        case "stale":
          return problem(409, { ...STALE, values });
        case "archived":
          return problem(409, { message: "This driver is archived and can't be changed." });
        case "not-an-email":
          return wrongField("email", "Enter a valid email address.", values);
        case "not-a-code":
          return wrongField("code", "Enter a code of 4 to 8 digits.", values);
        case "code-taken":
          return wrongField("code", "Another driver has this code.", values);
        case "email-taken":
          return wrongField("email", "Another driver has this address.", values);
        default:
          return never(saved.error);
      }
    }
    case "reset-pin": {
      const reset = await resetPin(services, id);
      return reset.ok ? done("PIN reset. The old PIN no longer works.", reset.value.pin) : refused(reset.error.kind);
    }
    case "archive": {
      const archived = await archiveDriver(services, id);
      return archived.ok ? done("Driver archived and signed out. The code can be used again.") : refused(archived.error.kind);
    }
    case "assign": {
      const { unit, first, last } = form;
      const assetId = parseId("asset", unit);
      if (!assetId) return wrongField("unit", "Choose a unit.", { first, last });
      const assigned = await assignVehicle(services, { driverId: id, assetId, first, last: last || null, zone: session.organization.zone });
      if (assigned.ok) return done("Unit assigned.");
      if (assigned.error.kind === "not-found" || assigned.error.kind === "stale") return refused(assigned.error.kind);
      const field = assigned.error.kind === "backwards" ? "last" : assigned.error.kind === "overlaps" ? "unit" : "first";
      return wrongField(field, assignmentRefusalMessages[assigned.error.kind], { unit, first, last });
    }
    case "give-back": {
      const assetId = parseId("asset", form.unit);
      const given = assetId ? await giveBackVehicle(services, { driverId: id, assetId, from: toUtcMs(form.from) }) : null;
      return given?.ok ? done("Assignment ended.") : refused(given?.error.kind ?? "not-found");
    }
  }
});

const refused = (kind: "not-found" | "stale") =>
  kind === "stale" ? problem(409, STALE) : problem(404, { message: "That doesn't exist anymore. Reload the page." });

export default function Driver() {
  const { record, customer, code, mayManage, today, zone, locale, now } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const driver = record?.driver;
  const moment = { zone, locale, now };
  const isOpen = driver?.archivedAt == null;
  const noRight = mayManage ? null : "Only owners and managers can change this.";
  const field = (name: "name" | "phone" | "email") => ({
    name,
    defaultValue: refusal?.values?.[name] ?? driver?.[name] ?? "",
    error: refusal?.fields?.[name],
    disabled: !mayManage,
  });
  return (
    <>
      <PageHeader title={driver?.name ?? "New driver"} state={driver && <DriverStatus driver={driver} />} />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.message }} />}
        {result && "done" in result && (
          <Notice tone="green" title={result.done}>
            {result.pin && (
              <>
                <p>Give the driver this PIN now. It won't be shown again.</p>
                <p>
                  Code <span className="font-mono">{code}</span>, PIN <span className="font-mono text-lead">{result.pin}</span>
                </p>
              </>
            )}
          </Notice>
        )}
        <Facts>
          <Fact term="Drives for">
            <Link to={paths.staff.customer(customer.id)} className="text-accent underline">
              {customer.name}
            </Link>
          </Fact>
          {driver && (
            <>
              <Fact term="Code" code>
                {driver.code}
              </Fact>
              <Fact term="Email">{driver.email ?? "none (code and PIN only)"}</Fact>
              <Fact term="Phone">{driver.phone ?? "not on file"}</Fact>
              <Fact term={isOpen ? "Driver since" : "Archived"}>
                <Moment at={driver.archivedAt ?? driver.createdAt} {...moment} />
              </Fact>
            </>
          )}
        </Facts>
        <div className="grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid content-start gap-6">
            {record && <Vehicles record={record} mayManage={mayManage && isOpen} today={today} moment={moment} refusal={refusal} />}
            {isOpen && (
              <Section title={driver ? "Name and sign-in" : "Driver details"}>
                <Form method="post" className="grid max-w-96 gap-4" noValidate>
                  <input type="hidden" name="intent" value="save" />
                  <input type="hidden" name="version" value={driver?.version ?? 0} />
                  <Field label="Name" {...field("name")} autoComplete="off" required />
                  <Field label="Phone" {...field("phone")} type="tel" />
                  <Field label="Email" {...field("email")} type="email" hint="Optional. With an address, the driver can sign in with an emailed link." />
                  <Field
                    key={code}
                    label="Code"
                    name="code"
                    inputMode="numeric"
                    autoComplete="off"
                    className="font-mono"
                    hint="4 to 8 digits. The driver enters it with the PIN on a shop tablet."
                    defaultValue={refusal?.values?.code ?? code}
                    error={refusal?.fields?.code}
                    disabled={!mayManage}
                    required
                  />
                  <Switch
                    key={String(driver?.portalEnabled)}
                    label="Driver portal"
                    name="portal"
                    value="on"
                    defaultChecked={driver?.portalEnabled ?? true}
                    disabled={!mayManage}
                    hint="Turning it off or changing the email signs the driver out at once."
                  />
                  <div>
                    <SubmitButton pendingLabel="Saving" disabled={!mayManage}>
                      {driver ? "Save" : "Add driver"}
                    </SubmitButton>
                  </div>
                  {noRight && <p className="text-small text-ink-soft">{noRight}</p>}
                </Form>
              </Section>
            )}
            {driver && isOpen && (
              <Section title="PIN">
                <Form method="post" className="flex flex-wrap items-center gap-3">
                  <span className="text-ink-soft">We store only a hash of the PIN. A new PIN ends sessions that the old one started.</span>
                  <Button type="submit" name="intent" value="reset-pin" icon={KeyRound} disabled={!mayManage}>
                    Reset PIN
                  </Button>
                </Form>
              </Section>
            )}
            {driver && isOpen && (
              <Section title="Archive">
                <Form method="post" className="flex flex-wrap items-center gap-3">
                  <span className="text-ink-soft">For a driver who no longer drives. The record and its activity are kept. You can't undo this.</span>
                  <Button type="submit" name="intent" value="archive" kind="danger" disabled={!mayManage}>
                    Archive driver
                  </Button>
                </Form>
              </Section>
            )}
          </div>
          {record && (
            <Section title="Activity">
              {record.activity.length === 0 ? (
                <p className="text-ink-soft">Sign-ins, PIN resets and vehicle assignments are listed here.</p>
              ) : (
                <ActivityTimeline lines={record.activity} {...moment} />
              )}
            </Section>
          )}
        </div>
      </PageBody>
    </>
  );
}

function DriverStatus({ driver: { archivedAt, portalEnabled } }: { driver: { archivedAt: UtcMs | null; portalEnabled: boolean } }) {
  if (archivedAt !== null) return <StateMark tone="slate" label="Archived" />;
  return <StateMark tone={portalEnabled ? "green" : "slate"} label={portalEnabled ? "Portal on" : "Portal off"} />;
}

type VehiclesProps = {
  record: Omit<NonNullable<Awaited<ReturnType<typeof readDriverRecord>>>, "activity">;
  mayManage: boolean;
  today: string;
  moment: { zone: string; locale: string; now: UtcMs };
  refusal: { fields?: Record<string, string>; values?: Record<string, string> } | null | undefined;
};

function Vehicles({ record: { driver, vehicles, units }, mayManage, today, moment, refusal }: VehiclesProps) {
  return (
    <Section title="Vehicles" count={vehicles.length}>
      {vehicles.length === 0 ? (
        <Empty title="No vehicles yet" body={`Units assigned to ${driver.name} show up here, with dates, and on the driver's phone.`} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {vehicles.map(({ assetId, unitNumber, year, make, model, from, to }) => (
            <li key={`${assetId} ${from}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
              <span className="min-w-17">
                <UnitPlate number={unitNumber} />
              </span>
              <span className="min-w-0 flex-1 basis-40">
                {[year, make, model].filter(Boolean).join(" ")}
                <span className="block text-small text-ink-soft">
                  from <Moment at={from} {...moment} />
                  {to !== null && (
                    <>
                      {" "}
                      until <Moment at={to} {...moment} />
                    </>
                  )}
                </span>
              </span>
              {mayManage && (to === null || to > moment.now) && (
                <Form method="post">
                  <input type="hidden" name="intent" value="give-back" />
                  <input type="hidden" name="unit" value={assetId} />
                  <input type="hidden" name="from" value={from} />
                  <Button type="submit" aria-label={`End assignment of unit ${unitNumber}`}>
                    End
                  </Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayManage && (
        <Form method="post" className="grid max-w-150 gap-3 sm:grid-cols-[1fr_1fr_1fr_auto] sm:items-end" noValidate>
          <input type="hidden" name="intent" value="assign" />
          <Select label="Unit" name="unit" defaultValue={refusal?.values?.unit ?? ""} error={refusal?.fields?.unit} required>
            <option value="">Choose a unit</option>
            {units.map(({ assetId, unitNumber, make, model }) => (
              <option key={assetId} value={assetId}>
                {[unitNumber, make, model].filter(Boolean).join(" ")}
              </option>
            ))}
          </Select>
          <Field label="First day" name="first" type="date" defaultValue={refusal?.values?.first ?? today} error={refusal?.fields?.first} required />
          <Field label="Last day" name="last" type="date" defaultValue={refusal?.values?.last} error={refusal?.fields?.last} />
          <SubmitButton kind="quiet" pendingLabel="Assigning">
            Assign unit
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}
