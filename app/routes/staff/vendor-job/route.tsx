import { Images, PhoneCall, Repeat } from "lucide-react";
import { Link, useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { PhotoChoice } from "~/modules/vendor-jobs/assignment/photo-choice.view";
import { awaitsVendor, can, canAdd, isClosedTo } from "~/modules/vendor-jobs/job-states";
import { endedLabel, jobNumber } from "~/modules/vendor-jobs/labels";
import { waitingAddition, waitingEstimate } from "~/modules/vendor-jobs/vendor-job";
import { AskedLines, JobMark, stateTones, Thread } from "~/modules/vendor-jobs/vendor-job.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { Presence } from "~/ui/presence";
import { PhoneLink, TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { useRefused } from "~/ui/use-refused";
import { commands } from "./commands.server";
import { type PageData, vendorJobPage } from "./data.server";
import { Decision } from "./decision";
import { VendorDocuments } from "./documents";
import { Limits, VendorJobActivity, WaysOut } from "./side";

export const meta = ({ loaderData }: { loaderData?: { job: { number: number } } }) => [
  { title: loaderData ? `Vendor job ${jobNumber(loaderData.job.number)}` : "Vendor job" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const action = commands;

export const loader = staff.loader("vendor-job:manage", vendorJobPage, action);

const SHARED_FILES = "No files yet. The vendor can see files you add here, unless you uncheck sharing.";

export default function VendorJobRecord() {
  const data = useLoaderData<PageData>();
  const { day, money, now } = useFormat();
  const { job, about, messages, attachments, nextMessage, organizationId } = data;
  const result = useFormResult<typeof action>(job.version);
  const sent = result && "sent" in result ? result.sent : undefined;
  const { revalidate } = useRevalidator();
  const { live, viewers } = useNotices({ organizationId, as: "staff", at: job.id, reread: revalidate });
  const message = useRefused()("message");
  const takesMore = canAdd(job.state) === true;
  const byPhone = !about.portalEnabled;
  const decides = waitingEstimate(job) !== null || can("approve-invoice", job.state) === true;
  // A vendor with neither portal access nor an email address can't be notified.
  const isNotified = about.portalEnabled || about.vendorEmail !== null;
  const unit = [about.year, about.make, about.model].filter(Boolean).join(" ");
  return (
    <>
      <PageHeader
        title={job.title}
        mark={
          <>
            <span className="text-lead text-ink-soft tabular-nums">{jobNumber(job.number)}</span>
            <UnitPlate number={about.unitNumber} size="medium" />
          </>
        }
        state={
          <>
            <JobMark state={job.state} laterId={job.laterId} waits={waitingAddition(job) !== null} />
            <LiveDot {...live} now={now} />
            <Presence people={viewers[job.id]} />
          </>
        }
        action={
          byPhone && awaitsVendor(job.state) ? (
            <ButtonLink to={paths.staff.recordAnswer(job.id)} icon={PhoneCall} kind={decides ? "quiet" : "primary"}>
              Record vendor's answer
            </ButtonLink>
          ) : can("reassign", job.state) === true && !job.laterId ? (
            <ButtonLink to={paths.staff.reassignVendor(job.workOrderId, data.freshJob, job.id)} icon={Repeat} kind="primary">
              Reassign to another vendor
            </ButtonLink>
          ) : undefined
        }
      />
      <PageBody>
        <FormResult result={result} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Decision />
            {!isNotified && takesMore && <Notice tone="amber" title={`${about.vendor} has no email address, so nothing was sent. Call them.`} />}
            {(job.reason || job.laterId) && (
              <Notice tone={isClosedTo(job.state) ? stateTones[job.state] : "slate"} title={endedLabel(job, about.vendor)}>
                {job.reason && <p className="whitespace-pre-line">“{job.reason}”</p>}
                {!job.laterId && about.orderState === "on-hold" && <p>{docketNumber(about.order)} is still on hold.</p>}
                {job.laterId && (
                  <Link to={paths.staff.vendorJob(job.laterId)} className="inline-flex min-h-(--target) items-center underline">
                    See current assignment
                  </Link>
                )}
              </Notice>
            )}
            <Facts>
              {job.paid && (
                <Fact term="Paid">
                  {day(job.paid.day)}
                  {job.paid.reference && `, ${job.paid.reference}`}
                </Fact>
              )}
              <Fact term="Vendor">
                <TextLink to={paths.staff.vendor(job.vendorId)}>{about.vendor}</TextLink>
              </Fact>
              {about.vendorPhone && (
                <Fact term="Phone">
                  <PhoneLink number={about.vendorPhone} />
                </Fact>
              )}
              <Fact term="Work order">
                <TextLink to={paths.staff.order(job.workOrderId)}>{docketNumber(about.order)}</TextLink>
              </Fact>
              <Fact term="Unit">{unit || about.unitNumber}</Fact>
              <Fact term="Needed by">{job.dueDay ? day(job.dueDay) : "no date"}</Fact>
              <Fact term="Not to exceed">{job.notToExceed === null ? "no limit" : money(job.notToExceed)}</Fact>
              <Fact term="Estimate">{job.needsEstimate ? "required first" : "not required"}</Fact>
              <Fact term="Customer's name">{job.sharesCustomer ? "shown to the vendor" : "not shown"}</Fact>
              {byPhone && <Fact term="Answers">by phone, recorded by you</Fact>}
              <Fact term="Sent by">{job.assignedBy.name}</Fact>
              {job.earlierId && (
                <Fact term="Replaces">
                  <TextLink to={paths.staff.vendorJob(job.earlierId)}>the earlier job</TextLink>
                </Fact>
              )}
            </Facts>
            <Section title="Instructions">
              <p className="max-w-prose break-words whitespace-pre-line">{job.instructions}</p>
            </Section>
            <AskedLines lines={data.asked} />
            <VendorDocuments />
            <AttachmentPanel
              {...attachments}
              shareWith={byPhone ? [] : ["vendor"]}
              sharesAtFirst
              mayAdd={takesMore}
              empty={!takesMore ? "No files." : byPhone ? "No files yet. Add the vendor's documents and photos here." : SHARED_FILES}
            />
            {takesMore && data.photos.length > 0 && !byPhone && (
              <Disclosure title="Add photos from the work order" icon={Images}>
                <CommandForm<typeof action> intent="photos" className="grid gap-3">
                  <PhotoChoice photos={data.photos} isOn={() => false} />
                  <SubmitButton kind="quiet" pendingLabel="Adding">
                    Add for {about.vendor}
                  </SubmitButton>
                </CommandForm>
              </Disclosure>
            )}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Limits />
            <Thread
              of={job.id}
              messages={messages}
              me="staff"
              sent={sent}
              nextId={isNotified && takesMore ? nextMessage : null}
              label={`Message to ${about.vendor}`}
              hint={byPhone ? "The vendor gets it by email" : "The vendor gets it in the portal and by email"}
              typed={message?.typed.text}
              error={message?.fields.text}
            />
            <WaysOut />
            <VendorJobActivity />
          </div>
        </div>
      </PageBody>
    </>
  );
}
