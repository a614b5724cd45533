import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, readQr, signInByPassword, visitor } from "./browser.ts";

async function submitPin(page: Page, code: string, pin: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function recordOf(name: string): Promise<Page> {
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/customers");
  await staff.getByRole("link", { name: "Northline Freight" }).click();
  await staff.getByRole("list", { name: "Drivers" }).getByRole("link", { name }).click();
  await staff.getByRole("heading", { name, level: 1 }).waitFor();
  return staff;
}

test("a tablet is enrolled by its QR, a driver comes in by code and PIN, the next driver takes over, and switching off signs the tablet out", async () => {
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/settings");
  await staff.getByRole("link", { name: /Driver tablets/ }).click();
  await staff.getByLabel("Where is it?").fill("Gate tablet");
  await staff.getByRole("button", { name: "Enroll tablet" }).click();
  const qr = staff.getByRole("img", { name: /QR/ });
  await qr.waitFor();
  const address = (await readQr(qr)) ?? "";
  expect(address).toMatch(/^http:\/\/localhost:\d+\/driver-portal\/enrol\/[\w-]{43}$/);
  await staff.getByText(address, { exact: true }).waitFor();
  expect(await accessibilityFaults(staff)).toEqual([]);

  // A scanner that follows every address enrols nothing.
  await visitor(address);
  const tablet = await visitor(address, phone);
  expect(await accessibilityFaults(tablet)).toEqual([]);
  await tablet.getByRole("button", { name: "Enroll this tablet" }).click();
  await tablet.getByText("This is Gate tablet, a tablet at Harbor Diesel.").waitFor();
  expect(await accessibilityFaults(tablet)).toEqual([]);
  await staff.getByText("Gate tablet is enrolled. Drivers can sign in on it.").waitFor();

  allowErrors(/status of 401/, /WebSocket/);
  const late = await visitor(address);
  await late.getByRole("button", { name: "Enroll this tablet" }).click();
  await late.getByText(/This link has been used or has expired/).waitFor();

  await submitPin(tablet, "5820", "000000");
  await tablet.getByText("Code and PIN don't match").waitFor();
  expect(await tablet.getByLabel("PIN").inputValue()).toBe("");
  await submitPin(tablet, "5820", "371956");
  await tablet.getByText("Signed in: Marcus Webb").waitFor();
  expect(await accessibilityFaults(tablet)).toEqual([]);
  await tablet.getByRole("button", { name: "Not you?" }).click();
  await tablet.getByLabel("Code").waitFor();

  await submitPin(tablet, "5820", "371956");
  await tablet.getByText("Signed in: Marcus Webb").waitFor();
  const record = await recordOf("Marcus Webb");
  await record.getByRole("switch", { name: "Driver portal" }).uncheck();
  await record.getByRole("button", { name: "Save" }).click();
  await record.getByText("Portal off").waitFor();
  await tablet.getByLabel("Code").waitFor();
  await record.getByText("Signed in with code and PIN").first().waitFor();

  await staff.goto("/settings/tablets");
  await staff.getByRole("button", { name: "Remove Gate tablet" }).click();
  await staff.getByText("Gate tablet removed.").waitFor();
  await tablet.reload();
  expect(await tablet.getByText("This is Gate tablet").count()).toBe(0);
});

test("a driver is added with a PIN that is shown once, gets a unit, and a new PIN", async () => {
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/customers");
  await staff.getByRole("link", { name: "Summit Gravel" }).click();
  await staff.getByRole("heading", { name: "No drivers" }).waitFor();
  await staff.getByRole("link", { name: "Add driver" }).click();
  await staff.getByRole("heading", { name: "New driver" }).waitFor();
  await staff.getByLabel("Name").fill("Rosa Lind");
  const code = await staff.getByLabel("Code").inputValue();
  expect(code).toMatch(/^\d{4}$/);
  await staff.getByRole("button", { name: "Add driver" }).click();
  await staff.getByText("Rosa Lind added.").waitFor();
  const pinNotice = staff.getByRole("status").filter({ hasText: "PIN" });
  const pin = /PIN (\d{6})/.exec(await pinNotice.innerText())?.[1] ?? "";
  await staff.getByLabel("Unit").selectOption({ label: "SG-3 Mack Granite" });
  await staff.getByRole("button", { name: "Assign unit" }).click();
  await staff.getByText("Assigned to unit SG-3").waitFor();
  await staff.getByText(pin).waitFor({ state: "detached" });

  const driver = await visitor("/driver-portal", phone);
  await submitPin(driver, code, pin);
  await driver.getByText("Signed in: Rosa Lind").waitFor();
  await driver.getByText("2019 Mack Granite").waitFor();

  allowErrors(/status of 401/, /WebSocket/);
  await staff.getByRole("button", { name: "Reset PIN" }).click();
  await staff.getByText("PIN reset. The old PIN no longer works.").first().waitFor();
  await driver.getByLabel("Code").waitFor();
  const fresh = /PIN (\d{6})/.exec(await pinNotice.innerText())?.[1] ?? "";
  await staff.getByRole("button", { name: "End assignment of unit SG-3" }).click();
  await staff.getByText("Unassigned from unit SG-3").waitFor();
  await submitPin(driver, code, fresh);
  await driver.getByText("No vehicle is assigned to you today.", { exact: false }).waitFor();
});

test("a driver with an address comes in by mail or by code, and a technician may look", async () => {
  const driver = await visitor("/driver-portal/sign-in", { javaScriptEnabled: false });
  await submitPin(driver, "4471", "904417");
  await driver.getByRole("link", { name: "File an inspection with the plain form" }).click();
  await driver.getByText("Signed in: Dana Whitfield").waitFor();
  expect(await driver.getByLabel("Unit", { exact: true }).locator("option").allInnerTexts()).toEqual(
    expect.arrayContaining(["101 (today)", "102 (today)", "103"]),
  );

  const technician = await signInByPassword("tech@harbor.test");
  await technician.goto("/customers");
  await technician.getByRole("link", { name: "Northline Freight" }).click();
  await technician.getByRole("list", { name: "Drivers" }).getByRole("link", { name: "Dana Whitfield" }).click();
  await technician.getByText("Only an owner or manager can do this.").first().waitFor();
  expect(await technician.getByRole("button", { name: "Reset PIN" }).isDisabled()).toBe(true);
});
