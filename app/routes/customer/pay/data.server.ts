import { parseId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import type { Returned } from "~/modules/payments/checkout.view";
import { readIntent, readPending } from "~/modules/payments/payment.read.server";
import { readTakesPayments } from "~/modules/payments/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { refuse } from "~/platform/http/problem.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";

export async function payInvoicesPage({ services, session, url }: Authed<"customer">) {
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, session.organization));
  const owed = await readPortalOwed(services.db, services.clock.now());
  const checkout = parseId("paymentIntent", url.searchParams.get("checkout"));
  const intent = checkout && (await readIntent(services.db, checkout));
  const returned: Returned | null = intent && { state: intent.state, amount: intent.amount };
  const pending = await readPending(
    services.db,
    owed.map(({ id }) => id),
  );
  return {
    open: owed.map((row) => ({ ...row, pending: pending.get(row.id) ?? toCents(0) })),
    isConnected: await readTakesPayments(services),
    returned,
  };
}

export type PageData = Awaited<ReturnType<typeof payInvoicesPage>>;
