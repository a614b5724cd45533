import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { ClipboardPen, Map as MapIcon, Pencil, Plus, QrCode as QrIcon } from "lucide-react";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { storyOf } from "~/kernel/story";
import { localInstant, localText, type UtcMs } from "~/kernel/time";
import { type DistanceUnit, formatDistance, formatEngineHours, parseReading } from "~/kernel/units";
import { kindWords, nameOfAsset, yearDiffers } from "~/modules/assets/asset";
import { archiveAsset, handOverAsset, setOutOfService } from "~/modules/assets/change-asset.server";
import type { Meter } from "~/modules/assets/meter";
import { noteMeter } from "~/modules/assets/note-meter.server";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { DeferredWork } from "~/modules/estimates/deferred.view";
import { readDeferredWork } from "~/modules/estimates/estimate-record.read.server";
import { readAssetDevices } from "~/modules/telematics/asset-devices.read.server";
import { stateTones } from "~/modules/work-orders/state.view";
import { readCustomerNames, readUnitRecord } from "~/modules/work-orders/unit-record.read.server";
import { unitStatus } from "~/modules/work-orders/unit-status";
import { statusTones } from "~/modules/work-orders/unit-status.view";
import { tellUnit } from "~/modules/work-orders/unit-story";
import { docketNumber, stateWords } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Disclosure } from "~/ui/disclosure";
import { Docket } from "~/ui/docket";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import type { MomentOptions } from "~/ui/moment";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { Story } from "~/ui/story";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ data }: { data?: { unit: { unitNumber: string } } }) => [{ title: data ? `Unit ${data.unit.unitNumber}` : "Unit" }];

/** Read again after a refusal too: it is understood beside how things stand now. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("asset:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const mayManage = may("staff", session.membership.role, "asset:manage");
  const record = orNotFound(await readUnitRecord(services.db, id));
  const [customers, devices, deferred, attachments] = await Promise.all([
    mayManage ? readCustomerNames(services.db) : [],
    readAssetDevices(services.db, id),
    readDeferredWork(services.db, id),
    readAttachments(services, { kind: "asset", id }, url.searchParams.get("files")),
  ]);
  const { zone, locale, currency, distanceUnit } = session.organization;
  return {
    ...record,
    story: storyOf(record.story, tellUnit),
    customers,
    devices,
    deferred,
    attachments,
    zone,
    locale,
    currency,
    distanceUnit,
    now: services.clock.now(),
    mayManage,
  };
});

const AssetActs = z.discriminatedUnion("act", [
  z.object({ act: z.literal("reading"), meter: z.enum(["odometer", "engine"]), shown: z.string() }),
  z.object({ act: z.literal("off"), why: z.string().trim().min(1, "Say why it is off the road.").max(200, "Keep it under 200 letters.") }),
  z.object({ act: z.literal("on") }),
  z.object({ act: z.literal("hand-over"), to: z.string(), from: z.string() }),
  z.object({ act: z.literal("archive") }),
]);

const done = (words: string) => ({ problem: null, done: words });
const STALE = { words: "Somebody else changed this unit just now. The page shows how it stands; repeat it if it is still right." };
const MANAGERS = { words: "Only an owner or manager can do this." };

export const action = staff.action("asset:read", AssetActs, async ({ services, session, params, form }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const { zone, distanceUnit } = session.organization;
  if (form.act === "reading") {
    const { unit } = orNotFound(await readUnitRecord(services.db, id));
    const shown = parseReading(form.shown);
    if (shown === null)
      return problem(422, { words: "Check what is marked.", fields: { shown: "A reading is a number such as 412,345." }, values: { shown: form.shown } });
    const standing = await noteMeter(services, {
      assetId: unit.id,
      meter: form.meter,
      shown,
      unit: distanceUnit,
      source: `read by ${session.membership.name}`,
    });
    return done(standing === "counted" ? "The reading is noted." : "Noted for review: it does not fit the readings before it, so it does not count yet.");
  }
  if (!may("staff", session.membership.role, "asset:manage")) return problem(403, MANAGERS);
  switch (form.act) {
    case "off":
    case "on": {
      const set = await setOutOfService(services, id, form.act === "off" ? form.why : null);
      if (set.ok) return done(form.act === "off" ? "It is out of service." : "It is back in service.");
      return set.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "archive": {
      const archived = await archiveAsset(services, id);
      if (archived.ok) return done("Archived. Its orders and its story stay.");
      return archived.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "hand-over": {
      const [to, from] = [parseId("customer", form.to), localInstant(form.from, zone)];
      const values = { to: form.to, from: form.from };
      if (!to) return problem(422, { words: "Check what is marked.", fields: { to: "Choose the new owner." }, values });
      if (from === null) return problem(422, { words: "Check what is marked.", fields: { from: "Give the day and time." }, values });
      const handed = await handOverAsset(services, { id, to, from });
      if (handed.ok) return done("Handed over. What it did before stays with the owner of that time.");
      switch (handed.error.kind) {
        case "same-owner":
          return problem(422, { words: "Check what is marked.", fields: { to: "That is whose it is already." }, values });
        case "too-early":
          return problem(422, { words: "Check what is marked.", fields: { from: "That is before its owner of today had it." }, values });
        case "in-future":
          return problem(422, { words: "Check what is marked.", fields: { from: "That is still to come." }, values });
        default:
          return handed.error.kind === "stale" ? problem(409, STALE) : gone();
      }
    }
  }
});

function gone(): never {
  throw new Response("Not found", { status: 404 });
}

export default function Asset() {
  const { unit, owners, drivers, devices, deferred, attachments, meters, orders, story, customers, zone, locale, currency, distanceUnit, now, mayManage } =
    useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const moment = { zone, locale, now };
  const { status, words } = unitStatus(unit, orders);
  const told = yearDiffers(unit, new Date(now).getUTCFullYear());
  return (
    <>
      <PageHeader
        title={nameOfAsset(unit)}
        mark={<UnitPlate number={unit.unitNumber} state={statusTones[status]} size="medium" />}
        state={unit.archivedAt === null ? <StateMark tone={statusTones[status]} word={words} /> : <StateMark tone="slate" word="Archived" />}
        action={
          <>
            {unit.archivedAt === null && (
              <ButtonLink to={`${paths.staff.newOrder}?unit=${unit.id}`} kind="primary" icon={Plus}>
                New work order
              </ButtonLink>
            )}
            {unit.archivedAt === null && (
              <ButtonLink to={`${paths.staff.newEstimate}?unit=${unit.id}`} icon={ClipboardPen}>
                New estimate
              </ButtonLink>
            )}
            <ButtonLink to={paths.staff.unit(unit.id)} icon={MapIcon}>
              On the map
            </ButtonLink>
            <ButtonLink to={paths.staff.assetLabel(unit.id)} icon={QrIcon}>
              Label
            </ButtonLink>
            {mayManage && unit.archivedAt === null && (
              <ButtonLink to={paths.staff.assetForm(unit.id)} icon={Pencil}>
                Change
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && <Notice tone="green" title={result.done} />}
        {unit.outOfServiceAt !== null && (
          <Notice tone="red" title={`Out of service: ${unit.outOfServiceWhy}`}>
            <p>
              Since <Moment at={unit.outOfServiceAt} {...moment} />
            </p>
          </Notice>
        )}
        {told !== null && <Notice tone="amber" title={`The VIN says model year ${told}; ${unit.year} is written down.`} />}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Facts>
              <Fact term="Customer">
                <Link to={paths.staff.customer(unit.customerId)} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
                  {unit.customer}
                </Link>
              </Fact>
              <Fact term="Kind">{kindWords[unit.kind]}</Fact>
              <Fact term={unit.kind === "equipment" ? "Serial number" : "VIN"} code>
                {unit.vin ?? "not written down"}
              </Fact>
              <Fact term="Plate" code>
                {unit.plate ?? "none"}
              </Fact>
              {unit.kind !== "trailer" && <MeterFact term="Odometer" meter="odometer" reading={meters.odometer} {...{ distanceUnit, zone, locale, now }} />}
              {unit.kind !== "trailer" && <MeterFact term="Engine hours" meter="engine" reading={meters.engine} {...{ distanceUnit, zone, locale, now }} />}
              <Fact term="Seen by its customer">{unit.sharesPosition ? "where it is" : "not where it is"}</Fact>
            </Facts>
            <Section title="Work orders" count={orders.length}>
              {orders.length === 0 ? (
                <Empty title="No work yet" body="Every repair of this unit stands here, the newest first." />
              ) : (
                <DataTable
                  caption="Work orders of this unit"
                  rows={orders}
                  rowKey={({ id }: (typeof orders)[number]) => id}
                  rowTo={({ id }) => paths.staff.order(id)}
                  columns={[
                    {
                      key: "number",
                      title: "Order",
                      cell: ({ number, state }) => <Docket number={docketNumber(number)} state={stateTones[state]} stateWord={stateWords[state]} />,
                    },
                    { key: "title", title: "What", words: true, cell: ({ title }) => title },
                    { key: "state", title: "State", from: "sm", cell: ({ state }) => <StateMark bare tone={stateTones[state]} word={stateWords[state]} /> },
                    { key: "at", title: "Since", from: "lg", cell: ({ stateSince }) => <Moment at={stateSince} {...moment} /> },
                    { key: "price", title: "Price", from: "sm", figures: true, cell: ({ price }) => formatMoney(price, currency, locale) },
                  ]}
                />
              )}
            </Section>
            <DeferredWork assetId={unit.id} deferred={deferred} moment={moment} currency={currency} locale={locale} />
            {drivers.length > 0 && (
              <Section title="Who drives it">
                <Dated
                  rows={drivers.map(({ driverId, name, from, to }) => ({
                    key: `${driverId}-${from}`,
                    to: paths.staff.driver(driverId),
                    word: name,
                    from,
                    until: to,
                  }))}
                  {...moment}
                />
              </Section>
            )}
            {devices.length > 0 && (
              <Section title="Trackers">
                <Dated
                  rows={devices.map(({ code, label, from, to }) => ({
                    key: `${code}-${from}`,
                    to: paths.staff.devices,
                    word: `${code}, ${label}`,
                    from,
                    until: to,
                  }))}
                  {...moment}
                />
              </Section>
            )}
            <Section title="Whose it was">
              <Dated
                rows={owners.map(({ customerId, customer, from, to }) => ({
                  key: String(from),
                  to: paths.staff.customer(customerId),
                  word: customer,
                  from,
                  until: to,
                }))}
                {...moment}
              />
            </Section>
            <AttachmentPanel {...attachments} moment={moment} />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {unit.kind !== "trailer" && unit.archivedAt === null && (
              <Section title="Note a meter reading">
                <Form method="post" className="flex flex-wrap items-end gap-3" noValidate>
                  <input type="hidden" name="act" value="reading" />
                  <Select label="Meter" name="meter" defaultValue={unit.kind === "equipment" ? "engine" : "odometer"} className="w-auto">
                    <option value="odometer">Odometer ({distanceUnit})</option>
                    <option value="engine">Engine hours</option>
                  </Select>
                  <div className="w-32">
                    <Field label="Reading" name="shown" figures error={refusal?.fields?.shown} defaultValue={refusal?.values?.shown} />
                  </div>
                  <SubmitButton kind="quiet" pendingWord="Noting">
                    Note it
                  </SubmitButton>
                </Form>
                <InReview meters={meters} distanceUnit={distanceUnit} {...moment} />
              </Section>
            )}
            {mayManage && unit.archivedAt === null && (
              <div className="grid gap-3">
                {unit.outOfServiceAt === null ? (
                  <Disclosure title="Take out of service" open={Boolean(refusal?.fields?.why)}>
                    <Form method="post" className="grid gap-3" noValidate>
                      <input type="hidden" name="act" value="off" />
                      <Field label="Because" name="why" error={refusal?.fields?.why} />
                      <SubmitButton kind="danger" pendingWord="Taking off">
                        Take out of service
                      </SubmitButton>
                    </Form>
                  </Disclosure>
                ) : (
                  <Form method="post">
                    <input type="hidden" name="act" value="on" />
                    <SubmitButton pendingWord="Putting back">Put back in service</SubmitButton>
                  </Form>
                )}
                <Disclosure title="Hand over to another owner" open={Boolean(refusal?.fields?.to ?? refusal?.fields?.from)}>
                  <Form method="post" className="grid gap-3" noValidate>
                    <input type="hidden" name="act" value="hand-over" />
                    <Select label="New owner" name="to" defaultValue={refusal?.values?.to ?? ""} error={refusal?.fields?.to}>
                      <option value="">Choose</option>
                      {customers
                        .filter(({ id }) => id !== unit.customerId)
                        .map(({ id, name }) => (
                          <option key={id} value={id}>
                            {name}
                          </option>
                        ))}
                    </Select>
                    <Field
                      label="From"
                      name="from"
                      type="datetime-local"
                      defaultValue={refusal?.values?.from ?? localText(now, zone)}
                      error={refusal?.fields?.from}
                      hint="The history before this stays with the owner of that time"
                    />
                    <SubmitButton pendingWord="Handing over">Hand over</SubmitButton>
                  </Form>
                </Disclosure>
                <Disclosure title="Archive">
                  <Form method="post" className="grid gap-3">
                    <input type="hidden" name="act" value="archive" />
                    <p className="text-ink-soft">It leaves the lists. Its orders, files and story stay, and its VIN is free again.</p>
                    <SubmitButton kind="danger" pendingWord="Archiving">
                      Archive unit
                    </SubmitButton>
                  </Form>
                </Disclosure>
              </div>
            )}
            <Section title="What happened">
              <Story lines={story} {...moment} />
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}

type DatedRow = { key: string; to: string; word: string; from: UtcMs; until: UtcMs | null };

/** Who or what belonged to the unit, from when to when. */
const Dated = ({ rows, ...moment }: { rows: readonly DatedRow[] } & MomentOptions) => (
  <ul className="divide-y divide-line border-y border-line">
    {rows.map(({ key, to, word, from, until }) => (
      <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
        <Link to={to} className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline">
          {word}
        </Link>
        <span className="text-ink-soft">
          {until === null && "since "}
          <Moment at={from} {...moment} />
          {until !== null && (
            <>
              {" to "}
              <Moment at={until} {...moment} />
            </>
          )}
        </span>
      </li>
    ))}
  </ul>
);

type Reading = { value: number; at: UtcMs; source: string };
type Told = { distanceUnit: DistanceUnit; zone: string; locale: string; now: UtcMs };
const readingWords = (meter: Meter, value: number, { distanceUnit, locale }: Told) =>
  meter === "odometer" ? formatDistance(value, distanceUnit, locale) : formatEngineHours(value, locale);

function MeterFact({ term, meter, reading, ...told }: { term: string; meter: Meter; reading: Reading | null } & Told) {
  return (
    <Fact term={term}>
      {reading === null ? (
        "no reading"
      ) : (
        <>
          {readingWords(meter, reading.value, told)}
          <span className="block text-small text-ink-soft">
            {reading.source}, <Moment at={reading.at} {...told} />
          </span>
        </>
      )}
    </Fact>
  );
}

/** Readings that ran backwards or jumped: kept, and moving nothing until somebody looks. */
function InReview({ meters, ...told }: { meters: { review: Record<Meter, readonly Reading[]> } } & Told) {
  const waiting = (["odometer", "engine"] as const).flatMap((meter) => meters.review[meter].map((reading) => ({ meter, ...reading })));
  if (waiting.length === 0) return null;
  return (
    <div className="grid gap-1 text-small">
      <p className="font-semibold">Readings that do not fit, and do not count</p>
      <ul className="grid gap-0.5 text-ink-soft">
        {waiting.map(({ meter, value, at, source }) => (
          <li key={`${meter}-${at}`}>
            {readingWords(meter, value, told)}, {source}, <Moment at={at} {...told} />
          </li>
        ))}
      </ul>
    </div>
  );
}
