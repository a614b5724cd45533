import { Download } from "lucide-react";
import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage, seesWork } from "~/modules/customers/contacts/contact-rights";
import { isExpired } from "~/modules/estimates/estimate";
import { PortalEstimateList } from "~/modules/estimates/portal-estimates.view";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/status.view";
import { deferralLabels } from "~/modules/work-orders/lines/deferred-work";
import { cancelRequest } from "~/modules/work-orders/service-requests/cancel-request.server";
import { describeRequest, urgencyLabels } from "~/modules/work-orders/service-requests/service-request";
import { stageLabels } from "~/modules/work-orders/tracker/tracker";
import { stageTones, Tracker } from "~/modules/work-orders/tracker/tracker.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { customer } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { missing, notAllowed } from "~/platform/http/refusals.server";
import { readPortalEstimates } from "~/queries/customer/estimates.server";
import { readPortalInvoicesOfOrder } from "~/queries/customer/invoices.server";
import { readPortalOrder } from "~/queries/customer/work-orders.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Docket } from "~/ui/docket";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { order: { number: number } } }) => [
  { title: loaderData ? docketNumber(loaderData.order.number) : "Work order" },
];

export const loader = customer.loader("work-order:read", async ({ services, session, scope, params, url }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const rights = await readContactRights(services.db);
  if (!seesWork(rights)) throw refuse(403, rightRefusalMessage({ kind: "no-right", right: "documents" }, session.organization));
  const { zone } = session.organization;
  const now = services.clock.now();
  const order = orNotFound(await readPortalOrder(services.db, id));
  const estimates = rights.documents ? (await readPortalEstimates(services.db, null, { workOrderId: id })).rows : [];
  return {
    order,
    invoices: rights.documents ? await readPortalInvoicesOfOrder(services.db, id, now) : [],
    pdf: rights.documents && order.track.stage === "ready" ? paths.customer.orderPdf(id) : null,
    attachments: await readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
    mayAdd: rights.service && !scope.readOnly,
    mayCancel: rights.service && order.canCancel,
    estimates: estimates.map((row) => ({ ...row, isExpired: row.state === "sent" && isExpired(row.validThrough, now, zone) })),
  };
});

export const action = customer.commands({
  "cancel-request": customer.command({
    permission: "service:request",
    form: z.object({ why: z.string().max(500, "Use at most 500 characters.").optional().default("") }),
    async run({ services, id, form }) {
      const right = mayUse(await readContactRights(services.db), "service");
      return right.ok ? cancelRequest(services, id("workOrder"), form.why) : right;
    },
    drain: "before-answer",
    goTo: () => paths.customer.home,
    refuse: (refusal, { scope }) =>
      refusal.kind === "no-right" || refusal.kind === "over-limit"
        ? notAllowed(rightRefusalMessage(refusal, scope.organization))
        : missing("This request changed just now. Reload the page."),
  }),
});

export default function PortalOrder() {
  const { order, estimates, invoices, pdf, attachments, mayAdd, mayCancel } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const { locale, now } = useFormat();
  const { number, title, unitNumber, assetId, promisedAt, request, track, jobs, notDone, fleetRepairs } = order;
  const tone = stageTones[track.stage];
  return (
    <>
      <PageHeader
        title={title}
        mark={
          <>
            <Docket number={docketNumber(number)} state={tone} size="medium" />
            <UnitPlate number={unitNumber} size="medium" />
          </>
        }
        state={<StateMark tone={tone} label={stageLabels[track.stage]} />}
        action={
          pdf && (
            <ButtonLink to={pdf} reloadDocument icon={Download}>
              Download PDF
            </ButtonLink>
          )
        }
      />
      <PageBody>
        <FormResult result={result} />
        {request && track.stage === "received" && (
          <Notice tone="green" title="The shop got your request.">
            <p>Photos help the shop get ready. You can add them below.</p>
            {mayCancel && <CancelRequest />}
          </Notice>
        )}
        {fleetRepairs.length > 0 && (
          <Notice tone="slate" title={`Your own mechanic certified: ${fleetRepairs.join(", ")}`}>
            <p>It is still on this order. The shop decides about it before anything is billed.</p>
          </Notice>
        )}
        <Section title="Progress">
          <Tracker track={track} number={number} />
          {promisedAt !== null && (
            <p>
              {promisedAt < now ? "It was promised for" : "The shop promised it for"} <Moment at={promisedAt} />.
            </p>
          )}
        </Section>
        {estimates.length > 0 && (
          <Section title="Estimates" count={estimates.length}>
            <PortalEstimateList rows={estimates} />
          </Section>
        )}
        {invoices.length > 0 && (
          <Section title="Invoices" count={invoices.length}>
            <DataList label="Invoices">
              {invoices.map((invoice) => (
                <DataRow
                  key={invoice.id}
                  to={paths.customer.invoice(invoice.id)}
                  title={<span className="font-semibold tabular-nums">{invoiceNumber(invoice.number)}</span>}
                  end={<StatusMark bare status={invoice.status} />}
                />
              ))}
            </DataList>
          </Section>
        )}
        <Section title={track.stage === "ready" ? "Work done" : "Reason for visit"}>
          {request && (
            <p className="text-ink-soft">
              {request.by} requested this. {describeRequest(request, locale)}.
            </p>
          )}
          {request?.joined?.map(({ id, by, at, complaint, urgency }) => (
            <p key={id}>
              <span className="block text-ink-soft">
                {by} requested it again <Moment at={at} />. {urgencyLabels[urgency]}.
              </span>
              <span className="whitespace-pre-line">{complaint}</span>
            </p>
          ))}
          <ul className="divide-y divide-line border-y border-line">
            {jobs.map(({ id, complaint, correction }) => (
              <li key={id} className="grid gap-0.5 py-2">
                <span className="font-semibold whitespace-pre-line">{complaint}</span>
                {correction && <span className="whitespace-pre-line text-ink-soft">{correction}</span>}
              </li>
            ))}
          </ul>
        </Section>
        {notDone.length > 0 && (
          <Section title="Not done" count={notDone.length}>
            <ul className="divide-y divide-line border-y border-line">
              {notDone.map(({ id, text, deferredAs }) => (
                <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
                  {text}
                  {deferredAs && <span className="text-ink-soft">{deferralLabels[deferredAs]}</span>}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {(mayAdd || attachments.items.length > 0) && (
          <AttachmentPanel
            {...attachments}
            as="customer"
            mayAdd={mayAdd}
            empty="No files yet. Add photos of the problem. Files the shop shares with you show up here too."
          />
        )}
        {assetId && (
          <Link to={paths.customer.asset(assetId)} className="inline-flex min-h-(--target) w-fit items-center text-accent underline underline-offset-2">
            View unit {unitNumber}
          </Link>
        )}
      </PageBody>
    </>
  );
}

/** As long as the shop hasn't begun with it. */
function CancelRequest() {
  const refused = useRefusedForm<typeof action>()("cancel-request");
  return (
    <Disclosure title="Cancel this request" open={refused !== null}>
      <CommandForm<typeof action> intent="cancel-request" className="grid gap-3">
        <Field label="Why?" name="why" hint="Optional. The shop sees it." maxLength={500} />
        <SubmitButton kind="danger" pendingLabel="Canceling">
          Cancel request
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
