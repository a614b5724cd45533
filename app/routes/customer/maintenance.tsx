import { useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { addCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from "~/modules/maintenance/feeds/calendar-feed.server";
import { type MaintenanceFilter, maintenanceFilterNames, maintenanceFilters, parseMaintenanceFilter } from "~/modules/maintenance/maintenance-filters";
import { DueText, ScheduleMark, scheduleTones } from "~/modules/maintenance/schedule.view";
import { noFields } from "~/platform/http/commands.server";
import { idField } from "~/platform/http/fields.server";
import { customer } from "~/platform/http/guards.server";
import { type MaintenanceCursor, readCursor, readMaintenanceList } from "~/queries/maintenance-list.server";
import { Empty } from "~/ui/empty";
import { FilterChips } from "~/ui/filters";
import { FormResult } from "~/ui/form-result";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { CalendarFeeds } from "../parts/calendar-feeds";

export const meta = () => [{ title: "Maintenance" }];
export const shouldRevalidate = () => true;

export const loader = customer.loader("asset:read", async ({ services, url }) => {
  const show = url.searchParams.get("show");
  const filter = show === null ? "all" : parseMaintenanceFilter(show);
  const after = readCursor(url.searchParams);
  const [list, feeds] = await Promise.all([
    readMaintenanceList(services.db, { states: maintenanceFilters[filter].states, after }),
    listCalendarFeeds(services),
  ]);
  const rows = list.rows.map(({ id, assetId, name, state, firstBy, dueDay, dueMeter, projectedDay, reads, unitNumber, openOrder }) => ({
    ...{ id, assetId, name, state, firstBy, dueDay, dueMeter, projectedDay, reads, unitNumber },
    isOrdered: openOrder !== null,
  }));
  return { rows, next: list.next, feeds, filter, first: after === null };
});

export const action = customer.commands({
  "add-feed": customer.command({
    permission: "calendar:share",
    form: noFields,
    run: ({ services }) => addCalendarFeed(services),
    done: ({ token }, { session }) => ({ done: null, address: session.organization.publicOrigin + paths.calendar(token) }),
    refusals: { "too-many": "You have ten calendar addresses. Revoke one first." },
  }),
  "revoke-feed": customer.command({
    permission: "calendar:share",
    form: z.object({ id: idField("calendarFeed", "Reload the page.") }),
    run: ({ services, form }) => revokeCalendarFeed(services, form.id),
    done: "Calendar address revoked.",
  }),
});

const address = (filter: string, after?: MaintenanceCursor | null) =>
  `?${new URLSearchParams({ ...(filter === "all" ? {} : { show: filter }), ...(after ? { state: after.state, id: after.id, ...(after.day ? { day: after.day } : {}) } : {}) })}`;

const filters: readonly MaintenanceFilter[] = ["all", ...maintenanceFilterNames.filter((name) => name !== "all")];

/** What is due on the customer's whole fleet, the most urgent first. */
export default function PortalMaintenance() {
  const { rows, next, filter, first } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Maintenance" />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <FilterChips
          label="Filter maintenance"
          chips={filters.map((name) => ({ label: maintenanceFilters[name].label, to: address(name), current: name === filter }))}
        />
        <CalendarFeeds />
        {rows.length === 0 ? (
          <Empty title="Nothing here" body="Services, inspections and documents that the shop keeps track of for your units show up here." />
        ) : (
          <DataList label="Maintenance">
            {rows.map((row) => (
              <DataRow
                key={row.id}
                to={paths.customer.asset(row.assetId)}
                lead={<UnitPlate number={row.unitNumber} state={scheduleTones[row.state]} />}
                title={row.name}
                detail={
                  <>
                    <DueText {...row} />
                    {row.isOrdered && <span className="block">The shop has a work order for it</span>}
                  </>
                }
                end={<ScheduleMark state={row.state} />}
              />
            ))}
          </DataList>
        )}
        {(next || !first) && (
          <Pager label="Pages of maintenance" previous={first ? undefined : address(filter)} next={next ? address(filter, next) : undefined} />
        )}
      </PageBody>
    </>
  );
}
