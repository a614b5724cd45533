import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, dragTo, eventually, phone, signInByLink, signInByPassword } from "./browser.ts";
import { receivesChanges } from "./changes.ts";
import { closeAfter } from "./contexts.ts";
import { drive } from "./drive.ts";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const DESK = { width: 1440, height: 900 };

/** What axe finds on a phone and at a desk. */
async function faultsOnBoth(page: Page): Promise<string[]> {
  const small = page.viewportSize();
  const found = await accessibilityFaults(page);
  await page.setViewportSize(DESK);
  found.push(...(await accessibilityFaults(page)));
  if (small) await page.setViewportSize(small);
  return found;
}

test("a fault on the phone becomes a request with a photo; the shop sees it come, and the customer sees it move, both without a reload", async () => {
  allowErrors(/status of 422/);
  await drive("SG-203", 41.57, -87.31, { dtcs: "P0217", odometer: "280000000" });
  const desk = await signInByPassword("owner@harbor.test");
  await desk.goto("/board");
  await desk.getByRole("status").filter({ hasText: "live" }).waitFor();
  const fleet = await signInByLink("ops@summit.test", phone);
  await fleet.getByRole("list", { name: "Work at the shop" }).waitFor();
  expect(await faultsOnBoth(fleet)).toEqual([]);

  await fleet.getByRole("list", { name: "Units" }).getByRole("link", { name: /SG-3/ }).click();
  await fleet.getByRole("link", { name: "Details and history" }).click();
  await fleet.getByRole("heading", { level: 1, name: /Mack Granite/ }).waitFor();
  await fleet.getByText("P0217").waitFor();
  expect(await faultsOnBoth(fleet)).toEqual([]);
  await fleet.getByRole("link", { name: /^Request service for / }).click();
  const complaint = fleet.getByLabel("What's wrong, or what do you want done?");
  await complaint.waitFor();
  expect(await complaint.inputValue()).toContain("P0217");
  expect(await fleet.getByLabel("Should not be driven").isChecked()).toBe(true);
  expect(await faultsOnBoth(fleet)).toEqual([]);
  await complaint.fill("");
  await fleet.getByRole("button", { name: "Send request" }).click();
  await fleet.getByRole("alert").getByText("Describe the problem, or the work you need.").waitFor();
  await complaint.fill("Temperature lamp came on at the quarry");
  await fleet.getByLabel("Odometer").fill("174,100");
  await fleet.getByRole("button", { name: "Send request" }).click();
  await fleet.getByText("The shop got your request.").waitFor();
  await fleet.getByLabel("Add files").setInputFiles([{ name: "lamp.png", mimeType: "image/png", buffer: PNG }]);
  await fleet.getByRole("link", { name: "Open lamp.png" }).waitFor();
  expect(await faultsOnBoth(fleet)).toEqual([]);
  const picture = await fleet.request.get((await fleet.getByRole("link", { name: "Open lamp.png" }).getAttribute("href")) ?? "");
  expect(picture.headers()["content-type"]).toBe("image/png");

  const card = (column: string) => desk.getByRole("region", { name: column }).getByRole("article").filter({ hasText: "Temperature lamp came on" });
  await card("Draft").waitFor();
  const step = (label: string) =>
    fleet
      .getByRole("list", { name: /^Progress of WO-/ })
      .locator("[aria-current=step]")
      .filter({ hasText: label });
  await step("Received").waitFor();
  await fleet.evaluate(() => Object.assign(window, { notReloaded: true }));
  await dragTo(card("Draft"), desk.getByRole("region", { name: "Open" }));
  await card("Open").waitFor();
  await dragTo(card("Open"), desk.getByRole("region", { name: "In progress" }));
  await card("In progress").waitFor();
  await step("Diagnosing").waitFor();
  expect(await fleet.evaluate(() => "notReloaded" in window)).toBe(true);
  await card("In progress").getByRole("link", { name: /^WO-/ }).click();
  await desk.getByText("requested this in the portal").waitFor();
  await desk.getByText(/Should not be driven · 174,100 mi · P0217/).waitFor();
  await desk.getByRole("link", { name: "Open lamp.png" }).waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);
});

test("without scripts a customer asks for service, changes what is mailed, and finds what is being worked on", async () => {
  const page = await signInByLink("trucks@lakeshore.test", { javaScriptEnabled: false });
  await page.getByRole("list", { name: "Work at the shop" }).getByText("King pins").waitFor();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Vehicle ready" }).uncheck();
  await page.getByLabel("Phone").fill("+1 616 555 0199");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.goto("/portal/settings");
  expect(await page.getByRole("switch", { name: "Vehicle ready" }).isChecked()).toBe(false);
  expect(await page.getByRole("switch", { name: "New estimate" }).isChecked()).toBe(true);
  expect(await page.getByLabel("Phone").inputValue()).toBe("+1 616 555 0199");

  await page.getByRole("link", { name: "Home" }).click();
  await page.getByRole("link", { name: "Unit 22" }).click();
  await page.getByRole("link", { name: "Request service" }).first().click();
  await page.getByLabel("What's wrong, or what do you want done?").fill("Wiper on the left streaks");
  await page.getByLabel("Can be driven").check();
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByText("The shop got your request.").waitFor();
  await page.getByLabel("Add files").setInputFiles([{ name: "wiper.png", mimeType: "image/png", buffer: PNG }]);
  await page.getByRole("button", { name: "Add file", exact: true }).click();
  await page.getByRole("link", { name: "Open wiper.png" }).waitFor();
});

test("a change elsewhere waits for the form that is on its way, and takes its result off no screen", async () => {
  const page = await signInByLink("trucks@lakeshore.test", phone);
  const { change } = await receivesChanges(page);
  closeAfter(page.context());
  await page.clock.install();
  await page.goto("/portal/settings");
  await page.getByRole("status").filter({ hasText: "live" }).waitFor();
  await page.clock.fastForward(5_000);

  // The form is saved, and the page that shows so is held back.
  let reads = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = new Promise<void>((resolve) => {
    void page.route("**/portal/settings.data*", async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      reads += 1;
      resolve();
      await released;
      return route.continue();
    });
  });
  await page.getByRole("button", { name: "Save" }).click();
  await held;
  await change("customer");
  await page.clock.fastForward(5_000);
  await page.evaluate(() => document.title);
  expect(reads).toBe(1);

  // Once it is there the page is read again, and still shows it.
  release();
  await page.getByText("Saved.").waitFor();
  await eventually(async () => reads === 2, "the page is read again");
  await page.waitForLoadState("networkidle");
  expect(await page.getByText("Saved.").isVisible()).toBe(true);
});
