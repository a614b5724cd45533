import { useLoaderData } from "react-router";
import type { Job } from "~/modules/work-orders/jobs/job";
import { choiceOf, livingOptions } from "~/modules/work-orders/lines/job-options";
import { canEdit, canReopen, type WorkOrderState } from "~/modules/work-orders/work-order";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** Why the option can't be switched, and what to do about it; null where it can. */
function whyLocked(state: WorkOrderState, isDrafted: boolean): string | null {
  if (canEdit(state) === true) return null;
  if (state === "invoiced") return "The option can't be switched: this order is invoiced. Void the invoice and reopen the order first.";
  if (canReopen(state) !== true) return "The option can't be switched: this order was canceled.";
  return `The option can't be switched: this order is completed. Reopen it first.${isDrafted ? " Its draft invoice can be issued once the order is completed again." : ""}`;
}

/** Another option than the one that was chosen: the customer's change of mind, or the shop's own to a cheaper one. */
export function SwitchOption({ job }: { job: Job }) {
  const { order, invoices } = useLoaderData<PageData>();
  const can = useCan<typeof commands>();
  const row = { job: job.id };
  const refused = useRefusedForm<typeof commands>()("switch", row);
  const choice = choiceOf(job, order.decisions);
  const others = livingOptions(job).filter(({ id }) => id !== choice?.counts);
  if (!choice?.isMade || others.length === 0 || can("switch") !== null) return null;
  const locked = whyLocked(
    order.state,
    invoices.some(({ status }) => status === "draft"),
  );
  if (locked) return <p className="text-small text-ink-soft">{locked}</p>;
  return (
    <Disclosure title="Switch option" about={`of job ${job.position}`} style="link" open={refused !== null}>
      <CommandForm<typeof commands>
        intent="switch"
        row={row}
        className="grid gap-2 lg:grid-cols-[minmax(0,1fr)_12rem_minmax(0,1fr)_minmax(0,1fr)_auto] lg:items-end"
      >
        <Select label="Switch to" name="option" id={`switch-to-${job.id}`}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select label="Decided by" name="by" id={`switch-by-${job.id}`}>
          <option value="customer by phone">Customer, by phone</option>
          <option value="customer in person">Customer, in person</option>
          <option value="shop">Shop, to a cheaper one</option>
        </Select>
        <Field label="Who, if the customer" name="who" id={`switch-who-${job.id}`} />
        <Field label="Reason" name="reason" id={`switch-reason-${job.id}`} />
        <SubmitButton kind="quiet" pendingLabel="Switching">
          Switch
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
