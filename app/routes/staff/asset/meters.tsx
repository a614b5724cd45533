import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { type Meter, metersOf } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Fact, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { MeterReview } from "../meter-review";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** A meter's current reading, its source and its time. */
export function MeterFact({ meter }: { meter: Meter }) {
  const { meters } = useLoaderData<PageData>();
  const { reading: format } = useFormat();
  const reading = meters[meter];
  return (
    <Fact term={meterLabels[meter]}>
      {reading === null ? (
        "no reading"
      ) : (
        <>
          {format(meter, reading.value)}
          <span className="block text-small text-ink-soft">
            {reading.source}, <Moment at={reading.at} />
          </span>
          {reading.offset !== 0 && <span className="block text-small text-ink-soft">dash shows {format(meter, reading.value - reading.offset)}</span>}
        </>
      )}
    </Fact>
  );
}

/** Readings of the unit that wait for somebody's decision. */
export function ReadingsToReview() {
  const { inReview } = useLoaderData<PageData>();
  if (inReview.length === 0) return null;
  return (
    <Section title="Meter readings to review" count={inReview.length}>
      <p className="text-ink-soft">They don't fit the other readings, so nothing uses them yet.</p>
      <MeterReview readings={inReview} />
    </Section>
  );
}

/** Records a reading that someone took at the unit. */
export function RecordReading() {
  const { unit } = useLoaderData<PageData>();
  return (
    <Section title="Record a meter reading" action={<TextLink to={paths.staff.assetMeters(unit.id)}>Meter log</TextLink>}>
      <CommandForm<typeof action> intent="record-reading" className="flex flex-wrap items-end gap-3">
        <MeterSelect kind={unit.kind} />
        <div className="w-32">
          <Field label="Reading" name="reading" figures />
        </div>
        <SubmitButton kind="quiet" pendingLabel="Saving">
          Record reading
        </SubmitButton>
      </CommandForm>
    </Section>
  );
}

/** The meters that a unit of this kind can have. */
export function MeterSelect({ kind, id }: { kind: keyof typeof metersOf; id?: string }) {
  const { distanceUnit } = useFormat();
  return (
    <Select label="Meter" name="meter" id={id} defaultValue={metersOf[kind][0]} className="w-auto">
      {metersOf[kind].map((meter) => (
        <option key={meter} value={meter}>
          {meterLabels[meter]}
          {meter === "odometer" && ` (${distanceUnit})`}
        </option>
      ))}
    </Select>
  );
}
