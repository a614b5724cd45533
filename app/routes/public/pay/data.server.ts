import type { AppLoadContext } from "react-router";
import { parseId } from "~/kernel/ids";
import { readPayToken } from "~/modules/invoices/pay-link.server";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import type { Returned } from "~/modules/payments/checkout.view";
import { readIntent, readPendingOn } from "~/modules/payments/payment.read.server";
import { readTakesPayments } from "~/modules/payments/square-connection.read.server";
import { orNotFound } from "~/platform/http/problem.server";
import { forJob } from "~/platform/scope/scope.server";
import { readPayPage } from "~/queries/pay/pay-subject.server";
import { brandOf } from "~/sign-in/brand.server";

/** What a pay link opens: its shop, that shop's services held to a job, and what is owed. */
export async function openPayLink(context: AppLoadContext, request: Request, token: string | undefined) {
  const link = orNotFound(readPayToken(context.platform.settings.linkKey, token));
  const organization = orNotFound(await context.platform.directory.organization(link.organizationId));
  const services = context.servicesFor(forJob(link.organizationId, "Pay link", request));
  const page = orNotFound(await readPayPage(services.db, link.subject, services.clock.now()));
  return { ...link, organization, services, page };
}

export async function payPage(context: AppLoadContext, request: Request, token: string | undefined) {
  const { organization, services, page, subject } = await openPayLink(context, request, token);
  const checkout = parseId("paymentIntent", new URL(request.url).searchParams.get("checkout"));
  const found = checkout && (await readIntent(services.db, checkout));
  const returned: Returned | null = found?.customerId === page.customerId ? { state: found.state, amount: found.amount } : null;
  const { zone, locale, currency, distanceUnit } = organization;
  const { customerId: _, ...shown } = page;
  return {
    brand: brandOf(organization),
    locale: { zone, locale, currency, distanceUnit },
    servedAt: services.clock.now(),
    page: shown,
    pending: subject.kind === "invoice" ? await readPendingOn(services.db, subject.id) : null,
    least: subject.kind === "invoice" ? await readLeastPart(services.db) : null,
    isConnected: await readTakesPayments(services),
    returned,
  };
}

export type PayPageData = Awaited<ReturnType<typeof payPage>>;
