import type { AppLoadContext } from "react-router";
import { readPayToken } from "~/modules/invoices/pay-link.server";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { onItsWay } from "~/modules/payments/checkouts/on-its-way";
import { readPendingFor, readPendingOn } from "~/modules/payments/payment.read.server";
import { readWaysToPay } from "~/modules/payments/square/square-connection.read.server";
import { orNotFound } from "~/platform/http/problem.server";
import { forJob } from "~/platform/scope/scope.server";
import { readPayPage } from "~/queries/pay/pay-subject.server";
import { brandOf } from "~/sign-in/brand.server";
import { readReturned } from "../../parts/checkout.server";

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
  const { zone, locale, currency, distanceUnit } = organization;
  const { customerId: _, ...shown } = page;
  return {
    brand: brandOf(organization),
    locale: { zone, locale, currency, distanceUnit },
    servedAt: services.clock.now(),
    page: shown,
    pending: onItsWay(
      subject.kind === "invoice" ? await readPendingOn(services.db, subject.id) : await readPendingFor(services.db, subject.id),
      organization,
      services.clock.now(),
    ),
    least: subject.kind === "invoice" ? await readLeastPart(services.db) : null,
    ...(await readWaysToPay(services)),
    returned: await readReturned(services.db, new URL(request.url), page.customerId),
  };
}

export type PayPageData = Awaited<ReturnType<typeof payPage>>;
