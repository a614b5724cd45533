import { useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { invoiceReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { emailStatement } from "~/modules/invoices/statements/email-statement.server";
import { periodIn } from "~/modules/invoices/statements/statement";
import { periodQuery, StatementSheet } from "~/modules/invoices/statements/statement.view";
import { readStatementNote } from "~/modules/payments/payment.read.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { ButtonLink } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";
import { periodOf, statementOrRefusal, TOO_LONG } from "../parts/statement.server";

export const meta = ({ loaderData }: { loaderData?: { statement: { customer: string } } }) => [
  { title: loaderData ? `Statement for ${loaderData.statement.customer}` : "Statement" },
];

export const loader = staff.loader("invoice:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const { zone } = session.organization;
  const now = services.clock.now();
  const [statement, { emails }] = await Promise.all([
    statementOrRefusal(services.db, id, periodOf(url, now, zone)),
    invoiceReaders(services.db, id, "statement"),
  ]);
  return { id, statement, note: await readStatementNote(services, session.organization, id), emails, fresh: newId("statement", now) };
});

export const action = staff.commands({
  email: staff.command({
    permission: "invoice:write",
    form: z.object({ id: idField("statement", "Something was missing from that form. Reload the page and try again."), from: z.string(), through: z.string() }),
    run: async ({ services, id, scope, form }) => {
      const period = periodIn(form.from, form.through, dayOf(services.clock.now(), scope.organization.zone));
      return emailStatement(services, id("customer"), period, form.id, await readStatementNote(services, scope.organization, id("customer")));
    },
    done: (emails) => `Statement emailed to ${emails.join(", ")}.`,
    refusals: {
      "too-long": TOO_LONG,
      "no-recipient": "Nobody at this customer has an email address for statements. Add one, then send it again.",
    },
  }),
});

export default function Statement() {
  const { id, statement, note } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={`Statement for ${statement.customer}`} action={<ButtonLink to={paths.staff.account(id)}>Account</ButtonLink>} />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <StatementSheet statement={statement} note={note} pdf={paths.staff.statementPdf(id, periodQuery(statement))} />
        <EmailStatement />
      </PageBody>
    </>
  );
}

/** Mails the period that the page shows. */
function EmailStatement() {
  const { statement, emails, fresh } = useLoaderData<typeof loader>();
  if (emails.length === 0) return <p className="text-ink-soft">To email statements, add an email address or a contact to this customer.</p>;
  return (
    <CommandForm<typeof action> intent="email" className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <input type="hidden" name="id" value={fresh} />
      <input type="hidden" name="from" value={statement.from} />
      <input type="hidden" name="through" value={statement.through} />
      <SubmitButton kind="quiet" pendingLabel="Sending">
        Email statement
      </SubmitButton>
      <p className="min-w-0 text-small text-ink-soft [overflow-wrap:anywhere]">To {emails.join(", ")}</p>
    </CommandForm>
  );
}
