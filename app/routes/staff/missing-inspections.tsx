import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { readMissingInspections } from "~/modules/inspections/alerts/alerts.read.server";
import { MissingTable } from "~/modules/inspections/alerts/missing.view";
import { staff } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

export const meta = () => [{ title: "Missing inspections" }];

export const loader = staff.loader("inspection:read", async ({ services: { db, clock } }) => ({ rows: await readMissingInspections(db, clock.now()) }));

export default function MissingInspections() {
  const { rows } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Missing inspections" action={<TextLink to={paths.staff.inspections}>All inspections</TextLink>} />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title="No inspection is missing" body="Units of customers with daily inspections show up here for each day that they drove without one." />
        ) : (
          <MissingTable rows={rows} unitTo={paths.staff.asset} withCustomer />
        )}
      </PageBody>
    </>
  );
}
