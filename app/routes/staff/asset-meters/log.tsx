import { reviewLabels } from "~/modules/assets/meters/judge-reading";
import { isDistance } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { isOfReplacement } from "~/modules/assets/meters/replacement";
import type { readUnitMeters } from "~/queries/staff/unit-meters.server";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { DataTable } from "~/ui/data-table";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import type { action } from "./commands.server";

type Row = NonNullable<Awaited<ReturnType<typeof readUnitMeters>>>["readings"][number];
const marks: Record<Row["status"], { tone: Tone; label: string }> = {
  counted: { tone: "green", label: "Counts" },
  review: { tone: "amber", label: "To review" },
  dismissed: { tone: "slate", label: "Dismissed" },
};

/** Readings that people took and that were doubted, newest first, as received and as the unit's total. A counted one can still be corrected or dismissed. */
export function MeterLog({ readings, isWhole }: { readings: readonly Row[]; isWhole: boolean }) {
  const { reading: format, locale } = useFormat();
  const mayDecide = useCan<typeof action>()("dismiss-reading") === null;
  return (
    <Section title="Log" count={isWhole ? readings.length : undefined}>
      <DataTable
        caption="Meter readings of this unit"
        rows={readings}
        rowKey={({ meter, at, source }: Row) => `${meter}-${at}-${source}`}
        columns={[
          { key: "at", title: "Read", cell: ({ at }) => <Moment at={at} /> },
          { key: "meter", title: "Meter", cell: ({ meter }) => meterLabels[meter] },
          {
            key: "value",
            title: "Total",
            figures: true,
            cell: ({ meter, value }) => format(meter, value),
          },
          {
            key: "received",
            title: "As read",
            figures: true,
            from: "lg",
            cell: ({ receivedValue, receivedUnit }) => `${receivedValue.toLocaleString(locale, { maximumFractionDigits: 1 })} ${receivedUnit}`,
          },
          { key: "source", title: "Source", wraps: true, from: "sm", cell: ({ source }) => source },
          {
            key: "status",
            title: "State",
            wraps: true,
            cell: ({ status, reason, decidedBy, ...row }) => (
              <div className="grid">
                <StateMark bare {...marks[status]} />
                <span className="text-small text-ink-soft">{[reason && reviewLabels[reason], decidedBy && `by ${decidedBy}`].filter(Boolean).join(", ")}</span>
                {mayDecide && status === "counted" && !isOfReplacement(row.source) && (
                  // Over the table, which it would widen.
                  <div className="[&_details>div]:absolute [&_details>div]:right-0 [&_details>div]:z-20 [&_details>div]:shadow-float">
                    <Correct {...row} />
                  </div>
                )}
              </div>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** A counted reading that turns out to be wrong: the right one takes its place, or nothing does. */
function Correct({ meter, at, source, value }: Pick<Row, "meter" | "at" | "source" | "value">) {
  const { reading: format, distanceUnit } = useFormat();
  const row = { meter, at: String(at), source };
  const about = format(meter, value);
  return (
    <Disclosure title="Correct" about={about} style="link" open={useRefusedForm<typeof action>()("correct-reading", row) !== null}>
      <CommandForm<typeof action> intent="correct-reading" row={row} className="grid gap-3">
        <Field
          label="Right reading"
          name="right"
          id={`right-${meter}-${at}-${source}`}
          unit={isDistance(meter) ? distanceUnit : "h"}
          figures
          hint="As the dash showed it"
        />
        <SubmitButton pendingLabel="Saving">Save correction</SubmitButton>
      </CommandForm>
      <CommandForm<typeof action> intent="dismiss-reading" row={row} className="mt-3">
        <SubmitButton kind="quiet" pendingLabel="Dismissing">
          Dismiss it<span className="sr-only"> {about}</span>
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
