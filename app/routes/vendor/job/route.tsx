import { ArrowLeft } from "lucide-react";
import { Link, useLoaderData, useRevalidator } from "react-router";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { FileTile } from "~/modules/attachments/file-tile.view";
import { canAdd, isCalledOff } from "~/modules/vendor-jobs/job-states";
import { jobNumber, tabOf, vendorStateLabels } from "~/modules/vendor-jobs/labels";
import { AskedLines, stateTones, Thread } from "~/modules/vendor-jobs/vendor-job.view";
import { ChargesStep, NextStep } from "~/modules/vendor-jobs/vendor-steps.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { vendor } from "~/platform/http/guards.server";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Icon } from "~/ui/icon";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import { pathOf } from "../tab-paths";
import { commands } from "./commands.server";
import { type PageData, vendorJobPage } from "./data.server";
import { VendorDocuments } from "./documents";

export const meta = ({ loaderData }: { loaderData?: { job: { number: number } } }) => [
  { title: loaderData ? `Job ${jobNumber(loaderData.job.number)}` : "Job" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = vendor.loader("job:read", vendorJobPage);

export const action = commands;

export default function VendorJobPage() {
  const { job, attachments, shared, nextMessage, canAnswer, shop, organizationId } = useLoaderData<PageData>();
  const { day, now } = useFormat();
  const result = useFormResult<typeof action>(job.version);
  const sent = result && "sent" in result ? result.sent : undefined;
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "vendor", at: job.id, reread: revalidate });
  const { open, state } = job;
  const tab = tabOf(state);
  const takesMore = canAdd(state) === true;
  const refused = useRefused();
  const steps = open && { job: { ...open, state }, refused };
  const message = refused("message");
  return (
    <>
      <Link to={pathOf[tab ?? "pending"]} className="mx-(--gutter) inline-flex min-h-(--target) items-center gap-1.5 self-start text-accent hover:underline">
        <Icon of={ArrowLeft} />
        {tab ? `Back to your ${tab} jobs` : "Back to your jobs"}
      </Link>
      <PageHeader
        title={job.title}
        mark={open && <UnitPlate number={open.unitNumber} size="medium" />}
        state={
          <>
            <StateMark tone={stateTones[state]} label={vendorStateLabels[state]} />
            <LiveDot {...live} now={now} />
          </>
        }
      />
      <PageBody>
        <FormResult result={result} />
        {!open && (
          <Notice tone="slate" title={state === "declined" ? "You declined this job." : `${shop} recalled this job.`}>
            {job.reason && <p className="whitespace-pre-line">“{job.reason}”</p>}
            <p>You don't need to do anything else.</p>
          </Notice>
        )}
        {isCalledOff(job) && (
          <Notice tone={state === "ending" ? "amber" : "slate"} title={`${shop} canceled this job.`}>
            <p className="whitespace-pre-line">“{job.reason}”</p>
            {state === "ending" && <p>Stop work. The shop pays for what's done so far. Send one invoice for it below.</p>}
            {state === "called-off" && <p>You don't need to do anything else.</p>}
          </Notice>
        )}
        {open && steps && (
          <>
            {canAnswer && <NextStep {...steps} />}
            <Section title="Instructions">
              <p className="max-w-prose break-words whitespace-pre-line">{open.instructions}</p>
            </Section>
            <AskedLines lines={open.lines} />
            <Facts>
              <Fact term="Job">{jobNumber(job.number)}</Fact>
              <Fact term="Work order">{docketNumber(open.order)}</Fact>
              <Fact term="Unit">{open.unit || open.unitNumber}</Fact>
              {open.vin && (
                <Fact term="VIN" code>
                  {open.vin}
                </Fact>
              )}
              {open.dueDay && <Fact term="Needed by">{day(open.dueDay)}</Fact>}
              {open.customer && <Fact term="Customer">{open.customer}</Fact>}
              <Fact term="Estimate">{open.needsEstimate ? "required before work starts" : "not required"}</Fact>
            </Facts>
            {canAnswer && <ChargesStep {...steps} />}
            {shared.length > 0 && (
              <Section title={`From ${shop}`} count={shared.length}>
                {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets. */}
                <ul role="list" aria-label={`Files from ${shop}`} className="grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-4 gap-y-5">
                  {shared.map((item) => (
                    <li key={item.id} className="grid min-w-0 content-start gap-1">
                      <FileTile item={item} as="vendor" hideAt={null} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            <VendorDocuments open={open} />
            {attachments && (
              <AttachmentPanel
                {...attachments}
                as="vendor"
                mayAdd={takesMore}
                empty="No files yet. Add diagnostic reports, photos of the work and your documents. The shop can see them."
              />
            )}
            <Thread
              of={job.id}
              messages={job.messages}
              me="vendor"
              sent={sent}
              nextId={canAnswer && takesMore ? nextMessage : null}
              label={`Message to ${shop}`}
              hint="Ask a question or send an update"
              typed={message?.typed.text}
              error={message?.fields.text}
            />
          </>
        )}
      </PageBody>
    </>
  );
}
