import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { jobNumber } from "~/modules/vendor-jobs/labels";
import { JobMark } from "~/modules/vendor-jobs/vendor-job.view";
import { parseWorkFilter, type WorkFilter, workFilterNames, workFilters } from "~/modules/vendor-jobs/work-filters";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { countVendorWork, readOwedToVendors, readVendorWork } from "~/queries/staff/vendor-work.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Vendor work" }];

export const loader = staff.loader("vendor-job:manage", async ({ services, session, url }) => {
  const query = url.searchParams.get("q") ?? "";
  const filter = parseWorkFilter(url.searchParams.get("show"));
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const { id: organizationId } = session.organization;
  const [list, counts, owed] = await Promise.all([
    readVendorWork(services.db, { filter, query, before: before ? Number(before) : null }),
    countVendorWork(services.db),
    readOwedToVendors(services.db),
  ]);
  return { ...list, counts, owed, filter, query, first: !before, organizationId };
});

type Row = Awaited<ReturnType<typeof readVendorWork>>["rows"][number];
const address = (filter: WorkFilter, query: string, before?: number) =>
  `?${new URLSearchParams({ ...(filter === "all" ? {} : { show: filter }), ...(query ? { q: query } : {}), ...(before ? { before: String(before) } : {}) })}`;

export default function VendorWork() {
  const { rows, next, first, counts, owed, filter, query, organizationId } = useLoaderData<typeof loader>();
  const { day, money, now } = useFormat();
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "staff", reread: revalidate });
  return (
    <>
      <PageHeader title="Vendor work" state={<LiveDot {...live} now={now} />} action={<ButtonLink to={paths.staff.vendors}>Vendor Directory</ButtonLink>} />
      <PageBody>
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter outside work"
            chips={workFilterNames.map((name) => ({ label: workFilters[name].label, to: address(name, query), current: name === filter, count: counts[name] }))}
          />
          <div className="lg:w-72">
            <SearchField label="Find outside work" value={query} placeholder="Number, unit, vendor, title" keep={filter === "all" ? {} : { show: filter }} />
          </div>
        </div>
        {filter === "owed" && owed > 0 && <p className="text-lead">{money(owed)} is owed to vendors on approved invoices.</p>}
        {rows.length === 0 ? (
          <Empty
            title={query ? "No outside work matches" : workFilters[filter].empty}
            body={query ? "Try another search, or choose All." : "Assign work to a vendor from a work order. The vendor's estimates and invoices show up here."}
          />
        ) : (
          <DataTable
            caption="Vendor work"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.vendorJob(id)}
            columns={[
              { key: "number", title: "Job", cell: ({ number }) => <span className="font-semibold tabular-nums">{jobNumber(number)}</span> },
              { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
              {
                key: "title",
                title: "Work",
                cell: (row) => (
                  <span className="grid min-w-0">
                    <span className="line-clamp-2">{row.title}</span>
                    <span className="truncate text-small text-ink-soft">{row.vendor}</span>
                    <span className="sm:hidden">
                      <JobMark {...row} waits={row.additionWaits} bare />
                    </span>
                  </span>
                ),
              },
              {
                key: "state",
                title: "State",
                from: "sm",
                cell: (row) => <JobMark {...row} waits={row.additionWaits} />,
              },
              { key: "since", title: "Since", from: "sm", cell: ({ stateSince }) => <Moment at={stateSince} /> },
              { key: "due", title: "Needed by", from: "lg", cell: ({ dueDay }) => (dueDay ? day(dueDay) : "") },
              { key: "order", title: "Work order", from: "xl", cell: ({ order }) => docketNumber(order) },
              { key: "asked", title: "Amount", from: "lg", figures: true, cell: ({ asked }) => (asked === null ? "" : money(asked)) },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager label="Pages of outside work" previous={first ? undefined : address(filter, query)} next={next ? address(filter, query, next) : undefined} />
        )}
      </PageBody>
    </>
  );
}
