import { Outlet, useLoaderData } from "@remix-run/react";
import { driver } from "~/platform/http/guards.server";
import { DriverShell } from "~/ui/driver-shell";
import { brandOf } from "../brand.server";

export const loader = driver.loader("home:read", async ({ session }) => ({ brand: brandOf(session.organization) }));

export default function DriverFrame() {
  const { brand } = useLoaderData<typeof loader>();
  return (
    <DriverShell brand={brand}>
      <Outlet />
    </DriverShell>
  );
}
