import { Outlet, useLoaderData } from "@remix-run/react";
import { ClipboardPen, KeyRound, Map as MapIcon, ReceiptText } from "lucide-react";
import { paths } from "~/kernel/paths";
import { readOwnName } from "~/modules/customers/contact.read.server";
import { customer } from "~/platform/http/guards.server";
import { PortalShell } from "~/ui/portal-shell";
import { brandOf } from "../brand.server";

export const loader = customer.loader("fleet:read", async ({ services, session, scope }) => {
  const person = session.membership.name;
  return {
    brand: brandOf(session.organization),
    person,
    viewing: scope.looksOnly ? `${person} of ${await readOwnName(services.db)}` : null,
  };
});
export const shouldRevalidate = () => false;

const nav = [
  { to: paths.customer.home, word: "Fleet", icon: MapIcon, end: true },
  { to: paths.customer.estimates, word: "Estimates", icon: ClipboardPen },
  { to: paths.customer.invoices, word: "Invoices", icon: ReceiptText },
  { to: paths.customer.sessions, word: "Your sign-ins", icon: KeyRound },
];

export default function CustomerFrame() {
  const { brand, person, viewing } = useLoaderData<typeof loader>();
  return (
    <PortalShell as="customer" brand={brand} party={person} nav={nav} width="wide" viewing={viewing}>
      <Outlet />
    </PortalShell>
  );
}
