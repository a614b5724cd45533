import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByPassword, type Visit } from "./browser.ts";
import { countClicks } from "./clicks.ts";

const at = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function openOrder(page: Page, unit: string, complaint: string): Promise<void> {
  await page.goto("/work-orders");
  await page.getByRole("link", { name: "New work order" }).first().click();
  await page.getByLabel("Find a unit").fill(unit);
  await page.getByLabel("Find a unit").press("Enter");
  await page.waitForURL(/q=/);
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: unit }).click();
  await page.getByLabel("What's wrong").fill(complaint);
  await at(page, "Open work order").click();
  await page.waitForURL(/\/work-orders\/wo_/);
  await page.getByRole("heading", { level: 1, name: complaint }).waitFor();
}

describe.each<[string, Visit, string]>([
  ["at a desk", {}, "105"],
  ["on a phone", phone, "106"],
])("%s", (_where, visit, unit) => {
  test("a breakdown, from the phone call to the completed order", async () => {
    allowErrors(/status of (409|422)/);
    const page = await signInByPassword("tech@harbor.test", visit);
    await openOrder(page, unit, "No air pressure, hissing under the cab");
    await at(page, "Start my clock on job 1").click();
    await page.getByText("Your clock is running").waitFor();
    await page.getByText("In progress").first().waitFor();

    await page.getByText("Complete", { exact: true }).first().click();
    await at(page, "Complete order").click();
    await page.getByRole("alert").getByText("Enter the meter reading, or check that it can't be read").waitFor();
    await page.getByLabel("Odometer").fill("412,345");
    await at(page, "Complete order").click();
    await page
      .getByRole("alert")
      .getByText(/Enter the correction for/)
      .waitFor();

    await page.getByRole("link", { name: "Edit job 1" }).click();
    await page.getByLabel("Cause").fill("Chafed supply hose");
    await page.getByLabel("Correction").fill("Replaced the hose and its clamp, tested at 120 psi");
    await page.getByLabel("Description, line 1").fill("Replace supply hose");
    await page.getByLabel("Hours, line 1").fill("1.25");
    await page.getByLabel("Description, line 2").fill("Hose 3/4 in");
    await page.getByLabel("Part number, line 2").fill("H-34");
    await page.getByLabel("Price each, line 2").fill("42.50");
    await page.getByText("$223.75").waitFor();
    // Under the bar at the top, a link that is half scrolled away is no target.
    await page.evaluate(() => window.scrollTo(0, 0));
    expect(await accessibilityFaults(page)).toEqual([]);
    await at(page, "Save job").click();
    await page.getByRole("heading", { name: /^1. No air pressure/ }).waitFor();
    await page.getByRole("table", { name: "Lines of job 1" }).getByText("Replace supply hose").waitFor();

    await page.getByText("Complete", { exact: true }).first().click();
    await page.getByLabel("Odometer").fill("412,345");
    for (const line of ["Replace supply hose", "Hose 3/4 in"]) expect(await page.getByRole("group", { name: "Done" }).getByLabel(line).isChecked()).toBe(true);
    await at(page, "Complete order").click();
    await page.getByText("Completed").first().waitFor();
    // A technician does not reopen, and reads no margin.
    expect(await page.getByRole("button", { name: "Reopen", exact: true }).isDisabled()).toBe(true);
    expect(await page.getByText("Margin").count()).toBe(0);
    expect(await page.getByRole("link", { name: /^Edit job/ }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto("/board");
    await page.getByRole("region", { name: "Completed", exact: true }).getByText(`No air pressure, hissing under the cab`).first().waitFor();
  });
});

test("Escape and a click elsewhere close what floats, and it opens again; the focus stays with lines; nothing typed is lost by leaving", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await openOrder(page, "111", "Horn sticks when turning left");
  const order = page.url();

  // A dialog that is a state of the URL.
  const dialog = page.getByRole("dialog");
  for (const _ of [1, 2]) {
    await at(page, "Assign to vendor").click();
    await dialog.getByLabel("Vendor").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.waitForURL(order);
  }

  // Of menus one is open at a time.
  await at(page, "Start work").click();
  const [hold, complete] = [page.getByText("Hold", { exact: true }), page.getByText("Complete", { exact: true })];
  const [reason, reading] = [at(page, "Waiting for parts"), page.getByLabel("Odometer")];
  await complete.click();
  await reading.fill("412,345");
  await hold.click();
  await reason.waitFor();
  expect(await reading.isVisible()).toBe(false);
  await reason.focus();
  await page.keyboard.press("Escape");
  expect(await reason.isVisible()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Hold");
  await complete.click();
  expect(await reading.inputValue()).toBe("412,345");
  await page.getByRole("heading", { level: 1 }).click();
  expect(await reading.isVisible()).toBe(false);

  // Lines: the focus goes to the one that was added, and to the neighbor of the one that was removed.
  await page.getByRole("link", { name: "Edit job 1" }).click();
  const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
  await at(page, "Fee").click();
  const lines = page.getByRole("list", { name: "Lines" }).getByRole("listitem");
  const last = await lines.count();
  expect(await focused()).toBe(`line-${last - 1}-text`);
  await at(page, `Remove line ${last} off`).click();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(`Remove line ${last - 1} off`);

  // Leaving asks.
  await page.getByLabel("Cause").fill("Worn contact ring");
  await page.getByRole("link", { name: "Back to the order" }).first().click();
  await dialog.getByText("Leave without saving?").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Stay on this page" }).click();
  expect(await page.getByLabel("Cause").inputValue()).toBe("Worn contact ring");
  await at(page, "Save job").click();
  await page.waitForURL(order);
  await page.goto("/work-orders/new");
  await page.getByText("New customer and unit").click();
  await page.getByLabel("What's wrong").fill("Tows to the right");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Board" }).click();
  await dialog.getByRole("button", { name: "Leave without saving" }).click();
  await page.waitForURL("/board");
});

test("of two who write up one job, the second sees both versions and loses no word", async () => {
  allowErrors(/status of 409/);
  const [first, second] = [await signInByPassword("tech@harbor.test"), await signInByPassword("owner@harbor.test", { javaScriptEnabled: false })];
  await openOrder(first, "111", "Wipers stop in the middle");
  await second.goto(first.url());
  for (const page of [first, second]) await page.getByRole("link", { name: "Edit job 1" }).click();
  await first.getByLabel("Cause").fill("Worn linkage");
  await at(first, "Save job").click();
  await first.getByText("Worn linkage").first().waitFor();
  await second.getByLabel("Cause").fill("Motor has no ground");
  await at(second, "Save job").click();
  await second.getByText("Someone else changed the same thing while you were writing").waitFor();
  await second.getByText("Worn linkage").waitFor();
  expect(await second.getByLabel("Cause").inputValue()).toBe("Motor has no ground");
  await at(second, "Save job").click();
  await second.waitForURL(/\/work-orders\/wo_[^/]+$/);
  await first.getByText("Motor has no ground").first().waitFor();
});

test("an owner reopens with a reason, and the activity shows it", async () => {
  allowErrors(/status of 422/);
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/work-orders?show=completed");
  await page.getByRole("link", { name: /WO-1011/ }).click();
  await page.getByText("Margin before wages").waitFor();
  // What comes next is on the page of what is done.
  await at(page, "Draft invoice").waitFor();
  await page.getByText("Reopen", { exact: true }).click();
  await at(page, "Reopen order").click();
  await page.getByRole("alert").getByText("Enter the reason for reopening it").waitFor();
  await page.getByLabel("Reason").filter({ visible: true }).fill("The lamp is out again");
  await at(page, "Reopen order").click();
  await page.getByRole("list", { name: "Activity" }).getByText("The lamp is out again").waitFor();
});

test("a canned job is one tap, and its sheet prints with a code that opens the order", async () => {
  const page = await signInByPassword("owner@harbor.test", { colorScheme: "dark" });
  await openOrder(page, "L-3", "Service due");
  await page.getByLabel("Canned job").selectOption("A-service");
  await at(page, "Add to order").click();
  await page.getByRole("table", { name: "Lines of job 2" }).getByText("Oil filter").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Print" }).click();
  await page.getByRole("img", { name: /QR code that opens WO-/ }).waitFor();
  expect(await page.getByText("Margin").count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("the list is searched, filtered and empty in words", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/work-orders?q=injector");
  await page.getByRole("link", { name: /WO-1009/ }).waitFor();
  expect(await page.getByRole("link", { name: /WO-1010/ }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto("/work-orders?show=canceled&q=nothing-like-it");
  await page.getByRole("heading", { name: "No order matches" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  // From any page, by key: everything there is about a unit.
  await page.keyboard.press("/");
  await page.keyboard.type("104");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Search for “104”" }).waitFor();
  await page.getByRole("list", { name: "Work orders" }).getByRole("link").first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("list", { name: "Units" }).getByRole("link").first().click();
  await page.waitForURL(/\/assets\/ast_/);
  // From a list to its second record, and on to a new order, without a mouse; and not while somebody types, or wants no keys.
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.getByRole("heading", { level: 1, name: "Work orders" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = page.locator("main [data-row]").nth(1);
  const to = await second.getAttribute("href");
  expect(await second.evaluate((row) => row === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === to);
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByText("Search everything").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });
  await page.keyboard.press("n");
  await page.waitForURL("/work-orders/new");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await keys.getByLabel("Use single-key shortcuts in this browser").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  expect(new URL(page.url()).pathname).toBe("/work-orders/new");
});

test("words without a gap break, on a phone as at a desk, rather than widen a page", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await openOrder(page, "L-3", `Part ${"X".repeat(74)}`);
  const order = page.url();
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of [order, "/work-orders", "/board"]) {
      await page.goto(path);
      await page.getByText("XXXX").first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test("someone new on the phone: customer, unit and order from one form, in five clicks at most", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/work-orders");
  const counted = await countClicks(page);
  await page.getByRole("link", { name: "New work order" }).first().click();
  await page.locator("summary").filter({ hasText: "New customer and unit" }).click();
  const form = page.locator("form").filter({ has: page.getByLabel("Unit number") });
  // A person goes from field to field by the tab key.
  await form.getByLabel("Customer").fill("Kestrel Drayage");
  await form.getByLabel("Phone").fill("(219) 555-0188");
  await form.getByLabel("Unit number").fill("K-7");
  await form.getByLabel("What's wrong").fill("Trailer lights go out over bumps");
  await form.getByRole("button", { name: "Open work order" }).click();
  await page.waitForURL(/\/work-orders\/wo_/);
  await page.getByRole("heading", { level: 1, name: "Trailer lights go out over bumps" }).waitFor();
  expect(await counted.clicks()).toBeLessThanOrEqual(5);
  // It counted at all.
  expect(await counted.clicks()).toBeGreaterThan(0);
});
