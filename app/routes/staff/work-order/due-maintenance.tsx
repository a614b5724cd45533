import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { DueText, ScheduleMark } from "~/modules/maintenance/schedule.view";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import { RowCheck } from "~/ui/row-check";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** The truck is in the shop now: its due maintenance that is on no work order yet, to be done on this one. */
export function DueMaintenance() {
  const { due } = useLoaderData<PageData>();
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
        <div>
          <SubmitButton icon={Plus} kind="quiet" pendingLabel="Adding">
            Add to this order
          </SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}
