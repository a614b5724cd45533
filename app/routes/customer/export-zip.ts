import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { exportCustomerData } from "~/modules/reports/export-customer-data.server";
import { disposition } from "~/platform/http/file.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { overQuotaAnswer } from "~/platform/http/quotas.server";

/** All data that the customer owns, as a zip file. */
export const loader = customer.loader("export:own", async ({ services, session, scope }) => {
  const right = mayUse(await readContactRights(services.db), "export");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  if (scope.readOnly) throw refuse(403, "You can't download data while viewing as someone else. Stop viewing first.");
  const exported = await exportCustomerData(services);
  if (!exported.ok) throw overQuotaAnswer(exported.error);
  services.drainSoon();
  const day = new Date(services.clock.now()).toISOString().slice(0, 10);
  return new Response(exported.value, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": disposition(false, `${session.organization.slug} ${day}.zip`),
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
