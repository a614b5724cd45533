import { Plus, Trash2 } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { JobBlock } from "~/modules/work-orders/order.view";
import { canEdit } from "~/modules/work-orders/work-order";
import { ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { LazySection, lazySection } from "~/ui/lazy-section";
import { Section } from "~/ui/page";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";
import { JobClock } from "./labor-clock";
import { DefectsOfJob } from "./repaired-defects";
import { SwitchOption } from "./switch-option";

const lineDecisions = lazySection(() => import("./line-decisions").then((file) => file.LineDecisions));

/** The jobs of the order, with ways to add and remove one. */
export function OrderJobs() {
  const { order, authorization, canned, freshJob } = useLoaderData<PageData>();
  const editable = canEdit(order.state) === true;
  return (
    <Section
      title="Jobs"
      count={order.jobs.length}
      action={
        editable && (
          <ButtonLink to={paths.staff.job(order.id, freshJob)} icon={Plus}>
            Add job
          </ButtonLink>
        )
      }
    >
      {order.jobs.length === 0 && <p className="text-ink-soft">No jobs yet.</p>}
      <div className="grid gap-5">
        {order.jobs.map((job) => (
          <JobBlock key={job.id} job={job} authorization={authorization} edit={editable ? paths.staff.job(order.id, job.id) : null}>
            <DefectsOfJob jobId={job.id} />
            <SwitchOption job={job} />
            <LazySection section={lineDecisions} props={{ job }} />
            <JobClock jobId={job.id} position={job.position} />
            {editable && order.jobs.length > 1 && job.lines.length === 0 && !order.clocks.some((entry) => entry.jobId === job.id) && (
              <CommandForm<typeof commands> intent="remove-job" className="no-print">
                <input type="hidden" name="version" value={order.version} />
                <input type="hidden" name="job" value={job.id} />
                <SubmitButton kind="quiet" icon={Trash2} pendingLabel="Removing">
                  Remove job {job.position}
                </SubmitButton>
              </CommandForm>
            )}
          </JobBlock>
        ))}
      </div>
      {editable && canned.length > 0 && (
        <CommandForm<typeof commands> intent="canned" className="no-print flex flex-wrap items-end gap-3 pt-2">
          <input type="hidden" name="job" value={freshJob} />
          <Select label="Canned job" name="canned" className="max-w-72">
            {canned.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <SubmitButton kind="quiet" icon={Plus} pendingLabel="Adding">
            Add to order
          </SubmitButton>
        </CommandForm>
      )}
    </Section>
  );
}
