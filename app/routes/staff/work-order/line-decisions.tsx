import { Phone } from "lucide-react";
import { useLoaderData } from "react-router";
import { pickField } from "~/modules/estimates/decisions/answer-choice";
import { openLines } from "~/modules/estimates/line-choice";
import type { Job, OrderLine } from "~/modules/work-orders/jobs/job";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { livingOptions } from "~/modules/work-orders/lines/job-options";
import type { Ground, LineDecision } from "~/modules/work-orders/lines/line-decision";
import { canAuthorize, canEdit } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** Records decisions about the lines of a job outside an estimate, and shows those that were made. */
export function LineDecisions({ job }: { job: Job }) {
  const { order, authorization } = useLoaderData<PageData>();
  const can = useCan<typeof commands>();
  const refused = useRefusedForm<typeof commands>();
  // A line on an estimate that waits is answered there, a core with its part, and an option that doesn't count by a switch.
  const lines = job.lines.filter((line) => {
    const its = authorization.lines.get(line.id);
    return its?.offered === null && its.state !== "unchosen" && !partOf(line, job.lines);
  });
  const made = order.decisions.filter(({ lineId }) => job.lines.some(({ id }) => id === lineId));
  if (canAuthorize(order.state) !== true || can("decide") !== null || lines.length === 0) return null;
  const isOpen = lines.some(({ id }) => refused("decide", { line: id }) ?? refused("reason", { line: id }));
  return (
    <Disclosure title="Authorization" style="link" open={isOpen}>
      <ul className="grid gap-4">
        {lines.map((line) => (
          <LineForms key={line.id} line={line} made={made.filter(({ lineId }) => lineId === line.id)} />
        ))}
      </ul>
    </Disclosure>
  );
}

/** Records that the customer approved all open lines by phone or at the counter. */
export function RecordApproval() {
  const { order, authorization, freshEstimate, facts } = useLoaderData<PageData>();
  const { currency } = useFormat();
  const can = useCan<typeof commands>();
  const refused = useRefusedForm<typeof commands>()("approve");
  const isOpen = openLines(order.jobs, authorization).some(({ lineIds }) => lineIds.length > 0);
  const choices = order.jobs
    .filter(({ lines }) => lines.some(({ id }) => authorization.lines.get(id)?.isAlternative))
    .map((job) => ({ ...job, options: job.options && { ...job.options, list: livingOptions(job) } }));
  if (canEdit(order.state) !== true || facts.isSelf || can("approve") !== null || !isOpen) return null;
  return (
    <Disclosure title="Record approval" icon={Phone} open={refused !== null}>
      <CommandForm<typeof commands> intent="approve" className="grid gap-3">
        <p className="text-ink-soft">The customer approved the open lines by phone or at the counter. It's saved as an estimate that was sent and approved.</p>
        <input type="hidden" name="id" value={freshEstimate} />
        {choices.map(({ id, complaint, options }) => (
          <Select key={id} label={`Option of "${complaint}"`} name={pickField(id)} defaultValue={options?.preselected}>
            {options?.list.map((option) => (
              <option key={option.id} value={option.id}>
                {option.name}
              </option>
            ))}
          </Select>
        ))}
        <Field label="Approved by" name="signed" required />
        <Select label="How" name="how">
          <option value="phone">By phone</option>
          <option value="in person">In person</option>
        </Select>
        <Field
          label="At most"
          name="notToExceed"
          figures
          unit={currency}
          hint="With supplies and tax. Work up to this total needs no more approval. Leave it empty if the customer named no limit."
        />
        <Field label="Their PO number" name="purchaseOrder" />
        <Field label="Note" name="note" id="approval-note" />
        <SubmitButton pendingLabel="Recording">Record approval</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

const outcomes: Record<LineDecision["outcome"], string> = {
  approved: "approved it",
  declined: "declined it",
  "difference-declined": "declined the price increase",
  unchosen: "chose another option",
  reasoned: "decided for the shop",
  withdrawn: "withdrew it",
  unanswered: "closed it without an answer",
};
const groundLabels: Record<Ground, string> = {
  override: "has it done without authorization",
  warranty: "made it warranty work",
  internal: "made it internal work",
};

/** What was decided about a line, and two forms that open in place: a list of lines stays short on a phone. */
function LineForms({ line, made }: { line: OrderLine; made: readonly LineDecision[] }) {
  const row = { line: line.id };
  const refused = useRefusedForm<typeof commands>();
  return (
    <li className="grid gap-1">
      <span className="font-semibold">{line.text}</span>
      {made.map(({ sequence, outcome, ground, by, how, at, reason, splits }) => (
        <span key={sequence} className="text-small text-ink-soft">
          {by} {ground ? groundLabels[ground] : outcomes[outcome]}
          {how === "portal" ? " in the portal" : how === "phone" && outcome !== "reasoned" ? " by phone" : ""}, <Moment at={at} />
          {reason && `: ${reason}`}
          {splits && ", splitting what was offered all or nothing"}
        </span>
      ))}
      <div className="flex flex-wrap items-start gap-x-5">
        <Disclosure title="Customer's decision" about={`about ${line.text}`} style="link" open={refused("decide", row) !== null}>
          <CommandForm<typeof commands> intent="decide" row={row} className="grid gap-2 lg:grid-cols-[9rem_8rem_minmax(0,1fr)_minmax(0,1fr)_auto] lg:items-end">
            <Select label="Customer" name="outcome" id={`outcome-${line.id}`}>
              <option value="approved">Approved</option>
              <option value="declined">Declined</option>
            </Select>
            <Select label="How" name="how" id={`how-${line.id}`}>
              <option value="phone">By phone</option>
              <option value="in person">In person</option>
              <option value="mail">By email</option>
            </Select>
            <Field label="Who decided" name="by" id={`by-${line.id}`} />
            <Field label="Reason" name="reason" id={`decide-reason-${line.id}`} />
            <SubmitButton kind="quiet" pendingLabel="Recording">
              Record
            </SubmitButton>
            {line.offeredWith !== null && (
              <div className="lg:col-span-full">
                <Switch
                  label="Split what was offered all or nothing"
                  name="split"
                  id={`split-${line.id}`}
                  value="on"
                  hint="Check it if the customer decides differently about this line than about the others of its job."
                />
              </div>
            )}
          </CommandForm>
        </Disclosure>
        <Disclosure title="Shop's decision" about={`about ${line.text}`} style="link" open={refused("reason", row) !== null}>
          <CommandForm<typeof commands> intent="reason" row={row} className="grid gap-2 lg:grid-cols-[17.5rem_minmax(0,1fr)_auto] lg:items-end">
            <Select label="Shop" name="ground" id={`ground-${line.id}`}>
              <option value="override">Does it without authorization</option>
              <option value="warranty">Warranty: no charge</option>
              <option value="internal">Internal: no charge</option>
            </Select>
            <Field label="Reason" name="reason" id={`reason-${line.id}`} />
            <SubmitButton kind="quiet" pendingLabel="Recording">
              Record
            </SubmitButton>
          </CommandForm>
        </Disclosure>
      </div>
    </li>
  );
}
