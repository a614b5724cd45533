import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, eventually, mailsTo, phone, signInByLink, signInByPassword } from "./browser.ts";
import { fillLines, openOrder } from "./orders.ts";
import { authorizationOn, pdfBehind, totalsOn } from "./sums.ts";

const at = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const summary = (page: Page, name: string) => page.locator("summary").filter({ hasText: name }).first();

test("without scripts a job gets options, the customer chooses one on a phone, and the shop switches to a cheaper one", async () => {
  allowErrors(/status of 422/);
  const desk = await signInByPassword("owner@harbor.test", { javaScriptEnabled: false });
  await openOrder(desk, "102", "Compressor short cycles");
  const order = new URL(desk.url()).pathname;
  await desk.getByRole("link", { name: "Edit job 1" }).click();
  await summary(desk, "Add options").click();
  await desk.getByLabel("Option 1", { exact: true }).fill("Good");
  await at(desk, "Save job").click();
  await desk.getByText("Name a second option, or clear the first.").first().waitFor();
  await desk.getByLabel("Option 2", { exact: true }).fill("Best");
  await fillLines(desk, [
    { text: "Replace compressor", hours: "2", each: "100.00" },
    { text: "Reman compressor", each: "300.00", cost: "210.00" },
    { text: "New compressor", each: "800.00", cost: "600.00" },
  ]);
  await at(desk, "Save job").click();
  await desk.waitForURL(/\/work-orders\/wo_[^/]+$/);
  await desk.getByRole("link", { name: "Edit job 1" }).click();
  await desk.getByLabel("Option of line 2").selectOption("Good");
  await desk.getByLabel("Option of line 3").selectOption("Best");
  await at(desk, "Save job").click();
  await desk.waitForURL(/\/work-orders\/wo_[^/]+$/);
  await desk.getByText("preselected until the customer chooses").waitFor();
  expect((await totalsOn(desk)).Parts).toBe("$300.00");
  await summary(desk, "Other options: Best").waitFor();

  await desk.getByRole("link", { name: "Estimate", exact: true }).click();
  expect(await desk.getByLabel("Offer the options: Good, Best").isChecked()).toBe(true);
  await at(desk, "Send to customer").click();
  await desk.waitForURL(/\/estimates\/est_[^/]+$/);
  const estimate = new URL(desk.url()).pathname;

  const fleet = await signInByLink("fleet@northline.test", phone);
  await fleet.goto(`/portal${estimate}`);
  const before = (await totalsOn(fleet)).Total;
  await fleet.getByRole("radio", { name: /^Best/ }).check();
  await expect.poll(async () => (await totalsOn(fleet)).Parts).toBe("$800.00");
  const total = (await totalsOn(fleet)).Total ?? "";
  expect(total).not.toBe(before);
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await at(fleet, "Approve").click();
  await at(fleet, "Yes, approve").click();
  await fleet.getByText(`Renee Okafor approved ${total}`).waitFor();
  expect(await pdfBehind(fleet.getByRole("link", { name: "Download PDF" }))).toMatch(/Option "Good".*Not chosen.*Option "Best".*Approved/);

  await desk.goto(order);
  expect((await totalsOn(desk)).Total).toBe(total);
  expect(await authorizationOn(desk)).toMatchObject({ authorized: "$1,000.00", toBill: "$1,000.00" });
  await summary(desk, "Not chosen: Good").waitFor();
  expect(await desk.getByRole("table", { name: "Lines of job 1" }).innerText()).not.toContain("Reman compressor");
  await summary(desk, "Switch option").click();
  await desk.getByLabel("Decided by").selectOption("Shop, to a cheaper one");
  await at(desk, "Switch").click();
  await desk.getByText("Enter the reason. The customer reads it.").first().waitFor();
  await desk.getByLabel("Decided by").selectOption("Shop, to a cheaper one");
  await desk.locator('details[open] input[name="reason"]').first().fill("A reman unit is in stock");
  await at(desk, "Switch").click();
  await desk.getByText("The customer gets an email with your reason.").waitFor();
  await summary(desk, "Not chosen: Best").waitFor();
  expect(await authorizationOn(desk)).toMatchObject({ authorized: "$500.00", toBill: "$500.00" });
  const mail = await eventually(
    async () => (await mailsTo(desk, "fleet@northline.test")).find(({ subject }) => subject.includes("now costs less")),
    "the mail about the switch",
  );
  expect(mail.text).toContain("A reman unit is in stock");
});
