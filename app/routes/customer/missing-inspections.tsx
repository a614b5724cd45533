import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { rightRefusalMessage, seesWork } from "~/modules/customers/contacts/contact-rights";
import { readMissingInspections } from "~/modules/inspections/alerts/alerts.read.server";
import { MissingTable } from "~/modules/inspections/alerts/missing.view";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

export const meta = () => [{ title: "Missing inspections" }];

export const loader = customer.loader("inspection:read", async ({ services: { db, clock }, session }) => {
  if (!seesWork(await readContactRights(db))) throw refuse(403, rightRefusalMessage({ kind: "no-right", right: "documents" }, session.organization));
  return { rows: await readMissingInspections(db, clock.now()) };
});

export default function PortalMissingInspections() {
  const { rows } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Missing inspections" action={<TextLink to={paths.customer.inspections}>All inspections</TextLink>} />
      <PageBody>
        {rows.length === 0 ? (
          <Empty
            title="No inspection is missing"
            body="A unit that drives on a day without an inspection shows up here, if you have daily inspections with the shop."
          />
        ) : (
          <MissingTable rows={rows} unitTo={paths.customer.asset} />
        )}
      </PageBody>
    </>
  );
}
