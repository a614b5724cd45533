import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { DueText, ScheduleMark } from "~/modules/maintenance/schedule.view";
import { canEdit } from "~/modules/work-orders/work-order";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import { RowCheck } from "~/ui/row-check";
import { TextLink } from "~/ui/text-link";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** The unit's maintenance that jobs of the order do, and what else is due on it while it is in the shop. */
export function OrderMaintenance() {
  const { maintenance, due } = useLoaderData<PageData>();
  return (
    <>
      {maintenance.length > 0 && <Done />}
      {due.length > 0 && <Due />}
    </>
  );
}

/** Which job counts as which maintenance. A canned job counts by itself, which a person can undo. */
function Done() {
  const { maintenance, order, facts } = useLoaderData<PageData>();
  return (
    <Section title="Maintenance on this order" count={maintenance.length}>
      <ul className="divide-y divide-line border-y border-line">
        {maintenance.map(({ id, name, began, position }) => (
          <li key={`${id} ${began}`} className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <span className="min-w-0 flex-1">
              <TextLink to={paths.staff.schedule(facts.assetId, id)}>{name}</TextLink>
              <span className="block text-small text-ink-soft">By job {position}</span>
            </span>
            {canEdit(order.state) === true && (
              <CommandForm<typeof commands> intent="leave-out-service" row={{ schedule: id, job: began }}>
                <SubmitButton kind="quiet" pendingLabel="Saving">
                  Doesn't count<span className="sr-only"> as {name}</span>
                </SubmitButton>
              </CommandForm>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The truck is in the shop now: its due maintenance that is on no work order yet, as jobs of its own or as done with one that is there. */
function Due() {
  const { due, order } = useLoaderData<PageData>();
  return (
    <Section title="Also due on this unit" count={due.length}>
      <CommandForm<typeof commands> intent="add-service" className="grid gap-2">
        <ul className="divide-y divide-line border-y border-line">
          {due.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
              <RowCheck selection={{ name: `pick-${row.id}`, value: "on", label: `Do ${row.name} too`, chosen: row.state !== "due-soon" }} />
              <span className="min-w-0 flex-1">
                {row.name}
                <span className="block text-small text-ink-soft">
                  <DueText {...row} />
                </span>
              </span>
              <ScheduleMark state={row.state} />
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-end gap-3">
          {order.jobs.length > 0 && (
            <Select label="Do it as" name="job" id="service-job" className="max-w-72">
              <option value="">A job of its own</option>
              {order.jobs.map(({ id, position, complaint }) => (
                <option key={id} value={id}>
                  Part of job {position}: {complaint}
                </option>
              ))}
            </Select>
          )}
          <SubmitButton icon={Plus} kind="quiet" pendingLabel="Adding">
            Add to this order
          </SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}
