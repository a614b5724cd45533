import { UserPlus } from "lucide-react";
import { useLoaderData } from "react-router";
import { type Id, newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { readDriversOf } from "~/modules/drivers/drivers.read.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";

export const meta = () => [{ title: "Drivers" }];

export const loader = customer.loader("driver:manage", async ({ services, session, scope }) => {
  const right = mayUse(await readContactRights(services.db), "drivers");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const drivers = await readDriversOf(services.db, scope.partyId as Id<"customer">); // a customer's session names its customer
  return { drivers, fresh: newId("driver", services.clock.now()) };
});

export default function PortalDrivers() {
  const { drivers, fresh } = useLoaderData<typeof loader>();
  const add = (
    <>
      <ButtonLink to={`${paths.customer.drivers}/several`}>Add several</ButtonLink>
      <ButtonLink to={paths.customer.newDriver(fresh)} kind="primary" icon={UserPlus}>
        Add driver
      </ButtonLink>
    </>
  );
  return (
    <>
      <PageHeader title="Drivers" action={add} />
      <PageBody>
        {drivers.length === 0 ? (
          <Empty
            title="No drivers yet"
            body="Add the people who drive your units. They sign in with an emailed link, or with a code and PIN, and inspect the units you assign them."
          />
        ) : (
          <DataList label="Drivers">
            {drivers.map((driver) => (
              <DataRow
                key={driver.id}
                to={paths.customer.driver(driver.id)}
                title={driver.name}
                detail={driver.email ?? driver.phone ?? "code and PIN only"}
                end={<StateMark tone={driver.portalEnabled ? "green" : "slate"} label={driver.portalEnabled ? "Portal on" : "Portal off"} />}
              />
            ))}
          </DataList>
        )}
      </PageBody>
    </>
  );
}
