import { Outlet, useLoaderData } from "@remix-run/react";
import { Building2, ClipboardList, ClipboardPen, Columns3, Map as MapIcon, ReceiptText, SlidersHorizontal, Truck } from "lucide-react";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { staff } from "~/platform/http/guards.server";
import { StaffShell } from "~/ui/staff-shell";

export const loader = staff.loader("fleet:read", async ({ session }) => ({
  organization: session.organization.name,
  person: session.membership.name,
  mayInvoice: may("staff", session.membership.role, "invoice:read"),
}));

/** The frame does not change while somebody works in it. */
export const shouldRevalidate = () => false;

export default function StaffFrame() {
  const { organization, person, mayInvoice } = useLoaderData<typeof loader>();
  const nav = [
    { to: paths.staff.fleet, word: "Fleet", icon: MapIcon, end: true },
    { to: paths.staff.board, word: "Board", icon: Columns3 },
    { to: paths.staff.orders, word: "Work orders", icon: ClipboardList },
    { to: paths.staff.estimates, word: "Estimates", icon: ClipboardPen },
    ...(mayInvoice ? [{ to: paths.staff.invoices, word: "Invoices", icon: ReceiptText }] : []),
    { to: paths.staff.assets, word: "Assets", icon: Truck },
    { to: paths.staff.customers, word: "Customers", icon: Building2 },
    { to: paths.staff.settings, word: "Settings", icon: SlidersHorizontal },
  ];
  return (
    <StaffShell organization={organization} person={person} nav={nav}>
      <Outlet />
    </StaffShell>
  );
}
