import { useRef } from "react";
import { Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { aboutKinds } from "~/modules/notifications/about-kinds";
import { openNotices, readNoticePlace } from "~/modules/notifications/my-notifications.server";
import { staff } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList } from "~/ui/list";
import { BELL } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { useFormResult } from "~/ui/use-form-result";
import { SteadyList, useSteadyRows } from "~/ui/use-steady-rows";
import { useShopRoom } from "../use-shop-room";
import { action } from "./commands.server";
import { NoticeRow, ShowForm, SnoozeForm } from "./notice-row";

export const meta = () => [{ title: "Notifications" }];

export const loader = staff.loader(
  "notice:own",
  async ({ services, session, url }) => {
    const before = readNoticePlace(url.searchParams.get("before"));
    return { ...(await openNotices(services, session.membership.id, before)), first: before === null };
  },
  action,
);

export { action };

const keyOf = ({ key }: { key: string }) => key;

export default function Notices() {
  const { rows, snoozed, next, first } = useLoaderData<typeof loader>();
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
        <FormResult result={useFormResult<typeof action>()} />
        {rows.length === 0 && snoozed.length === 0 ? (
          <Empty title="No notifications yet" body="Customers' answers to estimates, questions and vendors' finished jobs show up here." />
        ) : rows.length === 0 ? null : (
          <SteadyList {...steady}>
            <DataList label="Notifications">
              {shown.map((notice) => (
                <NoticeRow key={notice.key} notice={notice} isNew={fresh.current.has(notice.key)}>
                  {!notice.isHandled && <SnoozeForm notice={notice} />}
                </NoticeRow>
              ))}
            </DataList>
          </SteadyList>
        )}
        {(next || !first) && (
          <Pager
            label="Pages of notifications"
            previous={first ? undefined : paths.staff.notices}
            next={next ? `${paths.staff.notices}?before=${encodeURIComponent(`${next.shownAt}-${next.key}`)}` : undefined}
          />
        )}
        {first && snoozed.length > 0 && (
          <Section title="Snoozed">
            <DataList label="Snoozed notifications">
              {snoozed.map((notice) => (
                <NoticeRow key={notice.key} notice={notice} isNew={false}>
                  <ShowForm notice={notice} />
                </NoticeRow>
              ))}
            </DataList>
          </Section>
        )}
      </PageBody>
    </>
  );
}
