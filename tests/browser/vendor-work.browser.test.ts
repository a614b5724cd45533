import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByPassword } from "./browser.ts";
import { openOrder } from "./orders.ts";

const at = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const alert = (page: Page, text: string | RegExp) => page.getByRole("alert").getByText(text).first().waitFor();
const expectText = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const live = (page: Page) => page.getByRole("status").filter({ hasText: "live" }).waitFor();

const vendorAt = (email: string, visit = {}) => signInByPassword(email, { signInPath: "/vendor-portal/sign-in", ...visit });
const fillLine = async (page: Page, line: number, what: string, each: string) => {
  await page.getByLabel(`Description, line ${line}`).fill(what);
  await page.getByLabel(`Price each, line ${line}`).fill(each);
};

test("a job goes out, is declined and reassigned, estimated, revised, approved, billed, disputed, settled, reversed and canceled: all sides see each step by itself", async () => {
  allowErrors(/status of (409|422)/);
  const title = "Range section howls in the yard";
  const [desk, cool, gear] = await Promise.all([
    signInByPassword("owner@harbor.test"),
    vendorAt("service@coolant.test"),
    vendorAt("desk@gearworks.test", phone),
  ]);
  await Promise.all([live(cool), live(gear)]);
  await openOrder(desk, "SG-3", title);

  // Out to the first vendor, who sees it on the page that is open.
  await at(desk, "Assign to vendor").click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Vendor").selectOption({ label: "Coolant Specialists" });
  await dialog.getByLabel("Instructions").fill("Open the range section and tell us what you find.");
  expect(await accessibilityFaults(desk)).toEqual([]);
  await at(desk, "Send").click();
  const atVendors = desk.getByRole("list", { name: "Vendor jobs" });
  await atVendors.getByText("Waiting for the vendor").waitFor();
  await cool.getByRole("link", { name: title }).click();
  await expectText(cool, "Open the range section and tell us what you find.");
  await at(cool, "Decline").click();
  await alert(cool, "Enter a reason. The shop will see it.");
  await cool.getByLabel("Reason").fill("We do no gearboxes");
  await at(cool, "Decline").click();
  await expectText(cool, "You declined this job.");
  expect(await cool.getByText("Open the range section").count()).toBe(0);

  // Given to another, with a limit; the first sees nothing more of it.
  await atVendors.getByText("Declined").waitFor();
  await atVendors.getByRole("link", { name: /Coolant/ }).click();
  await expectText(desk, "“We do no gearboxes”");
  await desk.getByRole("link", { name: "Reassign to another vendor" }).click();
  await desk.getByLabel("Vendor").selectOption({ label: (await desk.getByRole("option", { name: /Gearworks/ }).textContent()) ?? "" });
  await desk.getByLabel("Not to exceed").fill("1,000.00");
  await at(desk, "Send").click();
  await atVendors.getByText("Declined, reassigned").waitFor();
  await gear.getByRole("link", { name: title }).click();
  await at(gear, "Accept").click();
  await atVendors.getByText("Accepted").waitFor();
  await atVendors.getByRole("link", { name: /Gearworks/ }).click();
  await desk.getByRole("heading", { level: 1, name: title }).waitFor();
  await live(desk);

  // An estimate, sent back for changes, and its revision.
  await at(gear, "Submit estimate").click();
  await alert(gear, "Add at least one line");
  await fillLine(gear, 1, "Rebuild range section", "95.00");
  await gear.getByLabel("Hours, line 1").fill("6");
  await at(gear, "Part").click();
  await fillLine(gear, 2, "Range kit", "390.00");
  await expectText(gear, "$960.00");
  // A word that is half typed stays, whatever happens around it.
  const messageField = gear.getByLabel("Message to Harbor Diesel");
  await messageField.fill("Bearing is pitted");
  await at(gear, "Submit estimate").click();
  await at(gear, "Withdraw estimate").click();
  await expectText(gear, "Withdrawn");
  expect(await accessibilityFaults(gear)).toEqual([]);
  await at(gear, "Submit estimate").click();
  await expectText(desk, "Gearworks Transmission estimated $960.00");
  await expectText(desk, "This brings a budget to 80% or more");
  expect(await accessibilityFaults(desk)).toEqual([]);
  await at(desk, "Decline").click();
  await alert(desk, "Write what should change, so the vendor can revise it.");
  await desk.getByLabel("Feedback").fill("Use the kit that we have");
  await at(desk, "Decline").click();
  await expectText(gear, "“Use the kit that we have”");
  await fillLine(gear, 2, "Fitting the shop's own kit", "330.00");
  await at(gear, "Submit estimate").click();
  await expectText(desk, "Gearworks Transmission estimated $900.00");
  await at(desk, "Approve").click();
  await expectText(gear, "Approved: do the work");

  // A word on the way, then the work is done.
  expect(await messageField.inputValue()).toBe("Bearing is pitted");
  await messageField.fill("Bearing is pitted as well");
  await at(gear, "Send message").click();
  await expectText(gear, "Sent.");
  await expect.poll(() => messageField.inputValue()).toBe("");
  await desk.getByRole("list", { name: "Messages" }).getByText("Bearing is pitted as well").waitFor();
  await gear.getByLabel("Work performed").fill("Rebuilt, new bearing");
  await at(gear, "Mark complete").click();
  await expectText(desk, "Done, invoice pending");

  // Above the estimate: not without a reason. Disputed, and sent again.
  await gear.getByLabel("Your invoice number").fill("GW-77");
  await fillLine(gear, 2, "Fitting the shop's own kit", "500.00");
  await at(gear, "Submit invoice").click();
  await expectText(desk, "$170.00 above the approved estimate of $900.00");
  await at(desk, "Approve").click();
  await alert(desk, "Enter a reason, or dispute it.");
  await desk.getByLabel("Reason", { exact: true }).fill("The bearing was not 170 dollars");
  await at(desk, "Dispute").click();
  await expectText(gear, "Your invoice GW-77 is disputed");
  await expectText(gear, "“The bearing was not 170 dollars”");
  expect(await accessibilityFaults(gear)).toEqual([]);
  await fillLine(gear, 2, "Fitting the kit, and a bearing", "450.00");
  await at(gear, "Submit invoice").click();

  // Above the limit too: blocked until someone with the permission gives a reason.
  await expectText(desk, "This goes over a budget");
  await desk.getByLabel("Reason for the difference").fill("Bearing, seen and agreed");
  await at(desk, "Approve").click();
  await alert(desk, /Over budget\. This assignment: \$1,020\.00 of \$1,000\.00/);
  await desk.getByLabel("Reason for going over budget").fill("Owner agreed on the phone");
  await at(desk, "Approve").click();
  await expectText(desk, "The cost is on the work order");
  await expectText(gear, "Invoice approved");
  const record = desk.url();
  await desk.getByRole("link", { name: /^WO-/ }).click();
  const sums = desk.getByRole("table", { name: "Totals" });
  await sums.getByRole("row", { name: "Outside work $1,224.00" }).waitFor();
  await sums.getByRole("row", { name: "Cost $1,020.00" }).waitFor();

  // The approval is taken back, and the cost with it; the price that followed it is open.
  await desk.goto(record);
  await live(desk);
  await desk.getByText("Reverse this approval").click();
  await desk.getByLabel("Reason").fill("Booked on the wrong truck");
  await at(desk, "Reverse approval").click();
  await expectText(gear, "Invoice with the shop");
  await expectText(desk, "Booked on the wrong truck");
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.getByRole("link", { name: /^WO-/ }).click();
  await desk.getByRole("table", { name: "Lines of job 1" }).getByRole("row").filter({ hasText: title }).getByText("No price yet").waitFor();
  expect(await sums.getByText("$1,020.00").count()).toBe(0);

  // The vendor takes its invoice back. The shop calls the job off and pays for what is done: one more invoice comes.
  await desk.goto(record);
  await live(desk);
  await at(gear, "Withdraw invoice").click();
  await expectText(desk, "Done, invoice pending");
  await desk.getByText("Cancel this job").click();
  await at(desk, "Cancel job").click();
  await alert(desk, "Enter a reason. The vendor will see it.");
  await desk.getByLabel("Reason").fill("The truck is sold");
  await desk.getByLabel("We'll pay for work done so far").check();
  await at(desk, "Cancel job").click();
  await expectText(gear, "Harbor Diesel canceled this job.");
  await expectText(gear, "“The truck is sold”");
  await gear.locator("a[aria-current=true]").getByText("Active").waitFor();
  expect(await accessibilityFaults(gear)).toEqual([]);
  await gear.getByLabel("Your invoice number").fill("GW-78");
  await gear.getByLabel("Tax, if any").fill("36.00");
  await at(gear, "Submit invoice").click();
  await expectText(desk, "Vendor's invoice GW-78");
  await desk.getByRole("row", { name: "Tax $36.00" }).first().waitFor();
  await expectText(desk, "Canceled");

  // A vendor without a portal has a page on which the shop records its answers.
  await desk.goto("/vendor-work?q=particulate");
  await desk.getByRole("link", { name: /^V-/ }).click();
  await desk.getByRole("link", { name: "Record vendor's answer" }).click();
  await at(desk, "Record estimate").waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);

  // What the vendor has seen all the while: its own words, and nothing of the shop's or the other vendor's.
  expect(await gear.content()).not.toMatch(/Owner agreed|Coolant|1,224|Bearing, seen and agreed|Summit/);
  await cool.goto("/vendor-portal/completed");
  expect(await cool.getByText(title).count()).toBe(0);
});

test("without scripts work is sent out with its limit, accepted, estimated and approved, or worked by phone; the list shows whose turn it is", async () => {
  allowErrors(/status of 422/);
  const plain = { javaScriptEnabled: false };
  const desk = await signInByPassword("owner@harbor.test", plain);
  await openOrder(desk, "111", "Steering box weeps");
  await at(desk, "Assign to vendor").click();
  await at(desk, "Send").click();
  await alert(desk, "Choose a vendor.");
  await desk.getByLabel("Vendor").selectOption({ label: "Coolant Specialists" });
  await desk.getByLabel("Instructions").fill("Reseal it");
  await at(desk, "Send").click();
  await desk.waitForURL(/\/work-orders\/wo_[^/]+$/);
  const order = desk.url();
  const cool = await vendorAt("service@coolant.test", { ...phone, ...plain });
  await cool.getByRole("link", { name: "Steering box weeps" }).click();
  await at(cool, "Accept").click();
  await fillLine(cool, 2, "Seal kit", "88.00");
  await at(cool, "Submit estimate").click();
  await expectText(cool, "Estimate with the shop");
  await desk.goto("/vendor-work?show=decide&q=steering");
  await desk.getByRole("link", { name: /^V-/ }).click();
  await expectText(desk, "Coolant Specialists estimated $88.00");
  await at(desk, "Approve").click();
  await expectText(desk, "Work approved");
  await desk.goto("/vendor-work?show=working");
  await desk.getByRole("table", { name: "Vendor work" }).getByText("Steering box weeps").waitFor();

  // One without a portal works by phone: its answers are recorded for it.
  await desk.goto(order);
  await at(desk, "Assign to vendor").click();
  await desk.getByLabel("Vendor", { exact: true }).selectOption({ label: "Prairie Machine (by phone)" });
  await desk.getByLabel("Instructions").fill("Hone the bore");
  await at(desk, "Send").click();
  await desk.getByRole("link", { name: /Prairie/ }).click();
  await desk.getByRole("link", { name: "Record vendor's answer" }).click();
  await at(desk, "Record acceptance").click();
  await expectText(desk, "Recorded for Prairie Machine");
  await desk.goto("/vendor-work?q=nothing-like-it");
  await desk.getByRole("heading", { name: "No outside work matches" }).waitFor();
});
