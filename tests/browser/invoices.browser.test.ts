import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword } from "./browser.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function pay(page: Page, amount: string | null, reference: string): Promise<void> {
  await page.getByText("Record payment", { exact: true }).first().click();
  if (amount !== null) await page.getByLabel("Amount").first().fill(amount);
  await page.locator("#pay-reference").fill(reference);
  await button(page, "Record payment").click();
}

test("completed work becomes an invoice, is paid in two parts, and the customer sees it", async () => {
  allowErrors(/status of (422|409)/);
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/invoices");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("list", { name: "Ready to invoice" }).getByRole("link", { name: "Summit Gravel" }).click();
  await page.getByRole("checkbox", { name: /Tail lamps and mud flaps/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await button(page, "Draft invoice").click();
  await page.waitForURL(/\/invoices\/inv_/);
  await page.getByRole("heading", { level: 1, name: "Draft for Summit Gravel" }).waitFor();
  const issue = button(page, /^Issue for \$/);
  const total = (await issue.textContent())?.replace("Issue for ", "") ?? "";
  await issue.click();
  await page.getByRole("heading", { level: 1, name: /^INV-\d+$/ }).waitFor();
  const number = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  expect(await accessibilityFaults(page)).toEqual([]);

  await pay(page, "none", "1");
  await page.getByRole("alert").getByText("Enter an amount above zero, such as 250.00.").first().waitFor();
  await page.goto(page.url());
  // A slip of the hand is asked about, and recorded only where somebody ticks that it is right.
  await pay(page, "900000.00", "5501");
  await page
    .getByRole("alert")
    .getByText(/more than is open\. Record it anyway\?/)
    .first()
    .waitFor();
  await page.getByRole("checkbox", { name: "It's right, record it" }).waitFor();
  expect(await page.getByLabel("Amount", { exact: true }).first().inputValue()).toBe("900000.00");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto(page.url());
  await pay(page, "100.00", "5501");
  await page.getByText("Partly paid").first().waitFor();
  await page.getByText("Check 5501: $100.00 received").waitFor();

  const customer = await signInByLink("ops@summit.test", phone);
  await customer.getByRole("link", { name: "Invoices" }).click();
  // The first page names the invoice too, and a click there would race with the one before.
  await customer.waitForURL("/portal/invoices");
  await customer.getByRole("link", { name: number }).click();
  await customer.getByText("$100.00 by Check 5501").waitFor();
  await customer.getByText("Partly paid").first().waitFor();
  expect(await customer.getByText(total).count()).toBeGreaterThan(0);
  expect(await customer.content()).not.toMatch(/Margin|costUnknown/);
  expect(await accessibilityFaults(customer)).toEqual([]);

  // The form closed with what it recorded, and begins again with what is left.
  expect(await page.locator("#pay-reference").isVisible()).toBe(false);
  await pay(page, null, "5502");
  await page.getByText("Paid", { exact: true }).first().waitFor();
  await page.getByText("$0.00").first().waitFor();
  await customer.goto("/portal/invoices");
  await customer.getByRole("link", { name: number }).getByText("Paid in full").waitFor();
});
