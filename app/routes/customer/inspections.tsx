import { useLoaderData } from "react-router";
import { parsePlace, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { rightRefusalMessage, seesWork } from "~/modules/customers/contacts/contact-rights";
import { InspectionTable } from "~/modules/inspections/inspection-table.view";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { readInspections } from "~/queries/inspections.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { TextLink } from "~/ui/text-link";

export const meta = () => [{ title: "Inspections" }];

export const loader = customer.loader("inspection:read", async ({ services: { db }, session, url }) => {
  if (!seesWork(await readContactRights(db))) throw refuse(403, rightRefusalMessage({ kind: "no-right", right: "documents" }, session.organization));
  const after = parsePlace(url.searchParams.get("after"));
  return { ...(await readInspections(db, undefined, { after })), first: after === null };
});

export default function PortalInspections() {
  const { rows, next, first } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Inspections" action={<TextLink to={paths.customer.missingInspections}>Missing inspections</TextLink>} />
      <PageBody>
        {rows.length === 0 ? (
          <Empty
            title="No inspections yet"
            body="Inspections that your drivers file in the driver portal show up here, with their defects and how they were repaired."
          />
        ) : (
          <InspectionTable rows={rows} rowTo={paths.customer.inspection} />
        )}
        <Pager
          label="Pages of inspections"
          previous={first ? undefined : paths.customer.inspections}
          next={next ? `?${new URLSearchParams(placeParams(next))}` : undefined}
        />
      </PageBody>
    </>
  );
}
