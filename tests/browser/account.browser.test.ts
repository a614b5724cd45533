import fs from "node:fs";
import type { Page } from "playwright-core";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword } from "./browser.ts";
import { countClicks } from "./clicks.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const figure = async (page: Page, term: string) =>
  (await page
    .locator("dl > div", { has: page.getByText(term, { exact: true }) })
    .locator("dd")
    .first()
    .textContent()) ?? "";

/** What a link downloads: its name, and all that is written in it. */
async function downloaded(page: Page, link: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).first().click()]);
  const { text } = await extractText(new Uint8Array(fs.readFileSync(await download.path())), { mergePages: true });
  return { name: download.suggestedFilename(), text: text.replace(/\s+/g, " ") };
}

test("a deposit is applied to an invoice and the rest is refunded; the customer reads it all and takes the PDFs along", async () => {
  const page = await signInByPassword("owner@ridge.test");
  await page.goto("/customers");
  await page.getByRole("link", { name: "Lakeshore Produce" }).first().click();
  await page
    .getByRole("list", { name: "Newest invoices" })
    .getByRole("link", { name: /INV-1000/ })
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Account of Lakeshore Produce" }).waitFor();
  const owed = await figure(page, "Balance due");

  await page.getByText("Take a deposit").click();
  allowErrors(/status of 422/);
  await page.locator("#deposit-amount").fill("0");
  await button(page, "Record deposit").click();
  // Several forms have an amount: the summary leads to the one that was refused.
  await page.getByRole("alert").getByRole("link", { name: "Enter an amount above zero" }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("deposit-amount");
  await page.locator("#deposit-amount").fill("5,000.00");
  await page.locator("#deposit-reference").fill("77");
  await button(page, "Record deposit").click();
  await page.getByText("Deposit of $5,000.00 recorded.").waitFor();
  // The page reads itself again after the answer is there.
  await page.getByText("$5,000.00 unapplied").waitFor();
  expect(await figure(page, "Credit")).toBe("$5,000.00");

  await page.getByText("Apply to invoice", { exact: true }).click();
  // The amount the invoice needs is filled in already.
  await button(page, "Apply credit").click();
  await page.getByText("INV-1000 is paid in full.").waitFor();
  await page.getByText("No open invoices.").waitFor();
  const rest = await figure(page, "Credit");
  expect(rest).not.toBe("$5,000.00");

  await page.getByText("Refund", { exact: true }).click();
  const back = page.locator("form", { has: button(page, "Record refund") });
  await back.getByLabel("Amount").fill(rest);
  await back.getByLabel("Reason").fill("Asked for the rest");
  await button(page, "Record refund").click();
  await page.getByText(`Refund of ${rest} recorded.`).waitFor();
  await page.getByText("No unapplied credit.").waitFor();
  expect([await figure(page, "Balance due"), await figure(page, "Credit")]).toEqual(["$0.00", "$0.00"]);
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole("link", { name: "Statement" }).click();
  const table = page.getByRole("table", { name: "Statement" });
  for (const printed of ["Invoice INV-1000", "Payment: Check 77", "Refund: Check"]) await table.getByText(printed).first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const statement = await downloaded(page, "Download PDF");
  expect(statement.name).toMatch(/^Statement \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\.pdf$/);
  for (const printed of ["Lakeshore Produce", "Invoice INV-1000", owed, "Payment: Check 77", rest]) expect(statement.text).toContain(printed);

  const customer = await signInByLink("trucks@lakeshore.test", phone);
  await customer.getByRole("link", { name: "Invoices" }).click();
  await customer.getByRole("link", { name: "Paid", exact: true }).click();
  await customer.getByRole("link", { name: /INV-1000/ }).click();
  await customer.getByText(`${owed} by Check 77`).waitFor();
  const invoice = await downloaded(customer, "Download PDF");
  expect(invoice.name).toBe("INV-1000 with account.pdf");
  expect(invoice.text).toContain("Paid in full as of");
  expect(invoice.text).toContain(`Total ${owed}`);
  const summary = await downloaded(customer, "Work summary, PDF, of WO-1004");
  expect(summary.text).toContain("Work summary WO-1004");
  // From the invoice to its work and back.
  await customer.getByRole("link", { name: "WO-1004", exact: true }).click();
  await customer.getByRole("link", { name: "Download PDF" }).waitFor();
  await customer
    .getByRole("list", { name: "Invoices" })
    .getByRole("link", { name: /INV-1000/ })
    .click();
  expect(`${invoice.text} ${summary.text}`).not.toMatch(/[Mm]argin|\bcosts?\b/);
  expect(await accessibilityFaults(customer)).toEqual([]);
  await customer.getByRole("link", { name: "All invoices" }).click();
  await customer.getByRole("link", { name: "Statement" }).click();
  await customer.getByRole("table", { name: "Statement" }).getByText("Payment: Check 77").waitFor();
  expect(await accessibilityFaults(customer)).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Account of Lakeshore Produce" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("one check over three invoices takes five clicks; a repeat is asked about, a slip is corrected, and the statement shows neither", async () => {
  allowErrors(/status of 409/);
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/customers");
  await page.getByRole("link", { name: "Northline Freight" }).first().click();
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Account of Northline Freight" }).waitFor();
  const form = page.locator("form", { has: page.locator("#receive-amount") });
  const check = async (reference: string, ...invoices: string[]) => {
    await page.getByText("Record payment", { exact: true }).first().click();
    for (const invoice of invoices) await form.getByRole("checkbox", { name: new RegExp(invoice) }).click();
    await form.getByLabel("Reference").fill(reference);
    await button(page, "Record payment").click();
  };
  const counted = await countClicks(page);
  await check("7001", "INV-1000", "INV-1002", "INV-1004");
  await page.getByText("Payment recorded on 3 invoices. All are paid in full.").waitFor();
  expect(await counted.clicks()).toBeLessThanOrEqual(5);
  const sum = (await page.getByText(/^Check 7001: \$[\d,.]+ received$/).textContent())?.replace(/^Check 7001: | received$/g, "") ?? "";

  // The same check again on another invoice.
  await page.getByText("Record payment", { exact: true }).first().click();
  await form.getByRole("checkbox", { name: /INV-1006/ }).click();
  await page.locator("#receive-amount").fill(sum);
  await form.getByLabel("Reference").fill("7001");
  await button(page, "Record payment").click();
  await page
    .getByRole("alert")
    .getByText(/already recorded for .* Record it anyway\?/)
    .first()
    .waitFor();
  expect(await page.locator("#receive-amount").inputValue()).toBe(sum);
  expect(await form.getByRole("checkbox", { name: /INV-1006/ }).isChecked()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.goto(page.url());
  await page.locator("summary", { hasText: "Correct" }).first().click();
  const correction = page.locator("form", { has: button(page, "Correct payment") }).first();
  await correction.getByLabel("Amount").fill("1,500.00");
  await correction.getByLabel("What was wrong").fill("Mistyped");
  await correction.getByRole("button", { name: "Correct payment" }).click();
  await page.getByText("Corrected to $1,500.00. Statements show only that.").waitFor();
  await page.getByRole("link", { name: "Statement" }).click();
  const table = page.getByRole("table", { name: "Statement" });
  await table.getByText("Payment: Check 7001").first().waitFor();
  expect(await table.getByText(/7001/).count()).toBe(1);
  await table.getByText("$1,500.00", { exact: true }).waitFor();
});
