import { useRef } from "react";
import { Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { toUtcMs } from "~/kernel/time";
import { aboutKinds } from "~/modules/notifications/about-kinds";
import { openNotices } from "~/modules/notifications/my-notifications.server";
import { staff } from "~/platform/http/guards.server";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { BELL } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateGlyph } from "~/ui/state-mark";
import { SteadyList, useSteadyRows } from "~/ui/use-steady-rows";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Notifications" }];

export const loader = staff.loader("notice:own", async ({ services, session, url }) => {
  const asked = Number(url.searchParams.get("before"));
  const before = Number.isSafeInteger(asked) && asked > 0 ? toUtcMs(asked) : null;
  return { ...(await openNotices(services, session.membership.id, before)), first: before === null };
});

const keyOf = ({ key }: { key: string }) => key;

export default function Notices() {
  const { rows, next, first } = useLoaderData<typeof loader>();
  // Opening the page marks them as read, but they stay highlighted while the page is open.
  const fresh = useRef(new Set<string>());
  for (const { key, isNew, isHandled } of rows) {
    if (isNew) fresh.current.add(key);
    if (isHandled) fresh.current.delete(key);
  }
  const { live } = useShopRoom([BELL, ...aboutKinds]);
  const { now } = useFormat();
  const { rows: shown, ...steady } = useSteadyRows(rows, keyOf);
  return (
    <>
      <PageHeader
        title="Notifications"
        state={<LiveDot {...live} now={now} />}
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
          <SteadyList {...steady}>
            <DataList label="Notifications">
              {shown.map(({ key, title, href, at, label }) => (
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
                  detail={label}
                  end={
                    <span className="text-small text-ink-soft">
                      <Moment at={at} />
                    </span>
                  }
                />
              ))}
            </DataList>
          </SteadyList>
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
