import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { parseCalendar } from "~/modules/maintenance/feeds/ical.fixtures";
import { accessibilityFaults, eventually, phone, signInByLink, signInByPassword } from "./browser.ts";

const SERVICE = "Wheel ends and slack adjusters";
const TRUCKS = Array.from({ length: 12 }, (_, n) => String(101 + n));
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
/** What a page has to read. */
const textOf = async (page: Page, path: string): Promise<string> => {
  await page.goto(path);
  return (await page.getByRole("main").innerText()).replaceAll("\n", " ");
};
const reads = (page: Page, path: string, text: RegExp) => eventually(async () => text.test(await textOf(page, path)), `${text} on ${path}`);
const isCurrent = async (page: Page, path: string) => (await textOf(page, path)).match(/Current/g)?.length === TRUCKS.length;

test("a template on twelve trucks: a reading makes one due, its work order resets it, and the customer and a calendar see it", async () => {
  const desk = await signInByPassword("owner@harbor.test");
  await desk.goto("/maintenance/templates");
  await desk.getByRole("link", { name: "New template" }).click();
  await desk.getByLabel("Name").fill(SERVICE);
  await desk.getByLabel("For", { exact: true }).selectOption("Truck");
  await desk.getByLabel("Distance", { exact: true }).fill("400");
  expect(await accessibilityFaults(desk)).toEqual([]);
  await press(desk, "Save template");
  await desk.getByLabel("Customer").selectOption("Northline Freight");
  await desk.waitForURL(/customer=/);
  await desk.getByRole("link", { name: "Check all 12" }).click();
  for (const truck of TRUCKS) await desk.getByRole("checkbox", { name: `Unit ${truck}`, exact: true, checked: true }).waitFor();
  await press(desk, "Put on checked units");
  await desk.getByText("Put on 12 units.").waitFor();

  const customer = await signInByLink("fleet@northline.test", phone);
  const list = `/maintenance?show=all&q=${encodeURIComponent(SERVICE)}`;
  expect(await isCurrent(desk, list)).toBe(true);

  // A driver's dash is read on a phone.
  const tech = await signInByPassword("tech@harbor.test", phone);
  await tech.goto("/assets?q=109");
  await tech.getByRole("link", { name: "109" }).click();
  await tech.waitForURL(/\/assets\/ast_/);
  const unit = new URL(tech.url()).pathname;
  await tech.goto(`${unit}/maintenance`);
  const entry = await tech.getByRole("listitem").filter({ hasText: SERVICE }).first().innerText();
  const due = Number(/at ([\d,]+) mi: 400 mi left/.exec(entry.replaceAll("\n", " "))?.[1]?.replaceAll(",", ""));
  await tech.goto(`${unit}/meters`);
  await tech.getByLabel("Reading", { exact: true }).fill(String(due + 15));
  await press(tech, "Record reading");
  await reads(tech, `${unit}/maintenance`, /15 mi over/);
  await reads(desk, "/", /Maintenance due/);
  await reads(customer, "/portal/maintenance?show=due", new RegExp(SERVICE));
  expect(await accessibilityFaults(customer)).toEqual([]);

  await customer.getByText("Calendar address", { exact: true }).click();
  await press(customer, "Make a calendar address");
  const address = await customer.getByText(/\/calendar\/.*\.ics/).innerText();
  const calendar = await customer.request.get(new URL(address).pathname);
  const entries = parseCalendar(await calendar.text()).filter(({ SUMMARY }) => SUMMARY === `Unit 109: ${SERVICE}`);
  expect(entries).toMatchObject([{ "DTSTART;VALUE=DATE": expect.stringMatching(/^\d{8}$/), DESCRIPTION: expect.stringContaining("Due") }]);
  await desk.goto("/maintenance");
  await desk.getByText("Customers' calendars").click();
  await desk.getByRole("button", { name: "Revoke the address of Northline Freight" }).first().click();
  await desk.getByText("Calendar address revoked.").first().waitFor();
  expect((await customer.request.get(new URL(address).pathname)).status()).toBe(404);

  await desk.goto(`/maintenance?q=${encodeURIComponent(SERVICE)}`);
  await desk.getByRole("checkbox", { name: `${SERVICE}, unit 109` }).check();
  await press(desk, "Make work orders");
  await desk.getByText("Work order made.").waitFor();
  await desk.getByRole("table", { name: "Maintenance" }).getByRole("link", { name: /^WO-/ }).click();
  await desk.waitForURL(/\/work-orders\/wo_/);
  const order = new URL(desk.url()).pathname;
  await tech.goto(order);
  await press(tech, "Start work");
  await tech.getByText("In progress", { exact: true }).first().waitFor();
  await tech.getByRole("link", { name: "Edit job 1" }).click();
  await tech.getByLabel("Correction").fill("Adjusted all slack adjusters, ends tight");
  await press(tech, "Save job");
  await tech.waitForURL((url) => url.pathname === order);
  await tech.getByText("Complete", { exact: true }).first().click();
  await tech.getByLabel("Odometer").fill(String(due + 20));
  await press(tech, "Complete order");
  await tech.getByText("Completed").first().waitFor();

  await eventually(() => isCurrent(desk, list), "all twelve to be current again");
  expect(await textOf(tech, `${unit}/maintenance`)).toContain(`at ${(due + 420).toLocaleString("en-US")} mi`);
  expect(await accessibilityFaults(tech)).toEqual([]);
  expect(await textOf(customer, "/portal/maintenance?show=due")).not.toContain(SERVICE);
});
