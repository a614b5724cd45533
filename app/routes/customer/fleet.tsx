import { useLoaderData } from "@remix-run/react";
import { readFleet } from "~/modules/telematics/fleet.read.server";
import { customer } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";
import { FleetScreen } from "../fleet-screen";

export { shouldRevalidate } from "../staff/fleet";
export const meta = () => [{ title: "Fleet" }];

export const loader = customer.loader("fleet:read", async ({ services, session }) => {
  const { id, distanceUnit, locale } = session.organization;
  return { ...(await readFleet(services)), organizationId: id, distance: distanceUnit, locale, now: services.clock.now() };
});

export default function CustomerFleet() {
  return (
    <FleetScreen
      {...useLoaderData<typeof loader>()}
      as="customer"
      empty={
        <>
          <PageHeader title="Fleet" />
          <PageBody>
            <Empty title="No vehicles yet" body="The shop adds your vehicles. They then stand here, and those with a tracker show on the map." />
          </PageBody>
        </>
      }
    />
  );
}
