import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { isExpired } from "~/modules/estimates/estimate";
import { PortalEstimateList } from "~/modules/estimates/portal-estimates.view";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { readPortalEstimates } from "~/queries/customer/estimates.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = () => [{ title: "Estimates" }];

export const loader = customer.loader("estimate:read", async ({ services, session, url }) => {
  const { zone } = session.organization;
  const right = mayUse(await readContactRights(services.db), "documents");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const { rows, next } = await readPortalEstimates(services.db, before ? Number(before) : null);
  const now = services.clock.now();
  return {
    rows: rows.map((row) => ({ ...row, isExpired: row.state === "sent" && isExpired(row.validThrough, now, zone) })),
    next,
    first: !before,
  };
});

export default function PortalEstimates() {
  const { rows, next, first } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Estimates" />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title="No estimates yet" body="Estimates from the shop show up here. You can approve, decline or ask for changes." />
        ) : (
          <PortalEstimateList rows={rows} />
        )}
        <Pager label="Pages of estimates" previous={first ? undefined : paths.customer.estimates} next={next ? `?before=${next}` : undefined} />
      </PageBody>
    </>
  );
}
