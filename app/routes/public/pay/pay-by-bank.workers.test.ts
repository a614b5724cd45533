import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { payToken } from "~/modules/invoices/pay-link.server";
import { browserIn } from "../../../../tests/world/browser";
import { connectedShop } from "../../../../tests/world/payments";
import { announced, atSquare } from "../../../../tests/world/square";
import { action, loader } from "./route";

type Answer = { problem: { message: string } | null; checkout?: { url: string; way: string; amount: number } };
type Page = { pending: string | null; due: number };

/** Somebody signed out who has the pay link of an invoice, at a shop that takes bank transfers. */
async function payer() {
  const its = await connectedShop([743_58], "USD");
  const [invoice] = its.invoices as [Id<"invoice">];
  const token = payToken(its.services.settings.linkKey, { organizationId: its.shop.id, subject: { kind: "invoice", id: invoice } });
  const [path, params] = [`/pay/${token}`, { token }];
  const browser = browserIn(its.world);
  return {
    ...its,
    pay: (fields: Record<string, string>) => browser.post(action, path, { intent: "pay", ...fields }, { params }),
    page: async () => (await browser.get(loader, path, { params })).body as { page: Page } & Page, // the page's own data
  };
}

test("pressing twice for a bank transfer leads to one page at Square, and what is paid there is shown as on its way", async () => {
  const its = await payer();
  const [first, second] = (await Promise.all([its.pay({ way: "bank" }), its.pay({ way: "bank" })])).map(({ body }) => body as Answer);
  expect(first).toMatchObject({ problem: null, checkout: { way: "bank", amount: 743_58, url: expect.stringContaining("/pay-invoice/") } });
  expect(second?.checkout?.url).toBe(first?.checkout?.url);

  const { id } = await atSquare<{ id: string }>({ do: "pay-invoice", invoice: `inv:${first?.checkout?.url.split("/").at(-1)}` });
  await its.takeNotices();
  // "was" because the world's clock is years from Square's.
  expect((await its.page()).pending).toMatch(/^\$743\.58 is on its way, (was )?expected \d{1,2} \w{3} \d{4}$/);
  const card = await its.pay({ way: "card" });
  expect(card.status).toBe(409);
  expect((card.body as Answer).problem?.message).toContain("$743.58");

  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "COMPLETED" });
  await its.takeNotices();
  expect(await its.page()).toMatchObject({ pending: null });
  expect((await its.pay({ way: "bank" })).status).toBe(422);
});

test.each(["0", "-5", "743.59", "99999999999"])("a transfer of %s is refused, and nothing is made at Square", async (amount) => {
  const its = await payer();
  expect((await its.pay({ way: "bank", amount })).status).toBe(422);
  expect((await announced(its.merchant)).filter(({ type }) => type.startsWith("invoice."))).toEqual([]);
});
