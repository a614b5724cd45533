import { CircleCheck, Inbox, KeyRound, Wrench } from "lucide-react";
import { Outlet, useLoaderData, useRouteLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { tabOf } from "~/modules/vendor-jobs/labels";
import { vendor } from "~/platform/http/guards.server";
import { countOwnJobs } from "~/queries/vendor/jobs.server";
import { brandOf } from "~/sign-in/brand.server";
import { PortalShell } from "~/ui/portal-shell";
import type { loader as jobLoader } from "./job/route";

export const loader = vendor.loader("job:read", async ({ services, session, scope }) => {
  const person = session.membership.name;
  return { brand: brandOf(session.organization), person, viewing: scope.looksOnly ? person : null, counts: await countOwnJobs(services.db) };
});

export default function VendorShell() {
  const { brand, person, viewing, counts } = useLoaderData<typeof loader>();
  const looking = useRouteLoaderData<typeof jobLoader>("routes/vendor/job/route");
  const tab = looking && tabOf(looking.job.state);
  const nav = [
    { to: paths.vendor.home, word: "Pending", icon: Inbox, end: true, current: tab === "pending", count: counts.pending },
    { to: paths.vendor.active, word: "Active", icon: Wrench, current: tab === "active", count: counts.active },
    { to: paths.vendor.completed, word: "Completed", icon: CircleCheck, current: tab === "completed", count: counts.completed },
    { to: paths.vendor.sessions, word: "Your sign-ins", icon: KeyRound },
  ];
  return (
    <PortalShell as="vendor" brand={brand} party={person} nav={nav} viewing={viewing}>
      <Outlet />
    </PortalShell>
  );
}
