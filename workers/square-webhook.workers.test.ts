import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { beginCheckout } from "~/modules/payments/checkouts/begin-checkout.server";
import { squareEventStore } from "~/modules/payments/square/square-event.store.server";
import { beginning, connectedShop } from "../tests/world/payments";
import { announced, atSquare } from "../tests/world/square";
import { answerInBackground } from "./background";

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
  expect(await squareEventStore(its.services.db).find(kept.event_id)).toBeNull();
  expect((await its.send({ body, headers })).status).toBe(200);
  expect(await squareEventStore(its.services.db).find(kept.event_id)).toMatchObject({ handledAt: null });
  const get = await answerInBackground(new Request("http://shop.test/webhooks/square"), its.world.env, {
    waitUntil: () => {},
    passThroughOnException: () => {},
  } as unknown as ExecutionContext);
  expect(get?.status).toBe(405);
});

test.each([
  ["half a character", "\ud800"],
  ["a zero byte", "a\u0000b"],
  ["a line end", "a\nb"],
  ["nothing", ""],
  ["too much", "x".repeat(101)],
])("a signed notice whose id is %s is refused, and nothing is kept", async (_what, eventId) => {
  const its = await connectedShop([500_00]);
  const { webhook } = its.world.context.platform.settings.square ?? expect.fail("Square isn't set up");
  const body = JSON.stringify({ merchant_id: its.merchant, type: "payment.updated", event_id: eventId, data: { id: "payment" } });
  const signature = createHmac("sha256", webhook.key).update(`${webhook.url}${body}`).digest("base64");
  expect((await its.send({ body, headers: { "x-square-hmacsha256-signature": signature } })).status).toBe(400);
  expect(await its.world.env.TENANTS.prepare("select count(*) as n from square_events where organization_id = ?").bind(its.shop.id).first()).toEqual({ n: 0 });
});
