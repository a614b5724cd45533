import { CalendarDays, List as ListIcon, Settings2, Wrench } from "lucide-react";
import { useLoaderData } from "react-router";
import { addDays, startOfWeek } from "~/kernel/days";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { listCalendarFeeds, listCustomerFeeds } from "~/modules/maintenance/feeds/calendar-feed.server";
import { maintenanceFilterNames, maintenanceFilters, parseMaintenanceFilter } from "~/modules/maintenance/maintenance-filters";
import { isPlanDay } from "~/modules/maintenance/plan-day";
import { staff } from "~/platform/http/guards.server";
import { type MaintenanceCursor, readCursor, readMaintenanceDays, readMaintenanceList } from "~/queries/maintenance-list.server";
import { ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { SubmitButton } from "~/ui/form";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { useFormResult } from "~/ui/use-form-result";
import { CalendarFeeds } from "../../parts/calendar-feeds";
import { action } from "./commands.server";
import { CustomerFeeds } from "./customer-feeds";
import { CustomerFilter } from "./customer-filter";
import { OrdersMade } from "./orders-made";
import { MaintenanceTable } from "./table";
import { MaintenanceWeeks } from "./weeks";

export const meta = () => [{ title: "Maintenance" }];
export const shouldRevalidate = () => true;

const WEEKS = 6;

export const loader = staff.loader("maintenance:read", async ({ services, session, url }) => {
  const { searchParams } = url;
  const filter = parseMaintenanceFilter(searchParams.get("show"));
  const query = searchParams.get("q") ?? "";
  const customerId = parseId("customer", searchParams.get("customer"));
  const today = dayOf(services.clock.now(), session.organization.zone);
  const asked = searchParams.get("week");
  // Nothing is expected in the past: what is late belongs to this week.
  const week = startOfWeek(asked !== null && isPlanDay(asked) && asked > today ? asked : today);
  const isCalendar = searchParams.get("view") === "weeks";
  const [list, days, customers, feeds, customerFeeds] = await Promise.all([
    isCalendar
      ? { rows: [], next: null }
      : readMaintenanceList(services.db, { states: maintenanceFilters[filter].states, customerId, query, after: readCursor(searchParams) }),
    isCalendar
      ? readMaintenanceDays(services.db, { from: week === startOfWeek(today) ? "2000-01-01" : week, to: addDays(week, WEEKS * 7), today, customerId })
      : null,
    readCustomerNames(services.db),
    listCalendarFeeds(services),
    may("staff", session.membership.role, "portal-access:manage") ? listCustomerFeeds(services, customerId) : null,
  ]);
  return { ...list, days, customers, feeds, customerFeeds, filter, query, customerId, today, week, first: readCursor(searchParams) === null };
});

export { action };

type Address = { show?: string; q?: string; customer?: string | null; view?: string | null; week?: string | null; after?: MaintenanceCursor | null };
const address = ({ show = "due", q = "", customer = null, view = null, week = null, after = null }: Address) =>
  `?${new URLSearchParams({
    ...(show === "due" ? {} : { show }),
    ...(q ? { q } : {}),
    ...(customer ? { customer } : {}),
    ...(view ? { view } : {}),
    ...(week ? { week } : {}),
    ...(after ? { state: after.state, id: after.id, ...(after.day ? { day: after.day } : {}) } : {}),
  })}`;

export default function Maintenance() {
  const { rows, next, first, days, customers, customerFeeds, filter, query, customerId, today, week } = useLoaderData<typeof loader>();
  const kept = { show: filter, q: query, customer: customerId };
  const customer = customers.find(({ id }) => id === customerId);
  return (
    <>
      <PageHeader
        title="Maintenance"
        state={customer && <span className="text-ink-soft">{customer.name}</span>}
        action={
          <>
            {days ? (
              <ButtonLink to={address(kept)} icon={ListIcon}>
                List
              </ButtonLink>
            ) : (
              <ButtonLink to={address({ ...kept, view: "weeks" })} icon={CalendarDays}>
                By week
              </ButtonLink>
            )}
            <ButtonLink to={paths.staff.maintenanceTemplates} icon={Settings2}>
              Templates
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        <OrdersMade result={useFormResult<typeof action>()} />
        {days && <CustomerFilter customers={customers} chosen={customerId} keep={{ view: "weeks", week }} />}
        {days ? (
          <MaintenanceWeeks
            days={days.rows}
            more={days.more}
            today={today}
            week={week}
            weeks={WEEKS}
            to={(monday) => address({ customer: customerId, view: "weeks", week: monday })}
          />
        ) : (
          <>
            <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
              <FilterChips
                label="Filter maintenance"
                chips={maintenanceFilterNames.map((name) => ({
                  label: maintenanceFilters[name].label,
                  to: address({ ...kept, show: name }),
                  current: name === filter,
                }))}
              />
              <div className="grid gap-3 lg:flex lg:items-center">
                <CustomerFilter
                  customers={customers}
                  chosen={customerId}
                  keep={{ ...(filter === "due" ? {} : { show: filter }), ...(query ? { q: query } : {}) }}
                />
                <SearchField
                  label="Find maintenance"
                  value={query}
                  placeholder="Unit, service, customer"
                  keep={{ ...(filter === "due" ? {} : { show: filter }), ...(customerId ? { customer: customerId } : {}) }}
                />
              </div>
            </div>
            {rows.length === 0 ? (
              <Empty
                title={filter === "due" && query === "" ? "Nothing is due" : "Nothing matches"}
                body={
                  filter === "due" && query === ""
                    ? "What becomes due shows up here, the most urgent first. Put templates on units to begin."
                    : "Try another search, or choose All."
                }
              />
            ) : (
              <CommandForm<typeof action> intent="make-orders" className="grid gap-3">
                <MaintenanceTable rows={rows} />
                <div>
                  <SubmitButton icon={Wrench} pendingLabel="Making work orders">
                    Make work orders
                  </SubmitButton>
                </div>
              </CommandForm>
            )}
            {(next || !first) && (
              <Pager label="Pages of maintenance" previous={first ? undefined : address(kept)} next={next ? address({ ...kept, after: next }) : undefined} />
            )}
            <p className="text-small text-ink-soft">
              <a className="text-accent underline-offset-2 hover:underline" href={`${paths.staff.maintenanceCsv}${address(kept)}`}>
                Download this list (CSV)
              </a>
            </p>
          </>
        )}
        <CalendarFeeds />
        {customerFeeds && <CustomerFeeds {...customerFeeds} isOfOne={customerId !== null} />}
      </PageBody>
    </>
  );
}
