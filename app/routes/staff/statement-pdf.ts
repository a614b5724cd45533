import { parseId } from "~/kernel/ids";
import { printStatement } from "~/modules/invoices/statements/print-statement.server";
import { readStatementNote } from "~/modules/payments/payment.read.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { periodOf, statementFile } from "../parts/statement.server";

export const loader = staff.loader("invoice:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  await holdToQuota(services, "document");
  return statementFile(
    printStatement(services, id, periodOf(url, services.clock.now(), session.organization.zone), await readStatementNote(services, session.organization, id)),
  );
});
