import { expect } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, toUtcMs } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { type ApplyNeeds, applyPayment } from "~/modules/payments/apply-payment.server";
import { beginCheckout, type Checkout } from "~/modules/payments/checkouts/begin-checkout.server";
import type { PayWay } from "~/modules/payments/checkouts/payment-intent";
import { reconcile } from "~/modules/payments/reconcile.server";
import { disconnectSquare } from "~/modules/payments/square/connect-square.server";
import { squareBankScopes, squareScopes } from "~/modules/payments/square/square";
import { squareClient, squareOAuth } from "~/modules/payments/square/square.client.server";
import { squareConnectionStore } from "~/modules/payments/square/square-connection.store.server";
import { sealTokens } from "~/modules/payments/square/square-tokens.server";
import { squareJournal } from "~/modules/payments/square-connection.journal";
import { forJob } from "~/platform/scope/scope.server";
import { readAccount } from "~/queries/staff/account.server";
import { squareWebhook } from "../../workers/square-webhook";
import { issuedInvoices } from "./invoices";
import { type Announced, announced, atSquare, newMerchant, squareApplication, squareUrl } from "./square";

export const CURRENCY = "NZD";

type Billing = Pick<Awaited<ReturnType<typeof issuedInvoices>>, "world" | "shop" | "customer" | "staff" | "invoices">;

/** A shop with issued invoices and an account at Square's stand-in. */
export const payingShop = async (totals: readonly number[], currency = CURRENCY) => withSquare(await issuedInvoices(totals), currency);

async function withSquare<Its extends Billing>(its: Its, currency = CURRENCY) {
  const { id: merchant, location } = await newMerchant(currency);
  const { accessToken } = await tokensOf(merchant);
  const client = squareClient({ accessToken, baseUrl: squareUrl });
  const services = its.world.context.servicesFor(forJob(its.shop.id, "Square"));
  const square: Checkout = {
    client,
    merchant: { id: merchant, name: "Shop" },
    locationId: location,
    currency,
    takesBank: currency === "USD",
    isSquarePage: (url) => url.startsWith(squareUrl),
  };
  const needs: ApplyNeeds = {
    db: services.db,
    clock: services.clock,
    zone: "Pacific/Chatham",
    client,
    entryKey: services.settings.linkKey,
    applicationId: squareApplication.applicationId,
    currency,
    merchant: { id: merchant, name: "Shop" },
  };
  return { ...its, merchant, location, client, services, square, needs };
}

export type PayingShop = Awaited<ReturnType<typeof withSquare<Billing>>>;

/** What a customer asks to pay, by amounts on invoices in order. */
export const wish = (invoices: readonly Id<"invoice">[], amounts: readonly number[], way: PayWay = "card") => {
  const on = amounts.map((amount, at) => ({ invoiceId: invoices[at] as Id<"invoice">, amount: toCents(amount) })); // as many as there are amounts
  return { on, forEstimate: null, amount: toCents(amounts.reduce((sum, one) => sum + one, 0)), way };
};

export const beginning = (
  { customer }: PayingShop,
  invoices: readonly Id<"invoice">[],
  amounts: readonly number[],
  least: number | null = 10_00,
  way: PayWay = "card",
) => ({
  wanted: wish(invoices, amounts, way),
  customerId: customer.id,
  least: least === null ? null : toCents(least),
  returnTo: (intent: string) => `https://shop.test/pay/token?checkout=${intent}`,
  buyerEmail: way === "bank" ? "payer@northline.test" : null,
});

/** A shop that is connected as by its owner, so that notices find it. */
export const connectedShop = async (totals: readonly number[], currency = CURRENCY) => connect(await issuedInvoices(totals), currency);

/** Connects a shop that bills as by its owner. */
export async function connect<Its extends Billing>(billing: Its, currency = CURRENCY) {
  const its = await withSquare(billing, currency);
  const { settings, directory } = its.world.context.platform;
  const { square } = settings;
  if (!square) throw new Error("Square isn't set up in tests");
  await directory.claimSquareAccount({ environment: square.environment, merchantId: its.merchant }, its.shop.id, its.world.clock.now());
  await keepConnection(its, { merchant: its.merchant, location: its.location, name: "Shop", currency });
  const send = ({ body, headers }: Pick<Announced, "body" | "headers">) =>
    squareWebhook(new Request(square.webhook.url, { method: "POST", body, headers }), its.world.context);
  /** What Square announced since the last time comes in, and is handled. */
  async function takeNotices(only: RegExp = /./): Promise<void> {
    for (const notice of await announced(its.merchant)) if (only.test(notice.type)) await send(notice);
    await its.world.drainOutbox(its.shop);
  }
  return { ...its, send, takeNotices };
}

type Connecting = Pick<PayingShop, "world" | "services" | "shop">;

/** Writes down that the shop is connected to an account at Square that granted access. */
async function keepConnection(
  its: Connecting,
  { merchant, location, name, currency = CURRENCY }: { merchant: string; location: string; name: string; currency?: string },
): Promise<void> {
  const { square } = its.world.context.platform.settings;
  if (!square) throw new Error("Square isn't set up in tests");
  const tokens = await tokensOf(merchant);
  const store = squareConnectionStore(its.services.db);
  const account = { environment: square.environment, merchantId: merchant };
  const now = its.world.clock.now();
  await store.save(
    {
      ...account,
      version: ((await store.find())?.version ?? 0) + 1,
      state: "connected",
      merchantName: name,
      location: { id: location, name: "Main", currency },
      mayBank: currency === "USD",
      takesBank: currency === "USD",
      expiresAt: tokens.expiresAt,
      connectedAt: now,
      askedUntil: now,
      tokens: sealTokens(square, its.shop.id, tokens),
    },
    squareJournal.of("square.connected", { merchant: name, ...account }),
    now,
  );
}

/** Access that a seller grants to our application. */
async function tokensOf(merchant: string) {
  const { code } = await atSquare<{ code: string }>({ do: "grant", merchant, scopes: [...squareScopes, ...squareBankScopes] });
  const tokens = await squareOAuth(squareApplication).obtainTokens(code);
  if (!tokens.ok) throw new Error(tokens.error.kind);
  return tokens.value;
}

/** A connected shop whose customer paid these invoices in one checkout, with the payment on the account. */
export async function paidShop(billing: readonly number[] | Billing) {
  const its = await connect("world" in billing ? billing : await issuedInvoices(billing));
  const now = () => its.world.clock.now();
  const open = await Promise.all(its.invoices.map(async (id) => (await readInvoiceRecord(its.staff.db, id, now()))?.invoice.balance ?? 0));
  const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, open));
  if (!begun.ok) throw new Error(begun.error.kind);
  const { id: paymentId } = await atSquare<{ id: string }>({ do: "pay", link: begun.value.intent.linkId ?? "", way: "card" });
  const read = await its.client.payment(paymentId);
  if (!read.ok || !read.value) throw new Error("no payment");
  await applyPayment(its.needs, read.value);
  await its.world.drainOutbox(its.shop);
  const account = async () => {
    const found = await readAccount(its.staff.db, its.customer.id, { now: now(), before: null });
    if (!found) throw new Error("no account");
    return found;
  };
  const sourceId = (await account()).entries.find(({ kind }) => kind === "payment")?.id;
  if (!sourceId) throw new Error("no entry");
  return {
    ...its,
    paymentId,
    sourceId,
    account,
    applied: () => Promise.all(its.invoices.map(async (id) => (await readInvoiceRecord(its.staff.db, id, now()))?.invoice.applied)),
    // Square's own clock is not the world's.
    catchUp: () => reconcile({ ...its.needs, client: its.client, locationId: its.location }, toUtcMs(DAY)),
    /** Every notice that Square sent of the shop, twice and the newest first. */
    async notifyAll() {
      const notices = await announced(its.merchant);
      for (const notice of [...notices.toReversed(), ...notices]) await its.send(notice);
      await its.world.drainOutbox(its.shop);
    },
  };
}

/** The shop connects another account at Square in place of the one it has. */
export async function reconnect(its: Connecting & Pick<PaidShop, "staff">): Promise<{ merchant: string }> {
  expect(await disconnectSquare(its.staff)).toMatchObject({ ok: true });
  const { id: merchant, location } = await newMerchant(CURRENCY);
  await keepConnection(its, { merchant, location, name: "New shop" });
  return { merchant };
}

/** A payment by our application that carries no invoice of ours. */
export async function unclearPayment(
  { client, location, merchant, currency = CURRENCY }: Pick<PayingShop, "client" | "location" | "merchant"> & { currency?: string },
  amount: number,
): Promise<string> {
  const made = await client.createPaymentLink({
    idempotencyKey: newId("event"),
    locationId: location,
    title: "Something",
    amount: toCents(amount),
    currency,
    referenceId: "unknown",
    metadata: {},
    redirectUrl: "https://shop.test/",
    buyerEmail: null,
    note: "Something",
  });
  if (!made.ok) throw new Error(`${merchant}: ${made.error.kind}`);
  return (await atSquare<{ id: string }>({ do: "pay", link: made.value.id, way: "card" })).id;
}

export type PaidShop = Awaited<ReturnType<typeof paidShop>>;
