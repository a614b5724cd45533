import type { Id } from "~/kernel/ids";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { printStatement } from "~/modules/invoices/statements/print-statement.server";
import { readStatementNote } from "~/modules/payments/payment.read.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { periodOf, statementFile } from "../parts/statement.server";

export const loader = customer.loader("invoice:read", async ({ services, session, scope, url }) => {
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, session.organization));
  await holdToQuota(services, "document");
  const note = await readStatementNote(services, session.organization, scope.partyId as Id<"customer">); // a customer's session names its customer
  return statementFile(printStatement(services, null, periodOf(url, services.clock.now(), session.organization.zone), note));
});
