import { Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { driver } from "~/platform/http/guards.server";
import { readDriverVehicles } from "~/queries/staff/driver-record.server";
import { Empty } from "~/ui/empty";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Your vehicles" }];
export const loader = driver.loader("home:read", async ({ services, session }) => ({
  shop: session.organization.name,
  vehicles: await readDriverVehicles(services.db, services.clock.now()),
}));

export default function DriverHome() {
  const { shop, vehicles } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="text-title">Your vehicles today</h1>
      {vehicles.length === 0 ? (
        <Empty title="No vehicle assigned" body={`Ask ${shop} to assign your truck. It then shows up here.`} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {vehicles.map(({ assetId, unitNumber, year, make, model }) => (
            <li key={assetId} className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-1 py-3">
              <UnitPlate number={unitNumber} size="large" />
              <span className="min-w-0">{[year, make, model].filter(Boolean).join(" ")}</span>
            </li>
          ))}
        </ul>
      )}
      <Link to={paths.driver.sessions} className="inline-flex min-h-(--target) items-center text-accent underline">
        Active sessions
      </Link>
    </>
  );
}
