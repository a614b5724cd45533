import { Trash2 } from "lucide-react";
import { useLoaderData } from "react-router";
import { canEdit } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { NextStrip } from "~/ui/next-strip";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";
import type { NextStep } from "./next-step";

/** The fleet repaired a defect itself that is still a job here: the job goes, or stays with a reason. */
export function FleetRepaired({ repair, others }: Extract<NextStep, { kind: "fleet-repaired" }>) {
  const { order } = useLoaderData<PageData>();
  const can = useCan<typeof commands>();
  const refused = useRefusedForm<typeof commands>();
  const { defectId, jobId, jobVersion, round, text, signedName, at } = repair;
  const refusedKeep = refused("keep-job", { defect: defectId });
  return (
    <div className="grid gap-2">
      <NextStrip
        tone="amber"
        title={text}
        detail={
          <>
            signed by {signedName}, <Moment at={at} />
            {others > 0 && `, and ${others} more`}
          </>
        }
      />
      <p>
        {canEdit(order.state) === true
          ? "Its job is still on this order. It isn't completed or billed until you remove the job or keep it."
          : "Its job is still on this order. It isn't billed until you keep the job, or reopen the order and remove it."}
      </p>
      <div className="flex flex-wrap items-start gap-3">
        {canEdit(order.state) === true && (
          <CommandForm<typeof commands> intent="remove-job">
            <input type="hidden" name="version" value={jobVersion} />
            <input type="hidden" name="job" value={jobId} />
            <input type="hidden" name="why" value={text} />
            <SubmitButton icon={Trash2} pendingLabel="Removing">
              Remove the job
            </SubmitButton>
          </CommandForm>
        )}
        {can("keep-job") === null && (
          <Disclosure title="Keep the job" open={refusedKeep !== null}>
            <CommandForm<typeof commands> intent="keep-job" row={{ defect: defectId }} className="grid gap-3">
              <input type="hidden" name="round" value={round} />
              <Field
                label="Why does it stay?"
                name="why"
                id={`why-${defectId}`}
                hint="For example: the shop did the work. It stays in the activity."
                maxLength={300}
              />
              <SubmitButton kind="quiet" pendingLabel="Keeping">
                Keep the job
              </SubmitButton>
            </CommandForm>
          </Disclosure>
        )}
      </div>
    </div>
  );
}
