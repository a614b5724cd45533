import { Link, useLoaderData } from "react-router";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { periodQuery, StatementSheet } from "~/modules/invoices/statements/statement.view";
import { readStatementNote } from "~/modules/payments/payment.read.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { PageBody, PageHeader } from "~/ui/page";
import { periodOf, statementOrRefusal } from "../parts/statement.server";

export const meta = () => [{ title: "Statement" }];

export const loader = customer.loader("invoice:read", async ({ services, session, scope, url }) => {
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, session.organization));
  const { zone } = session.organization;
  const statement = await statementOrRefusal(services.db, null, periodOf(url, services.clock.now(), zone));
  return { statement, note: await readStatementNote(services, session.organization, scope.partyId as Id<"customer">) }; // a customer's session names its customer
});

export default function PortalStatement() {
  const { statement, note } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={`Statement for ${statement.customer}`} />
      <PageBody>
        <StatementSheet statement={statement} note={note} pdf={paths.customer.statementPdf(periodQuery(statement))} />
        <Link to={paths.customer.invoices} className="inline-flex min-h-(--target) w-fit items-center text-accent underline underline-offset-2">
          All invoices
        </Link>
      </PageBody>
    </>
  );
}
