import { useLoaderData } from "react-router";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** Maintenance that was removed from the unit, to be put back. */
export function RemovedSchedules() {
  const { removed, unit } = useLoaderData<PageData>();
  if (removed.length === 0) return null;
  return (
    <Disclosure title={`Removed (${removed.length})`}>
      <ul aria-label="Removed maintenance" className="divide-y divide-line">
        {removed.map(({ id, name, removedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
            <span className="grid">
              <span>{name}</span>
              {removedAt !== null && (
                <span className="text-small text-ink-soft">
                  Removed <Moment at={removedAt} />
                </span>
              )}
            </span>
            {unit.archivedAt === null && (
              <CommandForm<typeof action> intent="put-back" row={{ scheduleId: id }}>
                <SubmitButton kind="quiet" pendingLabel="Putting back">
                  Put back<span className="sr-only"> {name}</span>
                </SubmitButton>
              </CommandForm>
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
