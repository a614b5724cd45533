import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { isExpired } from "~/modules/estimates/estimate";
import { PortalEstimateList } from "~/modules/estimates/portal-estimates.view";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { readPortalEstimates } from "~/queries/customer/estimates.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = () => [{ title: "Estimates" }];

/** All that wait are above the others, on the first page. */
const MOST_OPEN = 300;

export const loader = customer.loader("estimate:read", async ({ services, session, url }) => {
  const { zone } = session.organization;
  const right = mayUse(await readContactRights(services.db), "documents");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const now = services.clock.now();
  const today = dayOf(now, zone);
  const [open, closed] = await Promise.all([
    before ? null : readPortalEstimates(services.db, null, { openOn: today }, MOST_OPEN),
    readPortalEstimates(services.db, before ? Number(before) : null, { closedOn: today }),
  ]);
  const marked = ({ rows }: Pick<typeof closed, "rows">) =>
    rows.map((row) => ({ ...row, isExpired: row.state === "sent" && isExpired(row.validThrough, now, zone) }));
  return { open: open ? marked(open) : [], closed: marked(closed), next: closed.next, first: !before };
});

export default function PortalEstimates() {
  const { open, closed, next, first } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Estimates" />
      <PageBody>
        {open.length + closed.length === 0 && first && (
          <Empty title="No estimates yet" body="Estimates from the shop show up here. You can approve, decline or ask for changes." />
        )}
        {open.length > 0 && (
          <Section title="To answer" count={open.length}>
            <PortalEstimateList label="To answer" rows={open} />
          </Section>
        )}
        {closed.length > 0 && (
          <Section title="Answered or expired">
            <PortalEstimateList rows={closed} />
          </Section>
        )}
        <Pager label="Pages of estimates" previous={first ? undefined : paths.customer.estimates} next={next ? `?before=${next}` : undefined} />
      </PageBody>
    </>
  );
}
