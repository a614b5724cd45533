import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { estimateNumber } from "~/modules/estimates/format";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { ScheduleMark } from "~/modules/maintenance/schedule.view";
import { stateLabels as vendorStateLabels } from "~/modules/vendor-jobs/labels";
import { stateLabels } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useShopRoom } from "../use-shop-room";
import { type PageData, todayPage } from "./data.server";
import { type Waiting, WaitingList } from "./waiting-list";

export const meta = () => [{ title: "Today" }];

export const loader = staff.loader("fleet:read", todayPage);

export default function Today() {
  const page = useLoaderData<PageData>();
  const { now, money, shortDay } = useFormat();
  const { live } = useShopRoom(["work-order", "estimate", "invoice", "account", "vendor-job", "inspection", "asset"]);
  const order = (its: PageData["mine"][number]) => ({
    id: its.id,
    to: paths.staff.order(its.id),
    title: its.title,
    detail: `WO-${its.number} · ${its.customer}`,
    unitNumber: its.unitNumber,
    total: its.total,
  });
  const estimate = (its: PageData["waiting"][number]) => ({
    id: its.id,
    to: paths.staff.estimate(its.id),
    title: its.title,
    detail: `${estimateNumber(its.number)} · ${its.customer}`,
    unitNumber: its.unitNumber,
    at: its.since,
    total: its.total,
  });
  const promise = (its: PageData["mine"][number]): Waiting => ({
    ...order(its),
    mark:
      its.promisedAt !== null && its.promisedAt < now ? (
        <StateMark bare tone="red" label="Late" />
      ) : (
        <StateMark bare tone="slate" label={stateLabels[its.state]} />
      ),
    at: its.promisedAt,
  });
  const lists: readonly [title: string, all: string, rows: readonly Waiting[]][] = [
    [
      "Do not operate",
      paths.staff.openDefects(),
      page.units.map((unit) => ({
        id: unit.id,
        to: paths.staff.openDefects(unit.id),
        title: unit.defects === 1 ? "1 safety defect" : `${unit.defects} safety defects`,
        detail: unit.customer,
        unitNumber: unit.unitNumber,
        mark: <StateMark bare tone="red" label="Do not operate" />,
        at: unit.since,
        total: unit.total,
      })),
    ],
    [
      "Critical faults",
      paths.staff.fleet,
      page.faults.map((unit) => ({
        id: unit.id,
        to: paths.staff.asset(unit.id),
        title: unit.faults.map(({ title }) => title).join(", "),
        detail: unit.customer,
        unitNumber: unit.unitNumber,
        mark: <StateMark bare tone="red" label="Stop now" />,
        at: unit.since,
        total: unit.total,
      })),
    ],
    [
      "Requests from customers",
      paths.staff.board,
      page.requests.map((its) => ({
        ...order(its),
        mark: its.request?.urgency === "do-not-drive" && <StateMark bare tone="red" label="Should not be driven" />,
        at: its.since,
      })),
    ],
    ["Promised or late", paths.staff.board, page.promised.map(promise)],
    ["Approved, not started", paths.staff.board, page.approved.map((its) => ({ ...order(its), at: its.since }))],
    [
      "Changes requested or expired",
      `${paths.staff.estimates}?show=answered`,
      page.asked.map((its) => ({ ...estimate(its), mark: <StateMark bare tone="amber" label={its.state === "sent" ? "Expired" : "Changes requested"} /> })),
    ],
    [
      "Vendors wait for your decision",
      `${paths.staff.vendorWork}?show=decide`,
      page.vendorJobs.map((its) => ({
        id: its.id,
        to: paths.staff.vendorJob(its.id),
        title: its.title,
        detail: its.vendor,
        unitNumber: its.unitNumber,
        mark: <StateMark bare tone="amber" label={vendorStateLabels[its.state]} />,
        at: its.since,
        total: its.total,
      })),
    ],
    [
      "Maintenance due",
      paths.staff.maintenance,
      page.maintenance.map((its) => ({
        id: its.id,
        to: paths.staff.assetMaintenance(its.assetId),
        title: its.name,
        detail: its.customer,
        unitNumber: its.unitNumber,
        mark: <ScheduleMark state={its.state} />,
        at: null,
        total: page.moreMaintenance ? null : page.maintenance.length,
      })),
    ],
    [
      "Ready to invoice",
      paths.staff.unbilled,
      page.toInvoice.map((its) => ({
        ...order(its),
        mark: its.price !== null && <span className="font-semibold tabular-nums">{money(its.price)}</span>,
        at: its.since,
      })),
    ],
    [
      "Late bank transfers",
      paths.staff.payments,
      page.lateTransfers.map((its) => ({
        id: its.id,
        to: paths.staff.payments,
        title: its.customer,
        detail: its.expectedDay === null ? "" : `Was expected ${shortDay(its.expectedDay)}. Reminders wait for it.`,
        mark: <span className="font-semibold tabular-nums">{money(its.amount)}</span>,
        at: null,
        total: its.total,
      })),
    ],
    [
      "Overdue invoices",
      `${paths.staff.invoices}?show=overdue`,
      page.overdue.map((its) => ({
        id: its.id,
        to: paths.staff.invoice(its.id),
        title: its.customer,
        detail: invoiceNumber(its.number),
        mark: <span className="font-semibold tabular-nums">{money(its.balance)}</span>,
        at: its.dueAt,
        total: its.total,
      })),
    ],
    ["My orders", paths.staff.myJobs, page.mine.map(promise)],
    [
      "Waiting for the customer",
      `${paths.staff.estimates}?show=waiting`,
      page.waiting.map((its) => ({ ...estimate(its), mark: its.sum !== null && <span className="tabular-nums">{money(its.sum)}</span> })),
    ],
    ["Not here yet", paths.staff.board, page.expected.map((its) => ({ ...order(its), at: its.promisedAt }))],
  ];
  const isEmpty = lists.every(([, , rows]) => rows.length === 0);
  return (
    <>
      <PageHeader title="Today" state={<LiveDot {...live} now={now} />} />
      <PageBody>
        {isEmpty ? (
          <Nothing {...page.first} />
        ) : (
          <div className="gap-x-8 xl:columns-2 *:mb-6 *:break-inside-avoid">
            {lists.map(([title, all, rows]) => (
              <WaitingList key={title} title={title} all={all} rows={rows} />
            ))}
          </div>
        )}
      </PageBody>
    </>
  );
}

const Nothing = ({ customers, people }: PageData["first"]) => (
  <Empty
    title="Nothing is waiting"
    body="Requests, promises, answers, work to invoice and overdue money show up here, each with the page where it is done."
    action={
      customers && (
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={paths.staff.customers} kind="primary">
            Add a customer
          </ButtonLink>
          <ButtonLink to={paths.staff.rates}>Set your rates</ButtonLink>
          {people && <ButtonLink to={paths.staff.people}>Invite your people</ButtonLink>}
        </div>
      )
    }
  />
);
