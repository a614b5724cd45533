import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { beginCheckout } from "~/modules/payments/begin-checkout.server";
import { paymentStore } from "~/modules/payments/payment.store.server";
import { squareScopes } from "~/modules/payments/square";
import { squareOAuth } from "~/modules/payments/square.client.server";
import { squareJournal } from "~/modules/payments/square-connection.journal";
import { squareConnectionStore } from "~/modules/payments/square-connection.store.server";
import { sealTokens } from "~/modules/payments/square-tokens.server";
import { beginning, CURRENCY, payingShop } from "../tests/world/payments";
import { type Announced, announced, atSquare, squareApplication } from "../tests/world/square";
import { answerInBackground } from "./background";
import { squareWebhook } from "./square-webhook";

/** A shop that is connected as by its owner, so that notices find it. */
async function connectedShop(totals: readonly number[]) {
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

test("notices of a payment, each three times and in any order, put it on the account once; staff and customer are mailed once", async () => {
  const its = await connectedShop([500_00]);
  const begun = await beginCheckout(its.services, its.square, beginning(its, its.invoices, [500_00]));
  if (!begun.ok) throw new Error(begun.error.kind);
  await atSquare({ do: "pay", link: begun.value.intent.linkId ?? "", way: "card" });
  const notices = await announced(its.merchant);
  expect(notices.length).toBeGreaterThan(1);
  for (const notice of [...notices, ...notices.toReversed(), ...notices]) expect((await its.send(notice)).status).toBe(200);
  await its.world.drainOutbox(its.shop);
  const { invoice } = (await readInvoiceRecord(its.staff.db, its.invoices[0] as Id<"invoice">, its.world.clock.now())) ?? expect.fail("no invoice");
  expect(invoice).toMatchObject({ applied: 500_00, status: "paid" });
  const toStaff = (await its.world.mail(its.shop.ownerEmail)).filter(({ subject }) => subject.includes("through Square"));
  expect(toStaff.map(({ text }) => text)).toEqual([expect.stringContaining("is paid in full")]);
  const receipts = (await its.world.mail(its.customer.email)).filter(({ text }) => text.includes("Square VISA 1111"));
  expect(receipts.length).toBe(1);
});

test("a forged notice, one changed byte and one that is none are refused, and nothing is kept", async () => {
  const its = await connectedShop([500_00]);
  await atSquare({ do: "counter-sale", merchant: its.merchant, location: its.location, amount: 5_00 });
  const [notice] = await announced(its.merchant);
  const { body, headers } = notice ?? expect.fail("no notice");
  expect((await its.send({ body: body.replace("{", "{ "), headers })).status).toBe(403);
  expect((await its.send({ body, headers: { ...headers, "x-square-hmacsha256-signature": "AAAA" } })).status).toBe(403);
  expect((await its.send({ body, headers: {} })).status).toBe(403);
  const kept = JSON.parse(body) as { event_id: string };
  expect(await paymentStore(its.services.db).event(kept.event_id)).toBeNull();
  expect((await its.send({ body, headers })).status).toBe(200);
  expect(await paymentStore(its.services.db).event(kept.event_id)).toMatchObject({ handledAt: null });
  const get = await answerInBackground(new Request("http://shop.test/webhooks/square"), its.world.env, {
    waitUntil: () => {},
    passThroughOnException: () => {},
  } as unknown as ExecutionContext);
  expect(get?.status).toBe(405);
});
