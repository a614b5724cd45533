import { ClipboardPen, Download, Printer } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { AuthorizedSums } from "~/modules/work-orders/lines/authorized-sums.view";
import { Sums } from "~/modules/work-orders/order.view";
import { OrderStateMark, stateTones } from "~/modules/work-orders/state.view";
import { canEdit, docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { Docket } from "~/ui/docket";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { LazySection, lazySection } from "~/ui/lazy-section";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { Presence } from "~/ui/presence";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { commands } from "./commands.server";
import { type PageData, workOrderPage } from "./data.server";
import { OrderFacts } from "./facts";
import { OrderJobs } from "./jobs";
import { NextActions } from "./next-actions";
import { OrderNotices } from "./notices";
import { OrderActivity, OrderHead } from "./side";
import { AssignVendor, AtVendors } from "./vendor-assignments";

const recordApproval = lazySection(() => import("./line-decisions").then((file) => file.RecordApproval));
const orderNext = lazySection(() => import("./next-strip").then((file) => file.OrderNext));
const estimateList = lazySection(() => import("~/modules/estimates/estimate-list.view").then((file) => file.EstimateList));
const orderMails = lazySection(() => import("~/modules/notifications/mails.view").then((file) => file.MailSection));
const mailTrouble = lazySection(() => import("~/modules/notifications/mails.view").then((file) => file.MailTrouble));
const orderMaintenance = lazySection(() => import("./maintenance").then((file) => file.OrderMaintenance));

export const meta = ({ loaderData }: { loaderData?: { facts: { number: number; unitNumber: string } } }) => [
  { title: loaderData ? `${docketNumber(loaderData.facts.number)}, unit ${loaderData.facts.unitNumber}` : "Work order" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const action = commands;

export const loader = staff.loader("work-order:read", workOrderPage, action);

export default function WorkOrder() {
  const data = useLoaderData<PageData>();
  const { order, facts, totals, estimates, authorization, atVendors, attachments, maySeeMargin, organizationId } = data;
  const { now, money } = useFormat();
  const { revalidate } = useRevalidator();
  const { live, viewers } = useNotices({ organizationId, as: "staff", at: order.id, reread: revalidate });
  const expected = maySeeMargin ? sumCents(atVendors.rows.flatMap((row) => row.expected ?? [])) : toCents(0);
  const editable = canEdit(order.state) === true;
  return (
    <>
      <PageHeader
        title={order.title}
        mark={
          <>
            <Docket number={docketNumber(facts.number)} state={stateTones[order.state]} size="medium" />
            <UnitPlate number={facts.unitNumber} size="medium" />
          </>
        }
        state={
          <>
            <OrderStateMark order={order} />
            <LiveDot {...live} now={now} />
            <Presence people={viewers[order.id]} />
          </>
        }
        action={
          <>
            <NextActions />
            {!facts.isSelf && order.state !== "canceled" && (
              <ButtonLink to={`${paths.staff.newEstimate}?order=${order.id}`} icon={ClipboardPen}>
                {canEdit(order.state) === true ? "Estimate" : "Estimate on a new order"}
              </ButtonLink>
            )}
            <AssignVendor of={atVendors} order={order} />
            <ButtonLink to={paths.staff.orderSheet(order.id)} icon={Printer}>
              Print
            </ButtonLink>
            {(order.state === "completed" || order.state === "invoiced") && (
              <ButtonLink to={paths.staff.orderPdf(order.id)} reloadDocument icon={Download}>
                Download PDF
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(order.version)} />
        <LazySection section={orderNext} props={{}} />
        <OrderNotices />
        {data.mailed.failing.length > 0 && <LazySection section={mailTrouble} props={data.mailed} />}
        <Columns
          side={
            <>
              <Section title="Totals">
                <Sums totals={totals} exempt={facts.taxCertificate !== null} inside={maySeeMargin} />
                {expected > 0 && <p className="text-small text-ink-soft">Expected from vendors, not invoiced yet: {money(expected)} of cost.</p>}
                {order.isInternal && <p className="pt-2">The shop's own fleet: nothing of this is charged.</p>}
                <AuthorizedSums authorization={authorization} most={order.most} mayOffer={editable} />
                <LazySection section={recordApproval} props={{}} />
                {order.rulesVersion !== null && <p className="text-small text-ink-soft">Based on the rates and taxes on the day it was completed.</p>}
              </Section>
              {estimates.length > 0 && (
                <Section title="Estimates" count={estimates.length}>
                  <LazySection section={estimateList} props={{ rows: estimates }} />
                </Section>
              )}
              <AtVendors of={atVendors} />
              {editable && <OrderHead />}
              {data.mailed.mails.length > 0 && <LazySection section={orderMails} props={{ mails: data.mailed.mails }} />}
              <OrderActivity />
            </>
          }
        >
          <OrderFacts />
          <OrderJobs />
          {data.maintenance.length + data.due.length > 0 && <LazySection section={orderMaintenance} props={{}} />}
          {/* What a vendor gets is chosen for each of its jobs. */}
          <AttachmentPanel {...attachments} shareWith={["customer"]} />
        </Columns>
      </PageBody>
    </>
  );
}
