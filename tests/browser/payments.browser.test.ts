import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword, visitor } from "./browser.ts";
import { fillLines, openOrder } from "./orders.ts";
import { cents, pdfBehind, totalsOn } from "./sums.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

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
  const link = (await shop.getByRole("link", { name: "Copy pay link" }).getAttribute("href")) ?? "";
  const before = await totalsShown(shop);

  // Signed out, on a phone: the page, the amount, Square.
  const payer = await visitor(new URL(link).pathname, phone);
  await payer.getByRole("heading", { level: 1, name: "Invoice INV-1003" }).waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);
  allowErrors(/status of 422/);
  await payer.getByLabel("Amount").fill("10");
  await payer.getByRole("button", { name: "Pay now" }).click();
  await payer.getByRole("alert").getByText("Pay at least $50.00 of INV-1003.").first().waitFor();
  await payer.getByLabel("Amount").fill("100.00");
  await payer.getByRole("button", { name: "Pay now" }).click();
  await payer.getByRole("link", { name: "Continue to Square" }).waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);
  await payAtSquare(payer);
  await payer.getByText("$100.00 received. Thank you.").waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);

  // The shop's page changes by itself.
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
  await shop.getByText("Paid", { exact: true }).first().waitFor();
});

test("a deposit is paid right after approving, its invoice together with another in one checkout, and all pages agree", async () => {
  const shop = await signInByPassword("owner@harbor.test");
  await openOrder(shop, "T-12", "Curtain jams");
  const order = shop.url();
  await shop.getByRole("link", { name: "Edit job 1" }).click();
  await fillLines(shop, [{ text: "Curtain rollers", each: "400.00", cost: "210.00" }], 2);
  await shop.getByLabel("Correction").fill("Replaced the rollers");
  await button(shop, "Save job").click();
  await shop.waitForURL(/\/work-orders\/wo_[^/]+$/);
  await shop.getByRole("link", { name: "Estimate", exact: true }).click();
  await shop.getByLabel("Deposit").fill("150.00");
  await button(shop, "Send to customer").click();
  await shop.getByText("Waiting for the customer").waitFor();
  const estimate = new URL(shop.url()).pathname;

  // On a phone: approve, then the deposit, two taps to Square.
  const payer = await signInByLink("ops@summit.test", phone);
  allowErrors(/status of 422/);
  await payer.goto(`/portal${estimate}`);
  await payer.getByRole("button", { name: "Approve", exact: true }).click();
  await button(payer, "Yes, approve").click();
  await payer.getByText("A deposit of $150.00 is due before work begins.").waitFor();
  expect(await accessibilityFaults(payer)).toEqual([]);
  await button(payer, "Pay now").click();
  await payer.getByRole("heading", { level: 1, name: /^Deposit for E-/ }).waitFor();
  await payAtSquare(payer);
  await payer.getByText("$150.00 received. Thank you.").waitFor();
  await payer.goto(`/portal${estimate}`);
  await payer.getByText("Deposit of $150.00 received.").waitFor();
  expect(await button(payer, "Pay now").count()).toBe(0);
  await shop.goto(estimate);
  await shop.getByRole("term").filter({ hasText: "Deposit received" }).locator("xpath=following-sibling::dd[1]").getByText("$150.00").waitFor();

  // The invoice of that work begins with the deposit; its paper leads to the page that takes the rest.
  await shop.goto(order);
  const { Total: total = "" } = await totalsOn(shop);
  await button(shop, "Start work").click();
  await shop.getByText("In progress").first().waitFor();
  await shop.locator("summary").filter({ hasText: "Complete" }).click();
  await button(shop, "Complete order").click();
  await button(shop, "Draft invoice").click();
  await shop.getByRole("heading", { level: 1, name: "Draft for Summit Gravel" }).waitFor();
  await button(shop, `Issue for ${total}`).click();
  await shop.getByRole("heading", { level: 1, name: /^INV-\d+$/ }).waitFor();
  const number = (await shop.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const invoice = shop.url();
  const figures = await totalsShown(shop);
  expect(figures).toMatchObject({ Total: total, Paid: "$150.00" });
  expect(cents(figures["Balance due"])).toBe(cents(total) - 150_00);
  const paper = await pdfBehind(shop.getByRole("link", { name: "Download PDF" }));
  expect(paper).toContain("Pay online");
  expect(paper).toContain(`Balance due ${figures["Balance due"]}`);

  // One invoice and a part of another in one checkout; what else is open stays out of it.
  await payer.goto("/portal/invoices");
  await payer.getByRole("link", { name: "Pay invoices" }).click();
  await payer.getByRole("heading", { level: 1, name: "Pay invoices" }).waitFor();
  for (const box of await payer.getByRole("checkbox", { name: /^Pay INV-/ }).all()) {
    const name = await box.evaluate((input) => input.closest("label")?.textContent ?? "");
    await box.setChecked([`Pay ${number}`, "Pay INV-1005"].includes(name.trim()));
  }
  await payer.getByText(/^2 invoices, \$[\d,.]+ together$/).waitFor();
  await payer.getByLabel("Pay on INV-1005").fill("20");
  await button(payer, "Pay now").click();
  await payer.getByRole("alert").getByText("Pay at least $50.00 of INV-1005.").first().waitFor();
  await payer.getByLabel("Pay on INV-1005").fill("60.00");
  expect(await accessibilityFaults(payer)).toEqual([]);
  await button(payer, "Pay now").click();
  const paid = payer.getByRole("list", { name: "What this pays" });
  await paid.waitFor();
  const shares = await paid.getByRole("listitem").evaluateAll((rows) => rows.map((row) => /\$[\d,.]+$/.exec((row as HTMLElement).innerText.trim())?.[0] ?? ""));
  expect(shares.slice(0, 2).sort()).toEqual([figures["Balance due"], "$60.00"].sort());
  expect(cents(shares[0]) + cents(shares[1])).toBe(cents(shares[2]));
  expect(await accessibilityFaults(payer)).toEqual([]);
  await payAtSquare(payer);
  await payer.getByText(`${shares[2]} received. Thank you.`).waitFor();
  expect(await payer.getByRole("checkbox", { name: `Pay ${number}` }).count()).toBe(0);
  const left = await payer.getByRole("checkbox", { name: /^Pay INV-/, checked: true }).count();
  await payer.getByText(new RegExp(`^${left === 1 ? "1 invoice" : `${left} invoices`}, \\$[\\d,.]+ together$`)).waitFor();

  // Both are paid, on the screens of both sides, on the statement and on paper.
  await shop.goto(invoice);
  expect(await totalsShown(shop)).toMatchObject({ Paid: total, "Balance due": "$0.00" });
  expect(await pdfBehind(shop.getByRole("link", { name: "Download PDF" }))).toMatch(/PAID.*Paid in full as of/);
  await payer.goto("/portal/invoices");
  await payer.getByRole("link", { name: number }).click();
  await payer.getByText("Paid", { exact: true }).first().waitFor();
  await payer.goto("/portal/statement");
  const table = payer.getByRole("table");
  for (const row of [`Invoice ${number}`, "Payment: Square", `−${shares[2]}`, "−$150.00"]) await table.getByText(row).first().waitFor();
});

/** The figures over an invoice. */
async function totalsShown(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator("dl > div").all();
  const texts = await Promise.all(rows.map(async (row) => [await row.locator("dt").first().textContent(), await row.locator("dd").first().textContent()]));
  return Object.fromEntries(texts.map(([term, value]) => [term ?? "", value ?? ""]));
}
