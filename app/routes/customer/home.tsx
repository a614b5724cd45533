import { Wrench } from "lucide-react";
import { type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from "react-router";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { estimateNumber } from "~/modules/estimates/format";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/status.view";
import { readPending } from "~/modules/payments/payment.read.server";
import { TrackedOrders } from "~/modules/work-orders/tracker/tracker.view";
import { customer } from "~/platform/http/guards.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";
import { readPortalEstimates } from "~/queries/customer/estimates.server";
import { readPortalOrders } from "~/queries/customer/work-orders.server";
import { readFleet } from "~/queries/fleet.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { FleetScreen } from "../parts/fleet-page";

export const meta = () => [{ title: "Home" }];

export const loader = customer.loader("fleet:read", async ({ services, session }) => {
  const { id, zone } = session.organization;
  const now = services.clock.now();
  const rights = await readContactRights(services.db);
  const [fleet, orders, estimates, owed] = await Promise.all([
    readFleet(services),
    seesWork(rights) ? readPortalOrders(services.db, { now }) : [],
    rights.documents ? readPortalEstimates(services.db, null, { openOn: dayOf(now, zone) }) : null,
    rights.documents ? readPortalOwed(services.db, now) : null,
  ]);
  const { documents, decide, service } = rights;
  const coming =
    owed &&
    (await readPending(
      services.db,
      owed.rows.map((row) => row.id),
    ));
  return {
    fleet,
    orders,
    estimates: estimates?.rows ?? [],
    // Whoever has paid need not be asked again while the money is on its way.
    owed: owed?.rows.filter((row) => (coming?.get(row.id)?.amount ?? 0) < row.balance) ?? [],
    rights: { documents, decide, service },
    organizationId: id,
  };
});

/** Choosing, searching and filtering work on the loaded units. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  if (formMethod && formMethod !== "GET") return defaultShouldRevalidate;
  return currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search;
}

export default function CustomerHome() {
  const { fleet, orders, estimates, owed, rights, organizationId } = useLoaderData<typeof loader>();
  const { day, money } = useFormat();
  const [params] = useSearchParams();
  const unit = fleet.units.find(({ id }) => id === params.get("unit"));
  const pendingCount = estimates.length + owed.length;
  return (
    <>
      <PageHeader title="Home" />
      <PageBody>
        {rights.documents &&
          (pendingCount === 0 ? (
            <Notice tone="green" title="Nothing needs your attention.">
              <p>No estimates to answer and no invoices to pay.</p>
            </Notice>
          ) : (
            <Section title="Needs your attention" count={pendingCount}>
              <DataList label="Needs your attention">
                {estimates.map(({ id, number, title, unitNumber, total, validThrough }) => (
                  <DataRow
                    key={id}
                    to={paths.customer.estimate(id)}
                    lead={<UnitPlate number={unitNumber} />}
                    title={title}
                    detail={
                      <span className="grid">
                        <span>
                          {estimateNumber(number)} · until {day(validThrough)}
                        </span>
                        <StateMark bare tone="blue" label={rights.decide ? "Needs your decision" : "Needs a colleague's decision"} />
                      </span>
                    }
                    end={<span className="font-semibold tabular-nums">{money(total)}</span>}
                  />
                ))}
                {owed.map(({ id, number, dueDay, status, balance }) => (
                  <DataRow
                    key={id}
                    to={paths.customer.invoice(id)}
                    title={`Invoice ${invoiceNumber(number)}`}
                    detail={dueDay && `${status === "overdue" ? "was due" : "due"} ${day(dueDay)}`}
                    end={
                      <span className="grid justify-items-end">
                        <span className="font-semibold tabular-nums">{money(balance)}</span>
                        <StatusMark bare status={status} />
                      </span>
                    }
                  />
                ))}
              </DataList>
            </Section>
          ))}
        {orders.length > 0 && (
          <Section title="At the shop" count={orders.length}>
            <TrackedOrders orders={orders} />
          </Section>
        )}
      </PageBody>
      <FleetScreen
        {...fleet}
        organizationId={organizationId}
        as="customer"
        below={
          unit && (
            <div className="flex flex-wrap gap-2">
              <ButtonLink to={paths.customer.asset(unit.id)}>Details and history</ButtonLink>
              {rights.service && (
                <ButtonLink to={paths.customer.request(unit.id)} icon={Wrench}>
                  Request service
                </ButtonLink>
              )}
            </div>
          )
        }
        empty={
          <PageBody>
            <Empty title="No vehicles yet" body="The shop adds your vehicles. Once added, they show up here, and those with a tracker on the map." />
          </PageBody>
        }
      />
    </>
  );
}
