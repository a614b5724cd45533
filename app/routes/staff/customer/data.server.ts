import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { readDriversOf } from "~/modules/drivers/drivers.read.server";
import { onItsWay } from "~/modules/payments/checkouts/on-its-way";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readCustomerReceivables } from "~/queries/staff/account.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { readCustomerWarnings } from "~/queries/staff/customer-warnings.server";
import { readEstimatesOfCustomer } from "~/queries/staff/estimate-list.server";
import { readMailHistory } from "~/queries/staff/mail-history.server";

export async function customerPage({ services, session, id: idOf, url }: Authed<"staff">) {
  const id = idOf("customer");
  const record = orNotFound(await readCustomerRecord(services.db, id));
  const { plan } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [drivers, orders, mails, attachments, estimates, receivables, warnings] = await Promise.all([
    readDriversOf(services.db, id),
    readCustomerOrders(services.db, id),
    readMailHistory(
      services.db,
      [record.customer.email, ...record.contacts.map(({ email }) => email)].filter((email) => email !== null),
    ),
    readAttachments(services, { kind: "customer", id }, url.searchParams.get("files")),
    readEstimatesOfCustomer(services.db, id),
    // The shop's own trucks are repaired without an invoice.
    may("staff", role, "invoice:read") && !record.customer.isSelf ? readCustomerReceivables(services.db, id, now) : null,
    readCustomerWarnings(services.db, id, dayOf(now, session.organization.zone)),
  ]);
  return {
    ...record,
    drivers,
    orders,
    mails,
    attachments,
    estimates,
    receivables: receivables && {
      ...receivables,
      newest: receivables.newest.map(({ id: one, number, status, total, balance, pending }) => ({
        to: paths.staff.invoice(one),
        invoice: { number, status, total, balance },
        detail: onItsWay(pending, session.organization, now),
      })),
    },
    warnings,
    freshUnit: may("staff", role, "asset:manage") ? newId("asset", now) : null,
    mayChange: may("staff", role, "customer:manage"),
    // Made before the form is filled in, so a form sent twice adds one driver.
    freshDriver: may("staff", role, "driver:manage") ? newId("driver", now) : null,
    plan,
  };
}

export type PageData = Awaited<ReturnType<typeof customerPage>>;
