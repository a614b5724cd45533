import { useLoaderData } from "react-router";
import { localText, toUtcMs } from "~/kernel/time";
import { type Meter, meterKinds, onDash } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type AfterReading, readUnitMeters } from "~/queries/staff/unit-meters.server";
import { Moment } from "~/ui/clock";
import { Columns } from "~/ui/columns";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { ConfirmDoubts } from "~/ui/confirm-doubts";
import { Disclosure } from "~/ui/disclosure";
import { Empty } from "~/ui/empty";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Fact, Facts, PageBody, Section } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { useFormResult } from "~/ui/use-form-result";
import { MeterSelect } from "../asset/meters";
import { MeterReview } from "../meter-review";
import { UnitHeader } from "../unit-header";
import { MeterChart } from "./chart";
import { action } from "./commands.server";
import { MeterLog } from "./log";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } } }) => [
  { title: loaderData ? `Meters of unit ${loaderData.unit.unitNumber}` : "Meters" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("asset:read", async ({ services, id, url: { searchParams } }) => {
  const after = readAfter(searchParams);
  return { ...orNotFound(await readUnitMeters(services.db, id("asset"), { now: services.clock.now(), after })), first: after === null };
});

function readAfter(params: URLSearchParams): AfterReading | null {
  const [at, source, meter] = [params.get("at") ?? "", params.get("source"), params.get("meter")];
  return /^\d{1,15}$/.test(at) && source !== null && meter !== null ? { at: toUtcMs(Number(at)), source, meter } : null;
}
const address = ({ at, source, meter }: AfterReading) => `?${new URLSearchParams({ at: String(at), source, meter })}`;

export { action };

/** Everything about a unit's meters: what they show, what was read, what is in doubt, and replacements. */
export default function AssetMeters() {
  const { unit, meters, readings, inReview, days, next, first } = useLoaderData<typeof loader>();
  const known = meterKinds.filter((meter) => meters[meter] !== null);
  return (
    <>
      <UnitHeader title="Meters" unit={unit} />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <Columns side={unit.archivedAt === null && <Changes />}>
          {inReview.length > 0 && (
            <Section title="To review" count={inReview.length}>
              <p className="text-ink-soft">They don't fit the other readings, so nothing uses them yet.</p>
              <MeterReview readings={inReview} />
            </Section>
          )}
          {known.length === 0 ? (
            <Empty title="No readings yet" body="Readings from trackers, inspections, work orders and people show up here." />
          ) : (
            <Section title="Now">
              <Facts>
                {known.map((meter) => (
                  <Current key={meter} meter={meter} />
                ))}
              </Facts>
              {known.map((meter) => (
                <MeterChart key={meter} meter={meter} days={days.filter((one) => one.meter === meter)} />
              ))}
            </Section>
          )}
          {readings.length > 0 && <MeterLog readings={readings} isWhole={first && next === null} />}
          {(next || !first) && <Pager label="Pages of readings" previous={first ? undefined : "?"} next={next ? address(next) : undefined} />}
        </Columns>
      </PageBody>
    </>
  );
}

function Current({ meter }: { meter: Meter }) {
  const { unit, meters, replaced } = useLoaderData<typeof loader>();
  const mayUndo = useCan<typeof action>()("undo-replacement") === null && unit.archivedAt === null;
  const { reading: format } = useFormat();
  const counted = meters[meter];
  if (!counted) return null;
  const instrument = replaced.find(({ kind }) => kind === meter);
  return (
    <Fact term={meterLabels[meter]}>
      {format(meter, counted.value)}
      <span className="block text-small text-ink-soft">
        {counted.source}, <Moment at={counted.at} />
      </span>
      {instrument && (
        <span className="block text-small text-ink-soft">
          Replaced <Moment at={instrument.since} />; the dash shows {format(meter, onDash(counted))}
        </span>
      )}
      {instrument && mayUndo && (
        <Disclosure title="Undo replacement" about={meterLabels[meter]} style="link">
          <CommandForm<typeof action> intent="undo-replacement" row={{ meterId: instrument.id }} className="grid gap-3">
            <p>The old meter is in use again, and readings since then are judged as its own. The replacement stays in the activity.</p>
            <SubmitButton kind="danger" pendingLabel="Undoing">
              Undo replacement
            </SubmitButton>
          </CommandForm>
        </Disclosure>
      )}
    </Fact>
  );
}

/** Records a reading, also one of an earlier day, or a replaced meter. */
function Changes() {
  const { unit } = useLoaderData<typeof loader>();
  const { now, zone } = useFormat();
  const refused = useRefusedForm<typeof action>();
  return (
    <>
      <Section title="Record a reading">
        <CommandForm<typeof action> intent="record-reading" className="grid gap-3">
          <MeterSelect kind={unit.kind} />
          <Field label="Reading" name="reading" figures hint="As the dash shows it" />
          <Field label="Read at" name="readAt" type="datetime-local" hint="Leave it empty for now. An earlier reading must fit between those around it." />
          <SubmitButton pendingLabel="Saving">Record reading</SubmitButton>
        </CommandForm>
      </Section>
      <Disclosure title="Meter was replaced" open={refused("replace-meter") !== null}>
        <CommandForm<typeof action> intent="replace-meter" className="grid gap-3" saved={{ replacedAt: localText(now, zone), newShows: "0" }}>
          <MeterSelect kind={unit.kind} id="replaced-meter" />
          <Field label="Replaced at" name="replacedAt" type="datetime-local" />
          <Field label="Old meter showed" name="oldShows" figures hint="Empty if it can't be read: the last reading is taken" />
          <Field label="New meter shows" name="newShows" figures />
          <Field label="Note" name="name" hint="Such as the part number of the new cluster" />
          <ConfirmDoubts form="replace-meter" />
          <SubmitButton pendingLabel="Saving">Save replacement</SubmitButton>
        </CommandForm>
      </Disclosure>
    </>
  );
}
