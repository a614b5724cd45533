import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByPassword, visitor } from "./browser.ts";
import { cents } from "./sums.ts";

test("the owner disconnects Square, connects it again and chooses a location", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/settings/payments");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Harbor Diesel is disconnected.").waitFor();
  await page.goto("/settings");
  await page.getByRole("link", { name: "Payments" }).click();
  await page.getByText("Customers can't pay online: Square isn't connected.").waitFor();
  await page.getByRole("button", { name: "Connect with Square" }).click();

  await page.getByRole("heading", { name: "Connect to Square" }).waitFor();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByText("Square wasn't connected, because access wasn't allowed there.").waitFor();

  await page.getByRole("button", { name: "Connect with Square" }).click();
  await page.getByLabel("Harbor Diesel (USD)").check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Square is connected.", { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe("?result=connected");
  await page.getByText("Customers can't pay online: No Square location is chosen.").waitFor();
  await page.getByText("Harbor Diesel Windsor: It takes CAD, and your shop bills in USD.").waitFor();
  await page.getByText("Sandbox: no real money").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByLabel("Location", { exact: true }).selectOption({ label: "Harbor Diesel, Gary yard" });
  await page.getByRole("button", { name: "Save location" }).click();
  await page.getByText("Payments are taken for Harbor Diesel, Gary yard.").waitFor();
  await page.getByText("Customers can't pay online").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Check Square now" }).click();
  await page.getByText(/^Square has \d+ payments? and \d+ refunds? of the last 28 days, and \d+ disputes? in all\./).waitFor();
});

/** What Square's page asks for: a card, and the button that pays. */
async function payAtSquare(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  await page.getByRole("button", { name: /^Pay \$/ }).click();
}

test("a customer pays a part by the shop's link, signed out, then the rest; the shop sees it come", async () => {
  const shop = await signInByPassword("owner@harbor.test");
  // An invoice that no other journey pays.
  await shop.goto("/invoices");
  await shop
    .getByRole("link", { name: /INV-1003/ })
    .first()
    .click();
  await shop.waitForURL(/\/invoices\/inv_/);
  await shop.getByRole("link", { name: "Copy pay link" }).waitFor();
  const invoice = shop.url();
  const link = (await shop.getByRole("link", { name: "Copy pay link" }).getAttribute("href")) ?? "";
  const before = await totalsShown(shop);

  // Signed out, on a phone: the page, the amount, Square.
  const payer = await visitor(new URL(link).pathname, phone);
  await payer.getByRole("heading", { level: 1, name: "Invoice INV-1003" }).waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);
  allowErrors(/status of 422/);
  await payer.getByLabel("Amount").fill("10");
  await payer.getByRole("button", { name: "Pay now" }).click();
  await payer.getByRole("alert").getByText("Pay at least $50.00.").first().waitFor();
  await payer.getByLabel("Amount").fill("100.00");
  await payer.getByRole("button", { name: "Pay now" }).click();
  await payer.getByRole("link", { name: "Continue to Square" }).waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);
  await payAtSquare(payer);
  await payer.getByText("$100.00 received. Thank you.").waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);

  await shop.goto(invoice);
  await shop
    .getByText(/Square.*\$100\.00/)
    .first()
    .waitFor();
  expect(cents((await totalsShown(shop))["Balance due"]) + 100_00).toBe(cents(before["Balance due"]));

  // The same address again: the rest, and then there is nothing to pay.
  await payer.goto(new URL(link).pathname);
  await payer.getByRole("button", { name: "Pay now" }).click();
  await payAtSquare(payer);
  await payer.getByText("It is paid in full.").waitFor();
  expect(await payer.getByRole("button", { name: "Pay now" }).count()).toBe(0);
  await shop.goto(invoice);
  await shop.getByText("Paid", { exact: true }).first().waitFor();
});

/** The figures over an invoice. */
async function totalsShown(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator("dl > div").all();
  const texts = await Promise.all(rows.map(async (row) => [await row.locator("dt").first().textContent(), await row.locator("dd").first().textContent()]));
  return Object.fromEntries(texts.map(([term, value]) => [term ?? "", value ?? ""]));
}
