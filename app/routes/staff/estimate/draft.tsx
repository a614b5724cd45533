import { Ban } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { HeadFields } from "~/modules/estimates/head-form.view";
import { LineChoice } from "~/modules/estimates/line-choice.view";
import type { Revision } from "~/modules/estimates/revision";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** The draft: which lines of the order are offered, with title, notes, deposit and last day. */
export function DraftForm({ draft }: { draft: Revision }) {
  const { estimate, order, authorization, photos, typed, deciders } = useLoaderData<PageData>();
  const refused = useRefusedForm<typeof commands>()("save");
  const values = refused?.typed ?? typed ?? {};
  return (
    <Section title="Lines of the work order">
      {/* A saved draft begins again with what was saved. */}
      <CommandForm<typeof commands> key={draft.version} intent="save" className="grid gap-4">
        <input type="hidden" name="version" value={draft.version} />
        <LineChoice
          order={order}
          authorization={authorization}
          estimateId={estimate.id}
          chosen={values}
          errors={refused?.fields}
          editAt={(jobId) => paths.staff.job(order.id, jobId)}
          photosAt={(lineId) => ({ href: paths.staff.estimateLine(estimate.id, lineId), count: photos[lineId]?.length ?? 0 })}
        />
        <div className="grid max-w-120 gap-4">
          <HeadFields values={values} errors={refused?.fields} deciders={deciders} />
        </div>
        <div>
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Save draft
          </SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}

/** Ends an estimate that was not answered. */
export function Withdraw({ isSent }: { isSent: boolean }) {
  const refused = useRefusedForm<typeof commands>()("withdraw");
  return (
    <Disclosure title={isSent ? "Withdraw estimate" : "Discard draft"} icon={Ban} open={refused !== null}>
      <CommandForm<typeof commands> intent="withdraw" className="grid gap-3">
        <Field label="Reason" name="why" id="withdraw-why" hint={isSent ? "The customer reads it." : undefined} />
        <SubmitButton pendingLabel={isSent ? "Withdrawing" : "Discarding"}>{isSent ? "Withdraw" : "Discard"}</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
