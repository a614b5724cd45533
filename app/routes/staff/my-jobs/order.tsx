import { Pause, Play, Save } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatDuration } from "~/kernel/time";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { formatQuantity, lineKindLabels } from "~/modules/work-orders/jobs/job";
import { clockedMs } from "~/modules/work-orders/jobs/totals";
import { OrderStateMark, stateTones } from "~/modules/work-orders/state.view";
import { canClock, canEdit, docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Docket } from "~/ui/docket";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { AsksBeforeLeaving } from "~/ui/unsaved";
import { useFormResult } from "~/ui/use-form-result";
import { useShopRoom } from "../use-shop-room";
import { commands } from "./commands.server";
import { myJobPage, type PageData } from "./data.server";

export const meta = ({ loaderData }: { loaderData?: { number: number } }) => [{ title: loaderData ? docketNumber(loaderData.number) : "My job" }];

/** Revalidates after a refused form too, so the page shows the latest text next to the error. */
export const shouldRevalidate = () => true;

export const action = commands;

export const loader = staff.loader("work-order:read", myJobPage, action);

type Job = PageData["jobs"][number];

export default function MyJob() {
  const { id, number, unitNumber, unit, customer, title, state, holdReason, version, jobs, attachments } = useLoaderData<PageData>();
  const result = useFormResult<typeof action>(version);
  useShopRoom(["work-order"]);
  return (
    <>
      <PageHeader
        title={title}
        mark={
          <>
            <Docket number={docketNumber(number)} state={stateTones[state]} size="medium" />
            <UnitPlate number={unitNumber} size="medium" />
          </>
        }
        state={
          <>
            <OrderStateMark order={{ state, holdReason }} />
            <span className="text-ink-soft">{[unit, customer].filter(Boolean).join(" · ")}</span>
          </>
        }
        action={
          <>
            <TextLink to={paths.staff.myJobs}>My jobs</TextLink>
            <TextLink to={paths.staff.order(id)}>Whole order</TextLink>
          </>
        }
      />
      <PageBody>
        <FormResult result={result} />
        <div className="mx-auto grid w-full max-w-[45rem] gap-8">
          {jobs.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
          <AttachmentPanel {...attachments} />
        </div>
      </PageBody>
    </>
  );
}

function JobCard({ job }: { job: Job }) {
  const { state } = useLoaderData<PageData>();
  const heading = `job-${job.position}`;
  return (
    <article aria-labelledby={heading} className="grid gap-4 border-t-2 border-ink pt-2">
      <div>
        <h2 id={heading} className="text-title whitespace-pre-line">
          <span className="text-ink-soft">{job.position}.</span> {job.complaint}
        </h2>
        {job.technician && <p className="text-small text-ink-soft">{job.technician}</p>}
      </div>
      <BigClock job={job} />
      {job.lines.length > 0 && (
        <Section title="To do" count={job.lines.length}>
          <ul aria-label={`To do on job ${job.position}`} className="divide-y divide-line border-y border-line">
            {job.lines.map((line) => (
              <li key={line.id} className="flex min-h-(--row) flex-wrap items-center justify-between gap-x-4 py-1.5">
                <span className="min-w-0 wrap-anywhere">
                  {line.text}
                  <span className="block text-small text-ink-soft">
                    {lineKindLabels[line.kind]} · {formatQuantity(line)}
                    {line.partNumber && (
                      <>
                        {" · "}
                        <span className="font-mono">{line.partNumber}</span>
                      </>
                    )}
                  </span>
                </span>
                {line.mark && <StateMark bare tone={line.mark.tone} label={line.mark.label} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {canEdit(state) === true && <Findings job={job} />}
    </article>
  );
}

/** One button across the page, for gloves. */
function BigClock({ job }: { job: Job }) {
  const { clocks, me, state } = useLoaderData<PageData>();
  const { now } = useFormat();
  const its = clocks.filter(({ jobId }) => jobId === job.id);
  const running = its.filter(({ stoppedAt }) => stoppedAt === null);
  const mine = running.find(({ technician }) => technician.id === me);
  const others = running.filter((entry) => entry !== mine).map(({ technician }) => technician.name);
  const big = "min-h-16 w-full justify-center text-lead";
  return (
    <div className="grid gap-1.5">
      {canClock(state) === true &&
        (mine ? (
          <CommandForm<typeof commands> intent="stop">
            <input type="hidden" name="entry" value={mine.id} />
            <SubmitButton kind="quiet" icon={Pause} className={big} pendingLabel="Stopping">
              Clock out<span className="sr-only"> of job {job.position}</span>
            </SubmitButton>
          </CommandForm>
        ) : (
          <CommandForm<typeof commands> intent="start">
            <input type="hidden" name="job" value={job.id} />
            <SubmitButton icon={Play} className={big} pendingLabel="Starting">
              Clock in<span className="sr-only"> to job {job.position}</span>
            </SubmitButton>
          </CommandForm>
        ))}
      {its.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-3 tabular-nums">
          {formatDuration(clockedMs(its, now))} on the clock
          {mine && <StateMark bare tone="green" label="Your clock is running" />}
          {others.length > 0 && <StateMark bare tone="green" label={others.join(", ")} />}
        </p>
      )}
    </div>
  );
}

/** What was found and done, typed or spoken; two people who write at once both see what the other wrote. */
function Findings({ job }: { job: Job }) {
  const refused = useRefusedForm<typeof commands>()("findings", { job: job.id });
  const typed = refused?.typed;
  return (
    <CommandForm<typeof commands> intent="findings" row={{ job: job.id }} className="grid gap-3" saved={{ cause: job.cause, correction: job.correction }}>
      <AsksBeforeLeaving />
      <input type="hidden" name="seenCause" value={typed?.seenCause ?? job.cause} />
      <input type="hidden" name="seenCorrection" value={typed?.seenCorrection ?? job.correction} />
      {typed?.clash && (
        <Notice tone="amber" title="Their text">
          <p className="whitespace-pre-line">Cause: {job.cause || "not entered yet"}</p>
          <p className="whitespace-pre-line">Correction: {job.correction || "not entered yet"}</p>
        </Notice>
      )}
      <TextArea label="Cause" hint="What was found" rows={3} name="cause" id={`${job.id}-cause`} />
      <TextArea label="Correction" hint="What was done" rows={3} name="correction" id={`${job.id}-correction`} />
      <SubmitButton kind="quiet" icon={Save} className="min-h-12 w-full justify-center" pendingLabel="Saving">
        Save findings<span className="sr-only"> of job {job.position}</span>
      </SubmitButton>
    </CommandForm>
  );
}
