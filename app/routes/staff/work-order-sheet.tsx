import { Link, useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { withoutCosts } from "~/modules/work-orders/jobs/costs";
import { withoutMargin } from "~/modules/work-orders/jobs/totals";
import { JobBlock, Sums } from "~/modules/work-orders/order.view";
import { stateTones } from "~/modules/work-orders/state.view";
import { docketNumber, stateLabels } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { Moment } from "~/ui/clock";
import { Docket } from "~/ui/docket";
import { FormatProvider } from "~/ui/format";
import { Fact, Facts } from "~/ui/page";
import { PrintButton } from "~/ui/print-button";
import { QrCode } from "~/ui/qr";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ loaderData }: { loaderData?: { facts: { number: number } } }) => [
  { title: loaderData ? `Sheet for ${docketNumber(loaderData.facts.number)}` : "Sheet" },
];

export const loader = staff.loader("work-order:read", async ({ services, session, scope, params }) => {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { order, facts, totals, authorization } = orNotFound(await readOrderRecord(services, id));
  const { name, phone, email, publicOrigin } = session.organization;
  return {
    order: { ...order, jobs: withoutCosts(order.jobs) },
    facts,
    authorization,
    totals: withoutMargin(totals),
    shop: { name, phone, email },
    address: publicOrigin + paths.staff.order(id),
    locale: scope.organization,
    servedAt: services.clock.now(),
  };
});

/** The printed order, for the clipboard at the truck. It never shows cost or margin. */
export default function OrderSheet() {
  const { order, facts, totals, authorization, shop, address, locale, servedAt } = useLoaderData<typeof loader>();
  return (
    <FormatProvider locale={locale} servedAt={servedAt}>
      <div className="density-staff mx-auto grid max-w-[52rem] gap-5 bg-panel p-6 print:max-w-none print:p-0">
        <div className="no-print flex flex-wrap items-center justify-between gap-3">
          <Link to={paths.staff.order(order.id)} className="inline-flex min-h-(--target) items-center text-accent underline">
            Back to the order
          </Link>
          <PrintButton />
        </div>
        <main id="main" className="grid gap-5">
          <header className="flex flex-wrap items-start justify-between gap-4">
            <div className="grid gap-2">
              <p className="font-condensed text-lead font-semibold">{shop.name}</p>
              <p className="text-small">{[shop.phone, shop.email].filter(Boolean).join(" · ")}</p>
              <div className="flex flex-wrap items-center gap-3">
                <Docket number={docketNumber(facts.number)} state={stateTones[order.state]} size="large" />
                <UnitPlate number={facts.unitNumber} size="large" />
              </div>
              <h1 className="text-title">{order.title}</h1>
            </div>
            <QrCode text={address} label={`QR code that opens ${docketNumber(facts.number)}`} className="size-28" />
          </header>
          <Facts>
            <Fact term="Customer">{facts.customer}</Fact>
            <Fact term="Unit">{[facts.year, facts.make, facts.model].filter(Boolean).join(" ")}</Fact>
            {facts.vin && (
              <Fact term="VIN" code>
                {facts.vin}
              </Fact>
            )}
            <Fact term="State">{stateLabels[order.state]}</Fact>
            <Fact term="Assigned to">{order.lead?.name ?? ""}</Fact>
            <Fact term="Promised">{order.promisedAt === null ? "" : <Moment at={order.promisedAt} />}</Fact>
            {order.purchaseOrder && <Fact term="Customer's PO number">{order.purchaseOrder}</Fact>}
          </Facts>
          {order.jobs.map((job) => (
            <JobBlock key={job.id} job={job} authorization={authorization} edit={null} />
          ))}
          <div className="grid gap-6 sm:grid-cols-2">
            <div className="grid content-end gap-8 text-small">
              <p className="border-t border-ink pt-1">Meter reading</p>
              <p className="border-t border-ink pt-1">Technician</p>
            </div>
            <Sums totals={totals} exempt={facts.taxCertificate !== null} inside={false} />
          </div>
        </main>
      </div>
    </FormatProvider>
  );
}
