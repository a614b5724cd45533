import fs from "node:fs";
import type { Page } from "playwright-core";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword } from "./browser.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const figure = async (page: Page, term: string) => (await page.locator("dl > div", { hasText: term }).locator("dd").first().textContent()) ?? "";

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
  const owed = await figure(page, "Owed");

  await page.getByText("Take a deposit").click();
  allowErrors(/status of 422/);
  await page.getByLabel("Amount").first().fill("0");
  await button(page, "Record deposit").click();
  // Several forms have an amount: the summary leads to the one that was refused.
  await page.getByRole("alert").getByRole("link", { name: "Enter an amount above zero" }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("deposit-amount");
  await page.getByLabel("Amount").first().fill("5,000.00");
  await page.getByLabel("Reference").first().fill("77");
  await button(page, "Record deposit").click();
  await page.getByText("Payment recorded as credit.").waitFor();
  // The page reads itself again after the answer is there.
  await page.getByText("$5,000.00 unapplied").waitFor();
  expect(await figure(page, "Credit")).toBe("$5,000.00");

  await page.getByText("Apply to invoice", { exact: true }).click();
  // The amount the invoice needs is filled in already.
  await button(page, "Apply credit").click();
  await page.getByText("Credit applied to the invoice.").waitFor();
  await page.getByText("No open invoices.").waitFor();
  const rest = await figure(page, "Credit");
  expect(rest).not.toBe("$5,000.00");

  await page.getByText("Refund", { exact: true }).click();
  const back = page.locator("form", { has: button(page, "Record refund") });
  await back.getByLabel("Amount").fill(rest);
  await back.getByLabel("Reason").fill("Asked for the rest");
  await button(page, "Record refund").click();
  await page.getByText("Refund recorded.").waitFor();
  await page.getByText("No unapplied credit.").waitFor();
  expect([await figure(page, "Owed"), await figure(page, "Credit")]).toEqual(["$0.00", "$0.00"]);
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
  expect(invoice.name).toBe("INV-1000.pdf");
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
