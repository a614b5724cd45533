import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { jobNumber, type Tab, vendorStateLabels } from "~/modules/vendor-jobs/labels";
import { stateTones } from "~/modules/vendor-jobs/vendor-job.view";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import type { listVendorPortalJobs } from "./job-list.server";
import { pathOf } from "./tab-paths";

const tabContents: Record<Tab, { title: string; empty: string; body: (shop: string) => string }> = {
  pending: {
    title: "Pending",
    empty: "No pending jobs",
    body: (shop) => `When ${shop} sends you work, it shows up here with instructions, and you get an email.`,
  },
  active: { title: "Active", empty: "No active jobs", body: () => "Jobs you accept show up here until the work is done." },
  completed: {
    title: "Completed",
    empty: "No completed jobs yet",
    body: () => "Jobs show up here when you mark them complete. Then you can submit your invoice.",
  },
};

/** One tab of the vendor's jobs, kept current. */
export function JobList() {
  const { rows, next, first, tab, shop, organizationId } = useLoaderData<ReturnType<typeof listVendorPortalJobs>>();
  const { day, now } = useFormat();
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "vendor", reread: revalidate });
  const { title, empty, body } = tabContents[tab];
  return (
    <>
      <PageHeader title={title} state={<LiveDot {...live} now={now} />} />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title={empty} body={body(shop)} />
        ) : (
          <DataList label="Jobs">
            {rows.map(({ id, number, title: what, unitNumber, state, stateSince, dueDay }) => (
              <DataRow
                key={id}
                to={paths.vendor.job(id)}
                lead={<UnitPlate number={unitNumber} />}
                title={what}
                detail={
                  <>
                    <StateMark bare tone={stateTones[state]} label={vendorStateLabels[state]} /> · {jobNumber(number)}
                    {dueDay ? ` · needed by ${day(dueDay)}` : ""}
                  </>
                }
                end={
                  <span className="text-small text-ink-soft max-sm:hidden">
                    <Moment at={stateSince} />
                  </span>
                }
              />
            ))}
          </DataList>
        )}
        <Pager label="Pages of jobs" previous={first ? undefined : pathOf[tab]} next={next ? `?before=${next}` : undefined} />
      </PageBody>
    </>
  );
}
