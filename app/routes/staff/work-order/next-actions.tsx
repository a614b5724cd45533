import { Pause, Play, ReceiptText, RotateCcw } from "lucide-react";
import { Form, useLoaderData } from "react-router";
import { capitalized } from "~/kernel/capitalized";
import { paths } from "~/kernel/paths";
import { canMove, canReopen, type HoldReason, holdLabels, holdReasons } from "~/modules/work-orders/work-order";
import { Button } from "~/ui/button";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { FloatingMenu } from "~/ui/floating-menu";
import { SubmitButton } from "~/ui/form";
import type { commands } from "./commands.server";
import { CompleteOrder } from "./complete";
import type { PageData } from "./data.server";

const nextOf: Partial<Record<string, { to: "open" | "in-progress"; label: string }>> = {
  draft: { to: "open", label: "Release to the floor" },
  open: { to: "in-progress", label: "Start work" },
  "on-hold": { to: "in-progress", label: "Resume work" },
};

/** What can be done next in the order's state; the likely step comes first. */
export function NextActions() {
  const { order, facts, invoices, mayInvoice, freshInvoice, maintenance } = useLoaderData<PageData>();
  const can = useCan<typeof commands>();
  const reopening = useRefusedForm<typeof commands>()("reopen");
  const next = nextOf[order.state];
  return (
    <>
      {next && (
        <CommandForm<typeof commands> intent="move">
          <input type="hidden" name="version" value={order.version} />
          <SubmitButton name="to" value={next.to} icon={Play} pendingLabel="Moving">
            {next.label}
          </SubmitButton>
        </CommandForm>
      )}
      {order.state === "completed" && mayInvoice && !facts.isSelf && invoices.every(({ status }) => status === "void") && (
        <Form method="post" action={paths.staff.newInvoice(facts.customerId, order.id)}>
          <input type="hidden" name="id" value={freshInvoice} />
          <input type="hidden" name={order.id} value="on" />
          <SubmitButton icon={ReceiptText} pendingLabel="Drafting">
            Draft invoice
          </SubmitButton>
        </Form>
      )}
      {order.state === "in-progress" && <CompleteOrder />}
      {canMove(order.state, "on-hold") === true && order.state !== "on-hold" && (
        <FloatingMenu title="Hold" icon={Pause}>
          <CommandForm<typeof commands> intent="move" className="grid gap-2">
            <input type="hidden" name="version" value={order.version} />
            <input type="hidden" name="to" value="on-hold" />
            {holdReasons.map((reason: HoldReason) => (
              <Button key={reason} type="submit" name="hold" value={reason} wide>
                {capitalized(holdLabels[reason])}
              </Button>
            ))}
          </CommandForm>
        </FloatingMenu>
      )}
      {canReopen(order.state) === true && can("reopen") !== null && (
        <Button icon={RotateCcw} blocked={can("reopen")}>
          Reopen
        </Button>
      )}
      {canReopen(order.state) === true && can("reopen") === null && (
        <FloatingMenu title="Reopen" icon={RotateCcw} open={reopening !== null}>
          <CommandForm<typeof commands> intent="reopen" className="grid gap-3">
            <Field label="Reason" name="why" id="reopen-why" />
            {maintenance.length > 0 && (
              <label className="flex min-h-(--target) items-center gap-2">
                <input type="checkbox" name="anew" value="on" defaultChecked={reopening?.typed.anew === "on"} className="size-5" /> Maintenance on it is done
                again
              </label>
            )}
            <SubmitButton pendingLabel="Reopening">Reopen order</SubmitButton>
          </CommandForm>
        </FloatingMenu>
      )}
    </>
  );
}
