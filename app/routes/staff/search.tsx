import type { ReactNode } from "react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { parseSearch } from "~/kernel/search-term";
import { nameOfAsset } from "~/modules/assets/asset";
import { estimateNumber } from "~/modules/estimates/format";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/invoice.view";
import { OrderDocket } from "~/modules/work-orders/order-docket.view";
import { OrderStateMark } from "~/modules/work-orders/state.view";
import { staff } from "~/platform/http/guards.server";
import { readSearch } from "~/queries/staff/search.server";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Search" }];

export const loader = staff.loader("work-order:read", async ({ services, session, url }) => {
  const term = parseSearch(url.searchParams.get("q") ?? "");
  if (!term) return { text: "", found: null };
  const withInvoices = may("staff", session.membership.role, "invoice:read");
  return { text: term.text, found: await readSearch(services.db, { term, now: services.clock.now(), withInvoices }) };
});

type Found = NonNullable<Awaited<ReturnType<typeof loader>>["found"]>;

export default function Search() {
  const { text, found } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={text ? `Search for “${text}”` : "Search"} />
      <PageBody>
        {found && Object.values(found).some((rows) => rows.length > 0) ? (
          <div className="grid gap-x-8 gap-y-6 xl:grid-cols-2">
            <div className="grid content-start gap-6">
              <Orders rows={found.orders} />
              <Estimates rows={found.estimates} />
            </div>
            <div className="grid content-start gap-6">
              <Units rows={found.units} />
              <Customers rows={found.customers} />
              <Invoices rows={found.invoices} />
            </div>
          </div>
        ) : (
          <Empty
            title={text ? "Nothing matches" : "What are you looking for?"}
            body="Orders by number, PO, VIN (all of it, or the last 6 or 8), plate, unit, part number or customer. Invoices by number, unit and PO. Customers by name, email or phone."
          />
        )}
      </PageBody>
    </>
  );
}

function List({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <Section title={title}>
      <DataList label={title}>{children}</DataList>
    </Section>
  );
}

const Orders = ({ rows }: { rows: Found["orders"] }) => (
  <List title="Work orders" count={rows.length}>
    {rows.map(({ id, number, title, state, holdReason, purchaseOrder, unitNumber, customer }) => (
      <DataRow
        key={id}
        to={paths.staff.order(id)}
        lead={
          <span className="flex gap-2">
            <OrderDocket number={number} state={state} />
            <UnitPlate number={unitNumber} />
          </span>
        }
        title={title}
        detail={[customer, purchaseOrder && `PO ${purchaseOrder}`].filter(Boolean).join(" · ")}
        end={<OrderStateMark bare order={{ state, holdReason }} />}
      />
    ))}
  </List>
);

const Units = ({ rows }: { rows: Found["units"] }) => (
  <List title="Units" count={rows.length}>
    {rows.map((unit) => (
      <DataRow
        key={unit.id}
        to={paths.staff.asset(unit.id)}
        lead={<UnitPlate number={unit.unitNumber} />}
        title={nameOfAsset(unit)}
        detail={[unit.customer, unit.plate, unit.vin].filter(Boolean).join(" · ")}
        end={unit.archivedAt !== null && <StateMark bare tone="slate" label="Archived" />}
      />
    ))}
  </List>
);

const Customers = ({ rows }: { rows: Found["customers"] }) => (
  <List title="Customers" count={rows.length}>
    {rows.map(({ id, name, phone, email, archivedAt }) => (
      <DataRow
        key={id}
        to={paths.staff.customer(id)}
        title={name}
        detail={[phone, email].filter(Boolean).join(" · ")}
        end={archivedAt !== null && <StateMark bare tone="slate" label="Archived" />}
      />
    ))}
  </List>
);

const Estimates = ({ rows }: { rows: Found["estimates"] }) => (
  <List title="Estimates" count={rows.length}>
    {rows.map(({ id, number, title, unitNumber, customer }) => (
      <DataRow key={id} to={paths.staff.estimate(id)} lead={<UnitPlate number={unitNumber} />} title={`${estimateNumber(number)} ${title}`} detail={customer} />
    ))}
  </List>
);

function Invoices({ rows }: { rows: Found["invoices"] }) {
  const { money } = useFormat();
  return (
    <List title="Invoices" count={rows.length}>
      {rows.map(({ id, number, state, status, customer, balance, total }) => (
        <DataRow
          key={id}
          to={paths.staff.invoice(id)}
          title={state === "draft" ? "Draft" : invoiceNumber(number)}
          detail={customer}
          end={
            <>
              <StatusMark bare status={status} />
              {state !== "draft" && <span className="tabular-nums">{money(balance > 0 ? balance : total)}</span>}
            </>
          }
        />
      ))}
    </List>
  );
}
