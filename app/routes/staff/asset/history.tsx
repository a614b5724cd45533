import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { OrderDocket } from "~/modules/work-orders/order-docket.view";
import { stateTones } from "~/modules/work-orders/state.view";
import { stateLabels } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";

/** The unit's work orders. */
export function AssetOrders() {
  const { orders } = useLoaderData<PageData>();
  const { money } = useFormat();
  return (
    <Section title="Work orders" count={orders.length}>
      {orders.length === 0 ? (
        <Empty title="No work orders yet" body="Work orders for this unit show up here, newest first." />
      ) : (
        <DataTable
          caption="Work orders of this unit"
          rows={orders}
          rowKey={({ id }: (typeof orders)[number]) => id}
          rowTo={({ id }) => paths.staff.order(id)}
          columns={[
            {
              key: "number",
              title: "Order",
              cell: ({ number, state }) => <OrderDocket number={number} state={state} />,
            },
            { key: "title", title: "Work", wraps: true, cell: ({ title }) => title },
            { key: "state", title: "State", from: "sm", cell: ({ state }) => <StateMark bare tone={stateTones[state]} label={stateLabels[state]} /> },
            { key: "at", title: "Since", from: "lg", cell: ({ stateSince }) => <Moment at={stateSince} /> },
            { key: "price", title: "Price", from: "sm", figures: true, cell: ({ price }) => money(price) },
          ]}
        />
      )}
    </Section>
  );
}

/** Drivers, trackers and owners of the unit, each with dates. */
export function AssetHistory() {
  const { drivers, devices, owners } = useLoaderData<PageData>();
  const ownedSince = owners.find(({ to }) => to === null)?.from ?? null;
  return (
    <>
      {drivers.length > 0 && (
        <Section title="Drivers">
          <Dated
            rows={drivers.map(({ driverId, name, from, to }) => ({
              key: `${driverId}-${from}`,
              to: paths.staff.driver(driverId),
              label: name,
              from,
              until: to,
            }))}
          />
        </Section>
      )}
      {devices.length > 0 && (
        <Section title="Trackers">
          <Dated
            rows={devices.map(({ code, label, from, to }) => ({
              key: `${code}-${from}`,
              to: paths.staff.devices,
              label: `${code}, ${label}`,
              from,
              until: to,
              // A tracker is bolted to the unit: it is sold with it, and reports for the new owner.
              note: to === null && ownedSince !== null && from < ownedSince ? "Came with the unit from its former owner and still reports." : undefined,
            }))}
          />
        </Section>
      )}
      <Section title="Owners">
        <Dated
          rows={owners.map(({ customerId, customer, from, to }) => ({
            key: String(from),
            to: paths.staff.customer(customerId),
            label: customer,
            from,
            until: to,
          }))}
        />
      </Section>
    </>
  );
}

type DatedRow = { key: string; to: string; label: string; from: UtcMs; until: UtcMs | null; note?: string | undefined };

/** Who or what was assigned to the unit, and when. */
const Dated = ({ rows }: { rows: readonly DatedRow[] }) => (
  <ul className="divide-y divide-line border-y border-line">
    {rows.map(({ key, to, label, from, until, note }) => (
      <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
        <TextLink to={to}>{label}</TextLink>
        <span className="text-ink-soft">
          {until === null && "since "}
          <Moment at={from} />
          {until !== null && (
            <>
              {" to "}
              <Moment at={until} />
            </>
          )}
        </span>
        {note && <span className="w-full text-small text-ink-soft">{note}</span>}
      </li>
    ))}
  </ul>
);
