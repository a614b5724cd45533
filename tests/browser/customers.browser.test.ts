import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByPassword } from "./browser.ts";

test("a customer is added, gets its first unit, and is put away again", async () => {
  allowErrors(/status of 422/);
  const page = await signInByPassword("manager@harbor.test");
  await page.goto("/customers");
  await page.getByRole("link", { name: "Add customer" }).click();
  await page.getByLabel("Name").fill("Żółw Transport");
  await page.getByLabel("Email", { exact: true }).fill("nobody");
  await page.getByRole("button", { name: "Add customer" }).click();
  await page.getByRole("alert").getByText("Enter a valid email address.").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Żółw Transport");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("Email", { exact: true }).fill("desk@zolw.test");
  await page.getByLabel("Agreed labor rate").fill("130");
  await page.getByRole("button", { name: "Add customer" }).click();
  await page.getByRole("heading", { level: 1, name: "Żółw Transport" }).waitFor();
  await page.getByText("$130.00 an hour").waitFor();
  await page.getByRole("link", { name: "Add unit" }).click();
  await page.getByLabel("Unit number").fill("Z-1");
  await page.getByRole("button", { name: "Add unit" }).click();
  await page.getByRole("link", { name: "Żółw Transport" }).first().click();
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: "Z-1" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByText("Archive", { exact: true }).click();
  await page.getByRole("button", { name: "Archive customer" }).click();
  await page.getByRole("table", { name: "Customers" }).waitFor();
  await page.getByRole("link", { name: "Archived" }).click();
  await page.getByRole("link", { name: "Żółw Transport" }).waitFor();
});

test("on a phone a technician reads a customer, and changes nothing", async () => {
  const page = await signInByPassword("tech@harbor.test", { ...phone, colorScheme: "dark" });
  await page.goto("/customers?q=northline");
  await page.getByRole("link", { name: "Northline Freight" }).click();
  // Whichever are its newest: other journeys open more.
  await page
    .getByRole("table", { name: "Work orders of this customer" })
    .getByText(/^WO-\d+$/)
    .first()
    .waitFor();
  expect(await page.getByRole("link", { name: "Edit", exact: true }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});
