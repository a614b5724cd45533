import { redirect } from "react-router";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf, type UtcMs } from "~/kernel/time";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { lastMonth } from "~/modules/invoices/statements/statement";
import { whenExpected, whoKnows } from "~/modules/payments/checkouts/on-its-way";
import { isOpen } from "~/modules/payments/disputes/dispute";
import { readUnclearPayments } from "~/modules/payments/payment.read.server";
import { finishSquareConnection, listSquareLocations } from "~/modules/payments/square/connect-square.server";
import {
  canTakeBank,
  connectedAccount,
  faultMessage,
  isConnected,
  offersBank,
  whyNoPayments,
  whyNotLocation,
} from "~/modules/payments/square/square-connection";
import { readSquareConnection } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { readDisputes } from "~/queries/staff/disputes.server";
import { readMoneyOnItsWay } from "~/queries/staff/money-on-its-way.server";
import { isOutcome, outcomeOf } from "./outcomes";

export type PageData = Awaited<ReturnType<typeof paymentsPage>>;

export async function paymentsPage(authed: Authed<"staff">) {
  const { services, session, url } = authed;
  const { organization } = session;
  if (url.searchParams.has("state")) await finish(authed);
  const connection = await readSquareConnection(services.db);
  const { square } = services.settings;
  const mayConnect = may("staff", session.membership.role, "square:connect");
  const isUsable = isConnected(connection, square);
  const locations = isUsable && mayConnect ? await listSquareLocations(services) : null;
  const account = connectedAccount(connection, square);
  const now = services.clock.now();
  const outcome = url.searchParams.get("result");
  return {
    shop: organization.name,
    currency: organization.currency,
    environment: square?.environment ?? null,
    connection,
    isUsable,
    bank: isUsable && canTakeBank(connection) ? { isOn: offersBank(connection), mayBank: connection.mayBank } : null,
    whyNot: whyNoPayments(connection, square),
    locations: locations?.ok ? locations.value.map((one) => ({ id: one.id, name: one.name, whyNot: whyNotLocation(one, organization.currency) })) : [],
    locationsFault: locations && !locations.ok ? faultMessage(locations.error) : null,
    pending: (await readMoneyOnItsWay(services.db)).map((one) => ({
      id: one.id,
      customerId: one.customerId,
      customer: one.customer,
      amount: one.amount,
      ...describe(one, { organization, account, now }),
    })),
    unclear: await readUnclearPayments(services.db),
    disputes: (await readDisputes(services.db)).map(({ dueAt, ...dispute }) => ({
      ...dispute,
      dueDay: dueAt === null || !isOpen(dispute.state) ? null : dayOf(dueAt, organization.zone),
    })),
    period: lastMonth(dayOf(now, organization.zone)),
    outcome: isOutcome(outcome) ? outcome : null,
  };
}

/** What a payment on its way is for and when it is expected, and what is wrong with it; null while Square is asked about it. */
function describe(one: OnItsWay, { organization, account, now }: { organization: OrganizationLocale; account: string | null; now: UtcMs }) {
  const what = one.estimate === null ? one.numbers.map((number) => invoiceNumber(number)).join(", ") : `Deposit for E-${one.estimate}`;
  const knows = whoKnows(one, account, dayOf(now, organization.zone));
  return {
    about: [what, ...whenExpected(one, organization, now)].join(", "),
    problem:
      knows === "square"
        ? null
        : knows === "late"
          ? "It is late, and Square has no news of it"
          : `Square can't be asked: its account${one.merchantName ? ` ${one.merchantName}` : ""} isn't connected any more`,
  };
}

type OnItsWay = Awaited<ReturnType<typeof readMoneyOnItsWay>>[number];

/** The owner is back from Square. The address with the code is left at once, so that it is used once. */
async function finish({ services, session, url }: Authed<"staff">): Promise<never> {
  if (!may("staff", session.membership.role, "square:connect")) throw redirect(`${paths.staff.payments}?result=not-owner`);
  const [state, code] = [url.searchParams.get("state"), url.searchParams.get("code")];
  const finished = await finishSquareConnection(services, { state, code, sessionId: session.id, currency: session.organization.currency });
  services.drainSoon();
  throw redirect(`${paths.staff.payments}?result=${finished.ok ? "connected" : outcomeOf(finished.error)}`);
}
