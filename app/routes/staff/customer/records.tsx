import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { OrderDocket } from "~/modules/work-orders/order-docket.view";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import type { PageData } from "./data.server";

export function CustomerDrivers() {
  const { customer, drivers, freshDriver } = useLoaderData<PageData>();
  return (
    <Section
      title="Drivers"
      count={drivers.length}
      action={
        freshDriver && (
          <div className="flex flex-wrap gap-2">
            <ButtonLink to={`${paths.staff.customer(customer.id)}/drivers`}>Add several</ButtonLink>
            <ButtonLink to={paths.staff.newDriver(freshDriver, customer.id)} icon={Plus}>
              Add driver
            </ButtonLink>
          </div>
        )
      }
    >
      {drivers.length === 0 ? (
        <Empty title="No drivers" body="Add the people who drive these units. They sign in with an emailed link or with a code and PIN." />
      ) : (
        <DataList label="Drivers">
          {drivers.map((driver) => (
            <DataRow
              key={driver.id}
              to={paths.staff.driver(driver.id)}
              title={driver.name}
              detail={driver.email ?? driver.phone ?? "code and PIN only"}
              end={<StateMark tone={driver.portalEnabled ? "green" : "slate"} label={driver.portalEnabled ? "Portal on" : "Portal off"} />}
            />
          ))}
        </DataList>
      )}
    </Section>
  );
}

export function CustomerOrders() {
  const { orders } = useLoaderData<PageData>();
  const { money } = useFormat();
  return (
    <Section title="Work orders" count={orders.length}>
      {orders.length === 0 ? (
        <Empty title="No work orders yet" body="Work orders for this customer's units show up here, newest first." />
      ) : (
        <DataTable
          caption="Work orders of this customer"
          rows={orders}
          rowKey={({ id }: (typeof orders)[number]) => id}
          rowTo={({ id }) => paths.staff.order(id)}
          columns={[
            {
              key: "number",
              title: "Order",
              cell: ({ number, state }) => <OrderDocket number={number} state={state} />,
            },
            { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
            { key: "title", title: "Work", wraps: true, cell: ({ title }) => title },
            { key: "price", title: "Price", from: "sm", figures: true, cell: ({ price }) => money(price) },
          ]}
        />
      )}
    </Section>
  );
}

export function CustomerUnits() {
  const { customer, units, freshUnit } = useLoaderData<PageData>();
  return (
    <Section
      title="Units"
      count={units.length}
      action={
        freshUnit && (
          <ButtonLink to={`${paths.staff.assetForm(freshUnit)}?customer=${customer.id}`} icon={Plus}>
            Add unit
          </ButtonLink>
        )
      }
    >
      {units.length === 0 ? (
        <Empty title="No units" body="This customer's trucks, trailers and equipment show up here." />
      ) : (
        <DataList label="Units">
          {units.map((unit) => (
            <DataRow
              key={unit.id}
              to={paths.staff.asset(unit.id)}
              lead={<UnitPlate number={unit.unitNumber} />}
              title={nameOfAsset(unit)}
              end={<span className="hidden font-mono text-small sm:inline">{unit.vin}</span>}
            />
          ))}
        </DataList>
      )}
    </Section>
  );
}
