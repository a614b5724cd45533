import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { isDistance, type Meter } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { formatDueAt, formatPlan, formatRange, formatRemaining } from "~/modules/maintenance/format-due";
import { ScheduleMark } from "~/modules/maintenance/schedule.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { ConfirmDoubts } from "~/ui/confirm-doubts";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { TextLink } from "~/ui/text-link";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

type Schedule = PageData["schedules"][number];

/** One schedule of the unit: its state by each interval, its order or history, and what can be written down about it. */
export function ScheduleEntry({ schedule }: { schedule: Schedule }) {
  const { distanceUnit, locale, day, today } = useFormat();
  const manner = { distanceUnit, locale };
  const { unit } = useLoaderData<PageData>();
  const { id, name, category, state, plan, triggers, openOrder, lastDay, countsFrom, done, onTime, records, earliest, latest, history } = schedule;
  const last = history.find(({ kind }) => kind === "done")?.order;
  return (
    <li className="grid gap-2 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-sans text-body font-semibold">
          <TextLink to={paths.staff.schedule(unit.id, id)}>{name}</TextLink>
        </h3>
        <span className="flex flex-wrap items-center gap-3">
          {openOrder && <TextLink to={paths.staff.order(openOrder.id)}>On {docketNumber(openOrder.number)}</TextLink>}
          <ScheduleMark state={state} />
        </span>
      </div>
      <ul className="grid gap-0.5">
        {triggers.map((trigger) => (
          <li key={trigger.by} className="flex flex-wrap items-baseline gap-x-3">
            <span>
              {formatDueAt(trigger.by, trigger.due, manner) ?? "Not known when"}: {formatRemaining(trigger, manner)}
            </span>
            {trigger.by !== "calendar" && <MeterNow meter={trigger.by} />}
          </li>
        ))}
      </ul>
      <p className="text-small text-ink-soft">
        {formatPlan(plan, manner)}
        {lastDay && ` · last done ${day(lastDay)}`}
        {last && (
          <>
            {" "}
            on <TextLink to={paths.staff.order(last.id)}>{docketNumber(last.number)}</TextLink>
          </>
        )}
        {[countsFrom && `counts from ${day(countsFrom)}`, formatRange({ state, earliest, latest }, today, locale), done > 0 && `${onTime} of ${done} on time`]
          .filter(Boolean)
          .map((text) => ` · ${text}`)
          .join("")}
      </p>
      {records.length > 0 && (
        <ul className="grid gap-0.5 text-small text-ink-soft">
          {records.map(({ id: recordId, kind, day: on, until, note, by }) => (
            <li key={recordId} className="flex flex-wrap items-center gap-x-3">
              {kind === "skipped" ? "Skipped" : until ? `Renewed until ${day(until)},` : "Done"} {day(on)}
              {note && `: ${note}`} ({by})
              <CommandForm<typeof action> intent="take-back" row={{ scheduleId: schedule.id, recordId }}>
                <SubmitButton kind="quiet" pendingLabel="Taking back">
                  Take back
                </SubmitButton>
              </CommandForm>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-start gap-2">
        {category === "service" || plan.meters.length > 0 ? (
          <Written schedule={schedule} intent="record" />
        ) : (
          <span className="inline-flex min-h-(--target) items-center">
            <TextLink to={paths.staff.schedule(unit.id, id)}>
              Renew<span className="sr-only"> {name}</span>
            </TextLink>
          </span>
        )}
        <Written schedule={schedule} intent="skip" />
        <Disclosure title="Remove" about={name} style="link">
          <CommandForm<typeof action> intent="remove" row={{ scheduleId: schedule.id }} className="grid gap-3">
            <p>The unit doesn't need this anymore. What was done stays on its work orders.</p>
            <SubmitButton kind="danger" pendingLabel="Removing">
              Remove
            </SubmitButton>
          </CommandForm>
        </Disclosure>
      </div>
    </li>
  );
}

/** What the meter has now, and when it was read. */
function MeterNow({ meter }: { meter: Meter }) {
  const { meters } = useLoaderData<PageData>();
  const { reading } = useFormat();
  const last = meters[meter];
  return (
    last && (
      <span className="text-small text-ink-soft">
        now {reading(meter, last.value)}, read <Moment at={last.at} />
      </span>
    )
  );
}

const texts = {
  record: { title: "Done elsewhere", note: "Where, and by whom", button: "Record it", hint: "An invoice number or shop helps later" },
  skip: { title: "Skip", note: "Reason", button: "Skip this time", hint: "It stays on record and doesn't count as done" },
} as const;

function Written({ schedule, intent }: { schedule: Schedule; intent: "record" | "skip" }) {
  const { today, meters } = useLoaderData<PageData>();
  const { distanceUnit, reading } = useFormat();
  const { id, name, plan, freshRecord } = schedule;
  const row = { scheduleId: id };
  const refused = useRefusedForm<typeof action>()(intent, row);
  const { title, note, button, hint } = texts[intent];
  return (
    <Disclosure title={title} about={name} style="link" open={refused !== null}>
      <CommandForm<typeof action> intent={intent} row={row} saved={{ day: today }} className="grid gap-3">
        <input type="hidden" name="recordId" value={freshRecord} />
        <Field label="Day" name="day" id={`${intent}-day-${id}`} type="date" />
        {plan.meters.map(({ meter }) => (
          <Field
            key={meter}
            label={meterLabels[meter]}
            name={`meter-${meter}`}
            id={`${intent}-${meter}-${id}`}
            unit={isDistance(meter) ? distanceUnit : "h"}
            figures
            hint={
              meters[meter]
                ? `The unit's total then, now ${reading(meter, meters[meter].value)}. Empty: as counted on that day`
                : "The unit's total then, if you know it"
            }
          />
        ))}
        <Field label={note} name="note" id={`${intent}-note-${id}`} hint={hint} />
        <ConfirmDoubts form={`${intent}-${id}`} />
        <SubmitButton pendingLabel="Saving">{button}</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
