import { addDays } from "~/kernel/days";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { openCalendarFeed, readCalendarToken } from "~/modules/maintenance/feeds/calendar-feed.server";
import { type CalendarEntry, icalendar } from "~/modules/maintenance/feeds/ical";
import { formatDueRow, scheduleStateLabels } from "~/modules/maintenance/format-due";
import { docketNumber } from "~/modules/work-orders/work-order";
import { networkBehind } from "~/platform/http/origin.server";
import { orNotFound } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob } from "~/platform/scope/scope.server";
import { readMaintenanceDays } from "~/queries/maintenance-list.server";

/** How far ahead a calendar reaches. */
const AHEAD_DAYS = 400;
/** The most that it has of late services, and of coming ones. */
const MOST = 2_000;

/** A shop's or customer's due maintenance as a calendar, behind a secret address that can be revoked. */
export const loader = anyone.loader(
  "a calendar program has no session; the address is a secret that can be revoked",
  async ({ context, request, params, platform }) => {
    if (!(await platform.withinLimit("sign-in", networkBehind(request)))) throw new Response("Too many requests from here. Wait a minute.", { status: 429 });
    const token = orNotFound(readCalendarToken(params.token));
    const organization = orNotFound(await platform.directory.organization(token.organizationId));
    const { db } = context.servicesFor(forJob(token.organizationId, "calendar"));
    const { customerId } = orNotFound(await openCalendarFeed({ db, directory: platform.directory }, token.sha256, organization.plan));
    const now = platform.clock.now();
    const today = dayOf(now, organization.zone);
    const { rows, more } = await readMaintenanceDays(db, { from: "2000-01-01", to: addDays(today, AHEAD_DAYS), today, customerId, most: MOST });
    const entries = rows.flatMap((row): CalendarEntry[] => {
      if (row.projectedDay === null) return [];
      const path = customerId ? paths.customer.asset(row.assetId) : paths.staff.assetMaintenance(row.assetId);
      const due = formatDueRow(row, today, organization);
      const order = customerId === null && row.openOrder && `On ${docketNumber(row.openOrder.number)}`;
      return [
        {
          uid: `${row.id}@${new URL(organization.publicOrigin).host}`,
          // What is late stays on today, where it is seen.
          day: [row.projectedDay, today].sort().at(-1) ?? today,
          summary: `Unit ${row.unitNumber}: ${row.name}`,
          description: [row.customer, scheduleStateLabels[row.state], due, order].filter(Boolean).join("\n"),
          url: organization.publicOrigin + path,
        },
      ];
    });
    const host = new URL(organization.publicOrigin).host;
    const rest = {
      uid: `more@${host}`,
      day: today,
      summary: "More maintenance than this calendar shows",
      description: `It shows what is nearest to today: up to ${MOST.toLocaleString("en-US")} late services and as many coming ones. The list in the portal has all of them.`,
      url: organization.publicOrigin + (customerId ? paths.customer.maintenance : paths.staff.maintenance),
    };
    return new Response(icalendar(`${organization.name} maintenance`, more.past || more.coming ? [...entries, rest] : entries, now), {
      headers: { "Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, max-age=900", "X-Content-Type-Options": "nosniff" },
    });
  },
);
