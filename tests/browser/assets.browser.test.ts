import { expect, test } from "vitest";
import { withCheckDigit } from "~/modules/assets/vin";
import { accessibilityFaults, allowErrors, phone, readQr, signInByPassword } from "./browser.ts";

test("a unit is added with its VIN checked, and its label leads back to it", async () => {
  allowErrors(/status of 422/);
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/assets");
  await page.getByRole("link", { name: "Add unit" }).first().click();
  await page.getByLabel("Customer", { exact: true }).selectOption("Summit Gravel");
  await page.getByLabel("Unit number").fill("SG-77");
  const vin = withCheckDigit("1XKAD49X0JJ199301");
  await page.getByLabel("VIN or serial number").fill(`${vin.slice(0, 16)}2`);
  await page.getByRole("button", { name: "Add unit" }).click();
  await page
    .getByRole("alert")
    .getByText(/character 9 should be/)
    .waitFor();
  expect(await page.getByLabel("Unit number").inputValue()).toBe("SG-77");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("VIN or serial number").fill(vin);
  await page.getByRole("button", { name: "Add unit" }).click();
  await page.getByRole("heading", { level: 1, name: "2018 Kenworth" }).waitFor();
  await page.getByText("In service").first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const address = page.url();
  await page.getByRole("link", { name: "Label" }).click();
  const code = page.getByRole("img", { name: "QR code that opens unit SG-77" });
  await code.waitFor();
  expect(new URL((await readQr(code)) ?? "").pathname).toBe(new URL(address).pathname);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a unit that is sold keeps its past with the owner of that time", async () => {
  const page = await signInByPassword("manager@harbor.test");
  await page.goto("/assets?q=T-12");
  await page.getByRole("link", { name: "T-12" }).click();
  await page.getByText("Change owner").click();
  await page.getByLabel("New owner").selectOption("Dolton Quarry");
  await page.getByRole("button", { name: "Transfer unit" }).click();
  await page.getByText("Earlier history stays with the previous owner").waitFor();
  // The answer is on the page a moment before the page has revalidated.
  await page.getByRole("link", { name: "Dolton Quarry" }).nth(1).waitFor();
  await page.getByRole("link", { name: "Summit Gravel" }).waitFor();
});

test("on a phone a technician notes a meter; a reading that runs backwards does not count", async () => {
  const page = await signInByPassword("tech@harbor.test", phone);
  await page.goto("/assets?q=Q9");
  await page.getByRole("link", { name: "Q9" }).click();
  await page.getByRole("heading", { level: 1, name: /Mack Pinnacle/ }).waitFor();
  await page.getByLabel("Reading").fill("1,200");
  await page.getByRole("button", { name: "Record reading" }).click();
  await page.getByText("Recorded for review: it runs backward.").waitFor();
  await page.getByRole("heading", { name: "Meter readings to review" }).waitFor();
  expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  // Then the technician's own work, in big buttons, and without a price.
  await page.goto("/my-jobs");
  await page.getByRole("list", { name: "My jobs" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Clock in to job 1" }).click();
  await page.getByText("Your clock is running").first().waitFor();
  await page.getByLabel("Cause").fill("Ground is corroded");
  await page.getByLabel("Correction").fill("Cleaned and sealed it");
  await page.getByRole("button", { name: "Save findings of job 1" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("button", { name: "Clock out of job 1" }).click();
  await page.getByRole("button", { name: "Clock in to job 1" }).waitFor();
  expect(await page.getByRole("main").innerText()).not.toContain("$");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Whole order" }).click();
  await page.getByText("Cleaned and sealed it").first().waitFor();
});

test("lists say what is not found, and what will come", async () => {
  const page = await signInByPassword("owner@harbor.test", { colorScheme: "dark" });
  await page.goto("/assets");
  await page.getByRole("table", { name: "Units" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto("/assets?show=out-of-service&q=none");
  await page.getByRole("heading", { name: "No unit matches" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a photo of the damage stays with the order, and the order names the driver", async () => {
  const page = await signInByPassword("tech@harbor.test", phone);
  await page.goto("/work-orders?q=1008");
  await page.getByRole("link", { name: /WO-1008/ }).click();
  await page.getByRole("heading", { level: 1, name: "Transmission shudder in 8th" }).waitFor();
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await page.getByLabel("Add files").setInputFiles({ name: "leak.png", mimeType: "image/png", buffer: png });
  await page
    .getByRole("link", { name: /leak\.png/ })
    .first()
    .waitFor();
  await page.getByRole("list", { name: "Activity" }).getByText("File added").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto("/assets?q=101");
  await page.getByRole("link", { name: "101" }).click();
  await page.getByRole("link", { name: "Dana Whitfield" }).waitFor();
  await page.getByRole("link", { name: /NL-101/ }).waitFor();
});
