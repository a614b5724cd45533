import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readOnItsWay } from "~/modules/payments/payment.read.server";
import { readWaysToPay } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { refuse } from "~/platform/http/problem.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";
import { readPortalBalance } from "~/queries/staff/account.server";
import { readReturned } from "../../parts/checkout.server";

export async function payInvoicesPage({ services, session, scope, url }: Authed<"customer">) {
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, session.organization));
  const now = services.clock.now();
  const [{ rows: owed, hasMore }, { credit, reserved }] = await Promise.all([readPortalOwed(services.db, now), readPortalBalance(services.db, now)]);
  const pending = await readOnItsWay(
    services,
    session.organization,
    owed.map(({ id }) => id),
  );
  return {
    open: owed.map((row) => ({ ...row, pending: pending(row.id) })),
    hasMore,
    /** On no invoice, and not on its way back: the shop can put it on one. */
    credit: toCents(credit - reserved),
    least: await readLeastPart(services.db),
    ...(await readWaysToPay(services)),
    returned: await readReturned(services.db, url, scope.partyId as Id<"customer">), // a customer's session names its customer
  };
}

export type PageData = Awaited<ReturnType<typeof payInvoicesPage>>;
