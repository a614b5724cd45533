import { useLoaderData } from "react-router";
import type { Meter } from "~/modules/assets/meter";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Fact, Section } from "~/ui/page";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** A meter's current reading, its source and its time. */
export function MeterFact({ term, meter }: { term: string; meter: Meter }) {
  const { meters } = useLoaderData<PageData>();
  const { reading: format } = useFormat();
  const reading = meters[meter];
  return (
    <Fact term={term}>
      {reading === null ? (
        "no reading"
      ) : (
        <>
          {format(meter, reading.value)}
          <span className="block text-small text-ink-soft">
            {reading.source}, <Moment at={reading.at} />
          </span>
        </>
      )}
    </Fact>
  );
}

/** Readings that ran backwards or jumped: kept, but not used until someone reviews them. */
function InReview() {
  const { meters } = useLoaderData<PageData>();
  const { reading: format } = useFormat();
  const inReview = (["odometer", "engine"] as const).flatMap((meter) => meters.review[meter].map((reading) => ({ meter, ...reading })));
  if (inReview.length === 0) return null;
  return (
    <div className="grid gap-1 text-small">
      <p className="font-semibold">Readings to review (not used yet)</p>
      <ul className="grid gap-0.5 text-ink-soft">
        {inReview.map(({ meter, value, at, source }) => (
          <li key={`${meter}-${at}`}>
            {format(meter, value)}, {source}, <Moment at={at} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Records a reading that someone took at the unit, and lists those under review. */
export function RecordReading() {
  const { unit } = useLoaderData<PageData>();
  const { distanceUnit } = useFormat();
  return (
    <Section title="Record a meter reading">
      <CommandForm<typeof action> intent="record-reading" className="flex flex-wrap items-end gap-3">
        <Select label="Meter" name="meter" defaultValue={unit.kind === "equipment" ? "engine" : "odometer"} className="w-auto">
          <option value="odometer">Odometer ({distanceUnit})</option>
          <option value="engine">Engine hours</option>
        </Select>
        <div className="w-32">
          <Field label="Reading" name="reading" figures />
        </div>
        <SubmitButton kind="quiet" pendingLabel="Saving">
          Record reading
        </SubmitButton>
      </CommandForm>
      <InReview />
    </Section>
  );
}
