import { Outlet, useLoaderData } from "@remix-run/react";
import { CircleDashed, KeyRound } from "lucide-react";
import { paths } from "~/kernel/paths";
import { vendor } from "~/platform/http/guards.server";
import { PortalShell } from "~/ui/portal-shell";
import { brandOf } from "../brand.server";

export const loader = vendor.loader("home:read", async ({ session, scope }) => {
  const person = session.membership.name;
  return { brand: brandOf(session.organization), person, viewing: scope.looksOnly ? person : null };
});

const nav = [
  { to: paths.vendor.home, word: "Jobs", icon: CircleDashed, end: true },
  { to: paths.vendor.sessions, word: "Your sign-ins", icon: KeyRound },
];

export default function VendorShell() {
  const { brand, person, viewing } = useLoaderData<typeof loader>();
  return (
    <PortalShell as="vendor" brand={brand} party={person} nav={nav} viewing={viewing}>
      <Outlet />
    </PortalShell>
  );
}
