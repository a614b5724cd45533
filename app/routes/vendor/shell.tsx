import { CircleCheck, Inbox, KeyRound, Wrench } from "lucide-react";
import { Outlet, useLoaderData, useRouteLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { tabOf } from "~/modules/vendor-jobs/labels";
import { vendor } from "~/platform/http/guards.server";
import { countVendorPortalJobs } from "~/queries/vendor/jobs.server";
import { brandOf } from "~/sign-in/brand.server";
import { FormatProvider } from "~/ui/format";
import { PortalShell } from "~/ui/portal-shell";
import type { loader as jobLoader } from "./job/route";

export const loader = vendor.loader("job:read", async ({ services, session, scope }) => {
  const person = session.membership.name;
  return {
    brand: brandOf(session.organization),
    person,
    locale: scope.organization,
    servedAt: services.clock.now(),
    viewing: scope.readOnly ? person : null,
    counts: await countVendorPortalJobs(services.db),
  };
});

export default function VendorShell() {
  const { brand, person, locale, servedAt, viewing, counts } = useLoaderData<typeof loader>();
  const openJob = useRouteLoaderData<typeof jobLoader>("routes/vendor/job/route");
  const tab = openJob && tabOf(openJob.job.state);
  const nav = [
    { to: paths.vendor.home, label: "Pending", icon: Inbox, end: true, current: tab === "pending", count: counts.pending },
    { to: paths.vendor.active, label: "Active", icon: Wrench, current: tab === "active", count: counts.active },
    { to: paths.vendor.completed, label: "Completed", icon: CircleCheck, current: tab === "completed", count: counts.completed },
    { to: paths.vendor.sessions, label: "Security", icon: KeyRound },
  ];
  return (
    <PortalShell as="vendor" brand={brand} party={person} nav={nav} viewing={viewing}>
      <FormatProvider locale={locale} servedAt={servedAt}>
        <Outlet />
      </FormatProvider>
    </PortalShell>
  );
}
