import { useRef } from "react";
import { Link, useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { toUtcMs } from "~/kernel/time";
import { openNotices } from "~/modules/notifications/my-notifications.server";
import { staffEvents } from "~/modules/notifications/staff-events";
import { staff } from "~/platform/http/guards.server";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { DataList, DataRow } from "~/ui/list";
import { BELL, useNotices } from "~/ui/live/use-notices";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateGlyph } from "~/ui/state-mark";

export const meta = () => [{ title: "Notifications" }];

export const loader = staff.loader("notice:own", async ({ services, session, url }) => {
  const asked = Number(url.searchParams.get("before"));
  const before = Number.isSafeInteger(asked) && asked > 0 ? toUtcMs(asked) : null;
  const { id: organizationId } = session.organization;
  return { ...(await openNotices(services, session.membership.id, before)), first: before === null, organizationId };
});

export default function Notices() {
  const { rows, next, first, organizationId } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  // Opening the page marks them as read, but they stay highlighted while the page is open.
  const fresh = useRef(new Set<string>());
  for (const { key, isNew } of rows) if (isNew) fresh.current.add(key);
  useNotices({ organizationId, as: "staff", only: BELL, reread: revalidate });
  return (
    <>
      <PageHeader
        title="Notifications"
        action={
          <Link to={paths.staff.notificationPreferences} className="inline-flex min-h-(--target) items-center font-semibold text-accent">
            Notification preferences
          </Link>
        }
      />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title="No notifications yet" body="Customers' answers to estimates, questions and vendors' finished jobs show up here." />
        ) : (
          <DataList label="Notifications">
            {rows.map(({ key, title, href, at, event }) => (
              <DataRow
                key={key}
                to={href}
                lead={<StateGlyph tone={fresh.current.has(key) ? "blue" : "slate"} />}
                title={
                  <span className={`whitespace-normal ${fresh.current.has(key) ? "font-semibold" : ""}`}>
                    {fresh.current.has(key) && <span className="sr-only">New: </span>}
                    {title}
                  </span>
                }
                detail={staffEvents[event].label}
                end={
                  <span className="text-small text-ink-soft">
                    <Moment at={at} />
                  </span>
                }
              />
            ))}
          </DataList>
        )}
        {(next || !first) && (
          <Pager
            label="Pages of notifications"
            previous={first ? undefined : paths.staff.notices}
            next={next ? `${paths.staff.notices}?before=${next}` : undefined}
          />
        )}
      </PageBody>
    </>
  );
}
