import { useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DAY, later } from "~/kernel/time";
import { nameOfAsset } from "~/modules/assets/asset";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { unitConditionLabels } from "~/modules/inspections/defects/defect";
import { statusTones } from "~/modules/work-orders/unit-status/unit-status.view";
import { customer } from "~/platform/http/guards.server";
import { type AfterUnit, type PortalUnitFilter, portalUnitFilterNames, portalUnitFilters, readPortalUnits } from "~/queries/customer/unit-list.server";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Units" }];

const YEAR = 365 * DAY;

export const loader = customer.loader("asset:read", async ({ services, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const filter = portalUnitFilterNames.find((name) => name === url.searchParams.get("show")) ?? "all";
  const [unitNumber, id] = [url.searchParams.get("after"), parseId("asset", url.searchParams.get("id"))];
  const rights = await readContactRights(services.db);
  const list = await readPortalUnits(services.db, {
    filter,
    query,
    after: unitNumber !== null && id ? { unitNumber, id } : null,
    since: later(services.clock.now(), -YEAR),
    withSpend: rights.documents,
  });
  return {
    ...list,
    filter,
    query,
    first: unitNumber === null,
    chips: portalUnitFilterNames.map((name) => ({ name, label: portalUnitFilters[name] })),
    seesWork: seesWork(rights),
    seesSpend: rights.documents,
  };
});

type Row = Awaited<ReturnType<typeof readPortalUnits>>["rows"][number];

const address = (filter: PortalUnitFilter, query: string, after?: AfterUnit | null) =>
  `?${new URLSearchParams({ ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}), ...(after ? { after: after.unitNumber, id: after.id } : {}) })}`;

/** Its one state: out of service, that it may not be driven, or where it is. */
function stateOf({ status, condition }: Row): { tone: Tone; label: string } {
  if (condition === "do-not-operate" && status.status !== "out-of-service") return { tone: "red", label: unitConditionLabels[condition] };
  return { tone: statusTones[status.status], label: status.label };
}

export default function PortalUnits() {
  const { rows, next, first, filter, query, chips, seesWork: work, seesSpend } = useLoaderData<typeof loader>();
  const { reading, money } = useFormat();
  const isNarrowed = query !== "" || filter !== "all";
  return (
    <>
      <PageHeader title="Units" />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips label="Filter units" chips={chips.map(({ name, label }) => ({ label, to: address(name, query), current: name === filter }))} />
          <div className="lg:w-72">
            <SearchField label="Find a unit" value={query} placeholder="Number, VIN, plate, make" keep={filter === "all" ? {} : { show: filter }} live />
          </div>
        </div>
        {rows.length === 0 ? (
          <Empty
            title={isNarrowed ? "No unit matches" : "No vehicles yet"}
            body={isNarrowed ? "Try another search, or choose All." : "The shop adds your vehicles. Once added, they show up here."}
          />
        ) : (
          <DataTable
            caption="Units"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.customer.asset(id)}
            columns={[
              { key: "unit", title: "Unit", cell: (row) => <UnitPlate number={row.unitNumber} state={stateOf(row).tone} /> },
              {
                key: "name",
                title: "Vehicle",
                wraps: true,
                cell: (row) => (
                  <span className="grid min-w-0">
                    <span>{nameOfAsset(row)}</span>
                    <span className="font-mono text-small text-ink-soft">{row.vin ?? ""}</span>
                    {row.due && <span className="text-small">Maintenance {row.due}</span>}
                    <span className="sm:hidden">
                      <StateMark bare {...stateOf(row)} />
                    </span>
                  </span>
                ),
              },
              { key: "status", title: "Status", from: "sm", cell: (row) => <StateMark bare {...stateOf(row)} /> },
              {
                key: "meters",
                title: "Meters",
                from: "lg",
                figures: true,
                cell: ({ odometer, engine }) => (
                  <span className="grid justify-items-end tabular-nums">
                    {odometer !== null && <span>{reading("odometer", odometer)}</span>}
                    {engine !== null && <span className="text-small text-ink-soft">{reading("engine", engine)}</span>}
                  </span>
                ),
              },
              ...(work
                ? [
                    {
                      key: "visits",
                      title: "Visits, 12 mo",
                      from: "lg" as const,
                      figures: true,

                      cell: ({ visits }: Row) => <span className="tabular-nums">{visits || ""}</span>,
                    },
                  ]
                : []),
              ...(seesSpend
                ? [
                    {
                      key: "spend",
                      title: "Billed, 12 mo",
                      from: "lg" as const,
                      figures: true,

                      cell: ({ spend }: Row) => <span className="tabular-nums">{spend ? money(spend) : ""}</span>,
                    },
                  ]
                : []),
            ]}
          />
        )}
        {seesSpend && rows.length > 0 && (
          <p className="hidden text-small text-ink-soft lg:block">Billed: invoiced work of the last 12 months, before supplies and tax.</p>
        )}
        {(next || !first) && (
          <Pager label="Pages of units" previous={first ? undefined : address(filter, query)} next={next ? address(filter, query, next) : undefined} />
        )}
      </PageBody>
    </>
  );
}
