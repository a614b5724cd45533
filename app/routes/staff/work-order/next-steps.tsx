import { Check, Pause, Play, ReceiptText, RotateCcw } from "lucide-react";
import { Form, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatDuration } from "~/kernel/time";
import { meterOf } from "~/modules/assets/meter";
import { isUnderWay } from "~/modules/vendor-jobs/job-states";
import { stillOpen } from "~/modules/vendor-jobs/labels";
import { canMove, canReopen, type HoldReason, holdLabels, holdReasons } from "~/modules/work-orders/work-order";
import { Button, ButtonLink } from "~/ui/button";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

const nextOf: Partial<Record<string, { to: "open" | "in-progress"; label: string }>> = {
  draft: { to: "open", label: "Release to the floor" },
  open: { to: "in-progress", label: "Start work" },
  "on-hold": { to: "in-progress", label: "Resume work" },
};

/** What can be done next in the order's state; the likely step comes first. */
export function NextActions() {
  const { order, facts, invoices, atVendors, mayInvoice, mayReopen } = useLoaderData<PageData>();
  const open = atVendors.rows.find(({ state }) => isUnderWay(state));
  const { distanceUnit, now } = useFormat();
  const refused = useRefused();
  const [completing, reopening] = [refused("complete"), refused("reopen")];
  const next = nextOf[order.state];
  const meter = meterOf[facts.kind];
  const running = order.clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const command = (name: string) => (
    <>
      <input type="hidden" name="intent" value={name} />
      <input type="hidden" name="version" value={order.version} />
    </>
  );
  return (
    <>
      {next && (
        <Form method="post">
          {command("move")}
          <SubmitButton name="to" value={next.to} icon={Play} pendingLabel="Moving">
            {next.label}
          </SubmitButton>
        </Form>
      )}
      {order.state === "completed" && mayInvoice && !facts.isSelf && invoices.every(({ status }) => status === "void") && (
        <ButtonLink to={paths.staff.newInvoice(facts.customerId, order.id)} kind="primary" icon={ReceiptText}>
          Draft invoice
        </ButtonLink>
      )}
      {order.state === "in-progress" && (
        <Disclosure title="Complete" icon={Check} kind="primary" open={completing !== undefined} floats>
          <Form method="post" className="grid gap-3" noValidate>
            {command("complete")}
            {meter ? (
              <>
                <Field
                  label={meter === "odometer" ? "Odometer" : "Engine hours"}
                  name="reading"
                  unit={meter === "odometer" ? distanceUnit : "h"}
                  figures
                  defaultValue={completing?.typed.reading}
                  error={completing?.fields.reading}
                />
                <label className="flex min-h-(--target) items-center gap-2">
                  <input type="checkbox" name="unread" value="on" className="size-4" /> The meter can't be read
                </label>
              </>
            ) : (
              <input type="hidden" name="reading" value="" />
            )}
            {open && (
              <Field label="Reason" name="why" id="complete-why" hint={stillOpen(open)} defaultValue={completing?.typed.why} error={completing?.fields.why} />
            )}
            {running.length > 0 && (
              <p className="text-ink-soft">
                Stops {running.map(({ technician, startedAt }) => `${technician.name}'s clock (${formatDuration(now - startedAt)})`).join(", ")}.
              </p>
            )}
            <SubmitButton icon={Check} pendingLabel="Completing">
              Complete order
            </SubmitButton>
          </Form>
        </Disclosure>
      )}
      {canMove(order.state, "on-hold") === true && order.state !== "on-hold" && (
        <Disclosure title="Hold" icon={Pause} floats>
          <Form method="post" className="grid gap-2">
            {command("move")}
            <input type="hidden" name="to" value="on-hold" />
            {holdReasons.map((reason: HoldReason) => (
              <Button key={reason} type="submit" name="hold" value={reason} wide>
                {holdLabels[reason].charAt(0).toUpperCase() + holdLabels[reason].slice(1)}
              </Button>
            ))}
          </Form>
        </Disclosure>
      )}
      {canReopen(order.state) === true &&
        (mayReopen ? (
          <Disclosure title="Reopen" icon={RotateCcw} open={reopening !== undefined} floats>
            <Form method="post" className="grid gap-3" noValidate>
              <input type="hidden" name="intent" value="reopen" />
              <Field label="Reason" name="why" id="reopen-why" error={reopening?.fields.why} />
              <SubmitButton pendingLabel="Reopening">Reopen order</SubmitButton>
            </Form>
          </Disclosure>
        ) : (
          <Button blocked="Only an owner or manager can reopen it.">Reopen</Button>
        ))}
    </>
  );
}
