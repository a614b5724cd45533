import { type ReviewReason, reviewLabels } from "~/modules/assets/meters/judge-reading";
import type { Meter } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { meterCommands } from "./meter-commands.server";

type Commands = { commands: typeof meterCommands };
export type ReadingInReview = { meter: Meter; value: number; at: Parameters<typeof Moment>[0]["at"]; source: string; reason: ReviewReason | null };

/** Readings that don't fit the others: not used until somebody accepts, corrects or dismisses each. */
export function MeterReview({ readings }: { readings: readonly ReadingInReview[] }) {
  const { reading: format, distanceUnit } = useFormat();
  const can = useCan<Commands>();
  const refused = useRefusedForm<Commands>();
  const mayDecide = can("accept-reading") === null;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {readings.map(({ meter, value, at, source, reason }) => {
        const row = { meter, at: String(at), source };
        const key = `${meter}-${at}-${source}`;
        return (
          <li key={key} className="grid gap-2 py-2">
            <div>
              <p>
                <span className="font-semibold tabular-nums">{format(meter, value)}</span> {meterLabels[meter].toLowerCase()}
                {reason && <span> {reviewLabels[reason]}</span>}
              </p>
              <p className="text-small text-ink-soft">
                {source}, <Moment at={at} />
              </p>
            </div>
            {mayDecide && (
              <div className="flex flex-wrap items-start gap-2">
                <CommandForm<Commands> intent="accept-reading" row={row}>
                  <SubmitButton kind="quiet" pendingLabel="Accepting">
                    Accept<span className="sr-only"> {format(meter, value)}</span>
                  </SubmitButton>
                </CommandForm>
                <CommandForm<Commands> intent="dismiss-reading" row={row}>
                  <SubmitButton kind="quiet" pendingLabel="Dismissing">
                    Dismiss<span className="sr-only"> {format(meter, value)}</span>
                  </SubmitButton>
                </CommandForm>
                <Disclosure title="Correct" about={format(meter, value)} open={refused("correct-reading", row) !== null}>
                  <CommandForm<Commands> intent="correct-reading" row={row} className="grid gap-3">
                    <Field
                      label="Right reading"
                      name="right"
                      id={`right-${key}`}
                      unit={meter === "odometer" ? distanceUnit : "h"}
                      figures
                      hint="As the dash showed it"
                    />
                    <SubmitButton pendingLabel="Saving">Save correction</SubmitButton>
                  </CommandForm>
                </Disclosure>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
