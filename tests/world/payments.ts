import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { ApplyNeeds } from "~/modules/payments/apply-payment.server";
import type { Checkout } from "~/modules/payments/begin-checkout.server";
import { squareScopes } from "~/modules/payments/square";
import { squareClient, squareOAuth } from "~/modules/payments/square.client.server";
import { forJob } from "~/platform/scope/scope.server";
import { issuedInvoices } from "./invoices";
import { atSquare, newMerchant, squareApplication, squareUrl } from "./square";

export const CURRENCY = "NZD";

/** A shop with issued invoices and an account at Square's stand-in. */
export async function payingShop(totals: readonly number[]) {
  const its = await issuedInvoices(totals);
  const { id: merchant, location } = await newMerchant(CURRENCY);
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes] });
  const tokens = await squareOAuth(squareApplication).obtainTokens(code);
  if (!tokens.ok) throw new Error(tokens.error.kind);
  const client = squareClient({ accessToken: tokens.value.accessToken, baseUrl: squareUrl });
  const services = its.world.context.servicesFor(forJob(its.shop.id, "Square"));
  const square: Checkout = { client, locationId: location, currency: CURRENCY, isSquarePage: (url) => url.startsWith(squareUrl) };
  const needs: ApplyNeeds = {
    db: services.db,
    clock: services.clock,
    zone: "Pacific/Chatham",
    client,
    entryKey: services.settings.linkKey,
    applicationId: squareApplication.applicationId,
    currency: CURRENCY,
  };
  return { ...its, merchant, location, client, services, square, needs };
}

export type PayingShop = Awaited<ReturnType<typeof payingShop>>;

/** What a customer asks to pay, by amounts on invoices in order. */
export const wish = (invoices: readonly Id<"invoice">[], amounts: readonly number[]) => {
  const on = amounts.map((amount, at) => ({ invoiceId: invoices[at] as Id<"invoice">, amount: toCents(amount) })); // as many as there are amounts
  return { on, forEstimate: null, amount: toCents(amounts.reduce((sum, one) => sum + one, 0)) };
};

export const beginning = ({ customer }: PayingShop, invoices: readonly Id<"invoice">[], amounts: readonly number[], least: number | null = 10_00) => ({
  wanted: wish(invoices, amounts),
  customerId: customer.id,
  least: least === null ? null : toCents(least),
  returnTo: (intent: string) => `https://shop.test/pay/token?checkout=${intent}`,
  buyerEmail: null,
});
