import {
  Bell,
  Building2,
  CalendarClock,
  ClipboardCheck,
  ClipboardList,
  ClipboardPen,
  Columns3,
  Handshake,
  ListTodo,
  Map as MapIcon,
  Plus,
  ReceiptText,
  SlidersHorizontal,
  Truck,
  Wrench,
} from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useLocation } from "react-router";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { aboutKinds } from "~/modules/notifications/about-kinds";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { SearchField } from "~/ui/filters";
import { FormatProvider } from "~/ui/format";
import { BELL, useNotices } from "~/ui/live/use-notices";
import type { NavGroup } from "~/ui/shell-parts";
import { StaffShell } from "~/ui/staff-shell";
import { type MenuCounts, readMenuCounts } from "./menu-counts.server";
import type { ShellContext } from "./use-shop-room";

export const loader = staff.loader("fleet:read", async ({ services, session, scope }) => ({
  locale: scope.organization,
  servedAt: services.clock.now(),
  organization: session.organization.name,
  organizationId: session.organization.id,
  counts: await readMenuCounts(services, session.membership.id),
  person: session.membership.name,
  mayInvoice: may("staff", session.membership.role, "invoice:read"),
  maySendOut: may("staff", session.membership.role, "vendor-job:manage"),
  isTechnician: session.membership.role === "technician",
}));

/** The shell changes only with the organization's details. */
export const shouldRevalidate = ({ formAction }: ShouldRevalidateFunctionArgs) => formAction?.startsWith(paths.staff.organization) ?? false;

export default function StaffFrame() {
  const { organization, organizationId, person, mayInvoice, maySendOut, isTechnician, locale, servedAt, ...loaded } = useLoaderData<typeof loader>();
  // The same object while the counts change: a new one reaches into sections of the page that aren't hydrated yet, and replaces them.
  const context = useMemo<ShellContext>(() => ({ organizationId }), [organizationId]);
  const { unseen, openDefects } = useMenuCounts(organizationId, loaded.counts);
  const nav: NavGroup[] = [
    {
      label: "Work",
      items: [
        { to: paths.staff.today, label: "Today", icon: ListTodo, end: true, key: "t" },
        ...(isTechnician ? [{ to: paths.staff.myJobs, label: "My jobs", icon: Wrench, key: "j" }] : []),
        { to: paths.staff.board, label: "Board", icon: Columns3, key: "b" },
        { to: paths.staff.fleet, label: "Fleet", icon: MapIcon, key: "f" },
        { to: paths.staff.orders, label: "Work orders", icon: ClipboardList, key: "w" },
        {
          to: paths.staff.inspections,
          label: "Inspections",
          icon: ClipboardCheck,
          count: openDefects || undefined,
          countLabel: "open defects",
          key: "p",
        },
        { to: paths.staff.maintenance, label: "Maintenance", icon: CalendarClock, key: "m" },
      ],
    },
    {
      label: "Money",
      items: [
        { to: paths.staff.estimates, label: "Estimates", icon: ClipboardPen, key: "e" },
        ...(mayInvoice ? [{ to: paths.staff.invoices, label: "Invoices", icon: ReceiptText, key: "i" }] : []),
      ],
    },
    {
      label: "People and units",
      items: [
        { to: paths.staff.customers, label: "Customers", icon: Building2, key: "c" },
        { to: paths.staff.assets, label: "Assets", icon: Truck, key: "a" },
        ...(maySendOut ? [{ to: paths.staff.vendorWork, label: "Vendor work", icon: Handshake, key: "v" }] : []),
      ],
    },
    {
      items: [
        { to: paths.staff.notices, label: "Notifications", icon: Bell, count: unseen || undefined, countLabel: "new", key: "n" },
        { to: paths.staff.settings, label: "Settings", icon: SlidersHorizontal, key: "s" },
      ],
    },
  ];
  const add = (
    <ButtonLink to={paths.staff.newOrder} icon={Plus}>
      New work order
    </ButtonLink>
  );
  return (
    <StaffShell organization={organization} person={person} nav={nav} search={<SearchAll />} add={add} addTo={paths.staff.newOrder}>
      <FormatProvider locale={locale} servedAt={servedAt}>
        <Outlet context={context} />
      </FormatProvider>
    </StaffShell>
  );
}

/** Keeps what was searched for while its results are shown. */
function SearchAll() {
  const { pathname, search } = useLocation();
  const value = pathname === paths.staff.search ? (new URLSearchParams(search).get("q") ?? "") : "";
  return <SearchField label="Search everything" value={value} placeholder="Order, PO, VIN, plate, part, customer" action={paths.staff.search} shortcut="/" />;
}

/** The menu's counts, refreshed when a notice arrives, when a record that notices are about changes, and after the notifications page was open. */
function useMenuCounts(organizationId: string, loaded: MenuCounts): MenuCounts {
  const [counts, setCounts] = useState(loaded);
  const isOpen = useLocation().pathname === paths.staff.notices;
  const ask = useCallback(async () => {
    // A failed read is repeated with the next notice; nothing on the page waits for it.
    const answer = await fetch(paths.staff.bell).catch(() => null);
    // The type of that route's response.
    const read = answer?.ok ? ((await answer.json().catch(() => null)) as MenuCounts | null) : null;
    if (read) setCounts(read);
  }, []);
  useNotices({ organizationId, as: "staff", only: [BELL, ...aboutKinds], reread: ask });
  useEffect(() => {
    if (isOpen) return () => void ask();
  }, [isOpen, ask]);
  return isOpen ? { ...counts, unseen: 0 } : counts;
}
