import { Check, House, PencilLine, ReceiptText, SlidersHorizontal, Truck, Users, Wrench } from "lucide-react";
import { Outlet, useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights, readCustomerName } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { customer } from "~/platform/http/guards.server";
import { brandOf } from "~/sign-in/brand.server";
import { hasOtherMemberships } from "~/sign-in/complete-sign-in.server";
import { FormatProvider } from "~/ui/format";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { PortalShell } from "~/ui/portal-shell";

export const loader = customer.loader("fleet:read", async ({ request, services, session, scope }) => {
  const person = session.membership.name;
  const hasMore = await hasOtherMemberships(services, request, session);
  const rights = await readContactRights(services.db);
  return {
    sees: { work: seesWork(rights), documents: rights.documents, drivers: rights.drivers },
    brand: brandOf(session.organization),
    person,
    organizationId: session.organization.id,
    locale: scope.organization,
    servedAt: services.clock.now(),
    // A person with access to several customers sees on every page which one is active.
    speaksFor: hasMore ? await readCustomerName(services.db) : null,
    viewing: scope.readOnly ? `${person} of ${await readCustomerName(services.db)}` : null,
  };
});
export const shouldRevalidate = () => false;

/** A tab is there for whoever may see what is behind it. */
const nav = (sees: { work: boolean; documents: boolean; drivers: boolean }) => [
  { to: paths.customer.home, label: "Home", icon: House, end: true },
  { to: paths.customer.units, label: "Units", icon: Truck },
  ...(sees.documents
    ? [
        { to: paths.customer.estimates, label: "Estimates", icon: PencilLine },
        { to: paths.customer.invoices, label: "Invoices", icon: ReceiptText },
      ]
    : []),
  ...(sees.work ? [{ to: paths.customer.inspections, label: "Inspections", icon: Check }] : []),
  ...(sees.drivers ? [{ to: paths.customer.drivers, label: "Drivers", icon: Users }] : []),
  { to: paths.customer.maintenance, label: "Maintenance", icon: Wrench },
  { to: paths.customer.settings, label: "Settings", icon: SlidersHorizontal },
];

export default function CustomerFrame() {
  const { brand, person, organizationId, locale, servedAt, speaksFor, viewing, sees } = useLoaderData<typeof loader>();
  const now = useNow(servedAt);
  const { revalidate } = useRevalidator();
  // Covers all pages of the portal: the open one revalidates.
  const { live } = useNotices({ organizationId, as: "customer", reread: revalidate });
  return (
    <PortalShell
      as="customer"
      brand={brand}
      party={person}
      speaksFor={speaksFor}
      nav={nav(sees)}
      width="wide"
      viewing={viewing}
      live={<LiveDot {...live} now={now} />}
    >
      <FormatProvider locale={locale} servedAt={servedAt}>
        <Outlet />
      </FormatProvider>
    </PortalShell>
  );
}
