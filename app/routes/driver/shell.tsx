import { Outlet, useLoaderData } from "react-router";
import { driver } from "~/platform/http/guards.server";
import { brandOf } from "~/sign-in/brand.server";
import { DriverShell } from "~/ui/driver-shell";
import { FormatProvider } from "~/ui/format";
import { useRoom } from "~/ui/live/use-room";

export const loader = driver.loader("home:read", async ({ services, session, scope }) => ({
  locale: scope.organization,
  servedAt: services.clock.now(),
  brand: brandOf(session.organization),
  organizationId: session.organization.id,
  whose: { name: session.membership.name, shared: session.kind === "shared" },
}));

export default function DriverFrame() {
  const { brand, organizationId, whose, locale, servedAt } = useLoaderData<typeof loader>();
  // No messages arrive here yet: the socket signs a driver out when the session ends.
  useRoom({ party: "board-room", organizationId, as: "driver", since: () => null, onMessage: () => {} });
  return (
    <DriverShell brand={brand} whose={whose}>
      <FormatProvider locale={locale} servedAt={servedAt}>
        <Outlet />
      </FormatProvider>
    </DriverShell>
  );
}
