import { Check } from "lucide-react";
import { useLoaderData, useSearchParams } from "react-router";
import { formatDuration } from "~/kernel/time";
import { meterOf } from "~/modules/assets/meters/meter";
import { lineMark } from "~/modules/work-orders/lines/line-labels";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { FloatingMenu } from "~/ui/floating-menu";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { StateMark } from "~/ui/state-mark";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";
import { doneField } from "./done-field";

/** Completes the order: meter, what was done of each line, and a reason where something is still open. */
export function CompleteOrder() {
  const { order, facts, authorization, completion } = useLoaderData<PageData>();
  const { distanceUnit, now } = useFormat();
  const refused = useRefusedForm<typeof commands>()("complete");
  const can = useCan<typeof commands>();
  const isAsked = useSearchParams()[0].has("complete");
  const meter = meterOf[facts.kind];
  const asked = order.jobs
    .flatMap((job) => job.lines)
    .filter(({ id }) => completion.asked.includes(id))
    .map((line) => ({ line, its: authorization.lines.get(line.id) }));
  const running = order.clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const isPreset = (its: (typeof asked)[number]["its"]) => !authorization.applies || (its !== undefined && its.over === 0);
  return (
    <FloatingMenu title="Complete" icon={Check} kind="primary" open={refused !== null || isAsked}>
      <CommandForm<typeof commands> intent="complete" className="grid gap-3">
        <input type="hidden" name="version" value={order.version} />
        {meter && (
          <>
            <Field label={meter === "odometer" ? "Odometer" : "Engine hours"} name="reading" unit={meter === "odometer" ? distanceUnit : "h"} figures />
            <label className="flex min-h-(--target) items-center gap-2">
              <input type="checkbox" name="unread" value="on" defaultChecked={refused?.typed.unread === "on"} className="size-5" /> The meter can't be read
            </label>
          </>
        )}
        <input type="hidden" name="asked" value={asked.map(({ line }) => line.id).join(" ")} />
        {asked.length > 0 && (
          <fieldset className="group grid">
            <legend className="font-semibold">Done</legend>
            {asked.map(({ line, its }) => {
              const mark = authorization.applies ? lineMark(its, true) : null;
              const name = doneField(line.id);
              return (
                <label key={line.id} className="flex min-h-(--target) items-center gap-2.5 py-0.5">
                  <input
                    type="checkbox"
                    name={name}
                    value="on"
                    defaultChecked={refused ? refused.typed[name] === "on" : isPreset(its)}
                    className="size-5 shrink-0"
                  />
                  <span className="min-w-0">
                    {line.text}
                    {mark && mark.tone !== "green" && (
                      <span className="block">
                        <StateMark bare tone={mark.tone} label={mark.label} />
                      </span>
                    )}
                  </span>
                </label>
              );
            })}
            {can("decide") === null && (
              <div className="hidden gap-2 pt-1 group-has-[input:not(:checked)]:grid">
                <Select
                  label="Approved work that wasn't done"
                  name="leftover"
                  hint="Work that isn't approved yet moves to a draft order, with its estimate. What you take off stays on the unit as deferred work."
                >
                  <option value="follow-up">Move to a new order</option>
                  <option value="withdraw">Take it off</option>
                </Select>
              </div>
            )}
          </fieldset>
        )}
        {completion.openReason && <Field label="Reason" name="why" id="complete-why" hint={completion.openReason} />}
        {running.length > 0 && (
          <p className="text-ink-soft">
            Stops {running.map(({ technician, startedAt }) => `${technician.name}'s clock (${formatDuration(now - startedAt)})`).join(", ")}.
          </p>
        )}
        <SubmitButton icon={Check} pendingLabel="Completing">
          Complete order
        </SubmitButton>
      </CommandForm>
    </FloatingMenu>
  );
}
