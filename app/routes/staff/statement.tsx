import { useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { periodQuery, StatementSheet } from "~/modules/invoices/statements/statement.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { PageBody, PageHeader } from "~/ui/page";
import { periodOf, statementOrRefusal } from "../parts/statement.server";

export const meta = ({ loaderData }: { loaderData?: { statement: { customer: string } } }) => [
  { title: loaderData ? `Statement for ${loaderData.statement.customer}` : "Statement" },
];

export const loader = staff.loader("invoice:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const { zone } = session.organization;
  const statement = await statementOrRefusal(services.db, id, periodOf(url, services.clock.now(), zone));
  return { id, statement };
});

export default function Statement() {
  const { id, statement } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={`Statement for ${statement.customer}`} action={<ButtonLink to={paths.staff.account(id)}>Account</ButtonLink>} />
      <PageBody>
        <StatementSheet statement={statement} pdf={paths.staff.statementPdf(id, periodQuery(statement))} />
      </PageBody>
    </>
  );
}
