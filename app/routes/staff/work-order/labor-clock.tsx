import { Pause, Timer } from "lucide-react";
import { useLoaderData } from "react-router";
import { formatDuration, localText } from "~/kernel/time";
import { canDiscard } from "~/modules/work-orders/jobs/clock";
import { clockedMs } from "~/modules/work-orders/jobs/totals";
import type { LaborEntry } from "~/modules/work-orders/order";
import { canClock } from "~/modules/work-orders/work-order";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { StateMark } from "~/ui/state-mark";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** Running clocks and time worked on a job, and the viewer's own clock. */
export function JobClock({ jobId, position }: { jobId: LaborEntry["jobId"]; position: number }) {
  const { order, me, mayCorrect } = useLoaderData<PageData>();
  const { now, zone } = useFormat();
  const its = order.clocks.filter((entry) => entry.jobId === jobId);
  const mine = its.find((entry) => entry.technician.id === me && entry.stoppedAt === null);
  const timeable = canClock(order.state) === true;
  const refused = useRefusedForm<typeof commands>();
  const isRefused = (intent: "correct" | "discard", { id }: LaborEntry) => refused(intent, { entry: id }) !== null;
  const discardable = its.filter((entry) => canDiscard(order.state, entry, { id: me, mayAny: mayCorrect }, now) === true);
  if (its.length === 0 && !timeable) return null;
  return (
    <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-1">
      {timeable &&
        (mine ? (
          <CommandForm<typeof commands> intent="stop">
            <input type="hidden" name="entry" value={mine.id} />
            <SubmitButton kind="quiet" icon={Pause} pendingLabel="Stopping">
              Stop my clock
            </SubmitButton>
          </CommandForm>
        ) : (
          <CommandForm<typeof commands> intent="start">
            <input type="hidden" name="job" value={jobId} />
            <SubmitButton kind="quiet" icon={Timer} pendingLabel="Starting">
              Start my clock<span className="sr-only"> on job {position}</span>
            </SubmitButton>
          </CommandForm>
        ))}
      {its.length > 0 && <span className="tabular-nums">{formatDuration(clockedMs(its, now))} on the clock</span>}
      {its.some(({ stoppedAt }) => stoppedAt === null) && (
        <StateMark
          tone="green"
          label={its
            .filter(({ stoppedAt }) => stoppedAt === null)
            .map(({ technician }) => technician.name)
            .join(", ")}
        />
      )}
      {mayCorrect && its.length > 0 && (
        <Disclosure title="Time card" style="link" open={its.some((entry) => isRefused("correct", entry) || isRefused("discard", entry))}>
          <ul className="grid gap-3">
            {its.map((entry) => (
              <li key={entry.id}>
                <CommandForm<typeof commands> intent="correct" row={{ entry: entry.id }} className="flex flex-wrap items-end gap-2">
                  <span className="w-full font-semibold">{entry.technician.name}</span>
                  <Field label="From" name="from" id={`${entry.id}-from`} type="datetime-local" defaultValue={localText(entry.startedAt, zone)} />
                  <Field
                    label="To"
                    name="to"
                    id={`${entry.id}-to`}
                    type="datetime-local"
                    defaultValue={entry.stoppedAt === null ? "" : localText(entry.stoppedAt, zone)}
                  />
                  <Field label="Reason for the correction" name="why" id={`${entry.id}-why`} />
                  <SubmitButton kind="quiet" pendingLabel="Correcting">
                    Correct
                  </SubmitButton>
                </CommandForm>
                <DiscardForm entry={entry} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {!mayCorrect && discardable.map((entry) => <DiscardForm key={entry.id} entry={entry} />)}
    </div>
  );
}

/** For a clock that was started by mistake. */
function DiscardForm({ entry }: { entry: LaborEntry }) {
  const refused = useRefusedForm<typeof commands>()("discard", { entry: entry.id });
  return (
    <Disclosure title="Started by mistake?" about={entry.technician.name} style="link" open={refused !== null}>
      <CommandForm<typeof commands> intent="discard" row={{ entry: entry.id }} className="flex flex-wrap items-end gap-2">
        <Field label="Reason for discarding it" name="why" id={`${entry.id}-discard-why`} />
        <SubmitButton kind="quiet" pendingLabel="Discarding">
          Discard clock
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
