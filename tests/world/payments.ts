import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { ApplyNeeds } from "~/modules/payments/apply-payment.server";
import type { Checkout } from "~/modules/payments/begin-checkout.server";
import { squareScopes } from "~/modules/payments/square";
import { squareClient, squareOAuth } from "~/modules/payments/square.client.server";
import { squareJournal } from "~/modules/payments/square-connection.journal";
import { squareConnectionStore } from "~/modules/payments/square-connection.store.server";
import { sealTokens } from "~/modules/payments/square-tokens.server";
import { forJob } from "~/platform/scope/scope.server";
import { squareWebhook } from "../../workers/square-webhook";
import { issuedInvoices } from "./invoices";
import { type Announced, atSquare, newMerchant, squareApplication, squareUrl } from "./square";

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

/** A shop that is connected as by its owner, so that notices find it. */
export async function connectedShop(totals: readonly number[]) {
  const its = await payingShop(totals);
  const { settings, directory } = its.world.context.platform;
  const { square } = settings;
  if (!square) throw new Error("Square isn't set up in tests");
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant: its.merchant, scopes: [...squareScopes] });
  const tokens = await squareOAuth(squareApplication).obtainTokens(code);
  if (!tokens.ok) throw new Error(tokens.error.kind);
  const account = { environment: square.environment, merchantId: its.merchant };
  const now = its.world.clock.now();
  await directory.claimSquareAccount(account, its.shop.id, now);
  await squareConnectionStore(its.services.db).save(
    {
      ...account,
      version: 1,
      state: "connected",
      merchantName: "Shop",
      location: { id: its.location, name: "Main", currency: CURRENCY },
      expiresAt: tokens.value.expiresAt,
      connectedAt: now,
      tokens: sealTokens(square, its.shop.id, tokens.value),
    },
    squareJournal.of("square.connected", { merchant: "Shop", ...account }),
    now,
  );
  const send = ({ body, headers }: Pick<Announced, "body" | "headers">) =>
    squareWebhook(new Request(square.webhook.url, { method: "POST", body, headers }), its.world.context);
  return { ...its, send };
}

export type ConnectedShop = Awaited<ReturnType<typeof connectedShop>>;
