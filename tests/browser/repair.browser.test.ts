import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword, type Visit } from "./browser.ts";
import { countClicks } from "./clicks.ts";
import { byKeys } from "./keys.ts";
import { fillLines, openOrder } from "./orders.ts";
import { authorizationOn, cents, pdfBehind, pricesIn, totalsOn } from "./sums.ts";

const at = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const summary = (page: Page, name: string) => page.locator("summary").filter({ hasText: name }).first();
const vendorAt = (email: string, visit: Visit = {}) => signInByPassword(email, { signInPath: "/vendor-portal/sign-in", ...visit });
const linesOnOrder = (page: Page): Locator => page.getByRole("table", { name: "Lines of job 1" }).locator("tbody tr");
const lineOnOrder = (page: Page, text: string): Locator => linesOnOrder(page).filter({ hasText: text });

/** Writes more lines on the order's first job, after those that are there. */
async function addLines(
  page: Page,
  order: string,
  lines: Parameters<typeof fillLines>[1],
  { kinds = [], correction }: { kinds?: string[]; correction?: string } = {},
) {
  await page.goto(order);
  await page.getByRole("link", { name: "Edit job 1" }).click();
  await page.getByRole("heading", { level: 1, name: "Job 1" }).waitFor();
  const rows = page.getByRole("list", { name: "Lines" }).getByRole("listitem");
  const isNew = (await page.getByLabel("Description, line 1").inputValue()) === "";
  const first = isNew ? 1 : await rows.count();
  for (const kind of kinds) await at(page, kind).click();
  await fillLines(page, lines, first);
  if (correction) await page.getByLabel("Correction").fill(correction);
  await at(page, "Save job").click();
  await page.waitForURL(/\/work-orders\/wo_[^/]+$/);
}

const cardOf = async (page: Page, complaint: string): Promise<string> => {
  await page.goto("/board");
  return page.getByRole("article").filter({ hasText: complaint }).first().innerText();
};

describe.each<[string, Visit, string]>([
  ["at a desk", {}, "107"],
  ["on a phone", phone, "108"],
])("%s", (_where, visit, unit) => {
  test("a repair, from the call to the invoice: every page and document shows the same sums, and nothing is charged twice", { timeout: 600_000 }, async () => {
    allowErrors(/status of (409|422)/);
    const complaint = `Unit ${unit} loses power on grades`;
    const desk = await signInByPassword("owner@harbor.test", visit);
    const fleet = await signInByLink("fleet@northline.test", phone);

    // A call, and the diagnosis approved by phone up to a sum.
    await openOrder(desk, unit, complaint);
    const order = desk.url();
    await addLines(desk, order, [{ text: "Diagnose loss of power", hours: "1.5", each: "145.00" }]);
    await summary(desk, "Record approval").click();
    await desk.getByLabel("Approved by").fill("Renee Okafor");
    await desk.getByLabel("At most").fill("250.00");
    await at(desk, "Record approval").click();
    await lineOnOrder(desk, "Diagnose loss of power").getByText("Authorized").waitFor();
    expect(await authorizationOn(desk)).toEqual({ quoted: null, authorized: "$217.50", toBill: "$217.50" });
    await desk.getByText("Work up to $250.00, with supplies and tax, needs no estimate.").waitFor();
    const diagnosed = await totalsOn(desk);
    await at(desk, "Start work").click();
    await desk.getByText("In progress").first().waitFor();

    // An estimate from the order, in three clicks at most.
    const found = [
      { text: "EGR cooler", each: "1240.00", cost: "800.00" },
      { text: "Replace EGR cooler", hours: "4", each: "145.00" },
      { text: "Air filter", each: "85.00" },
    ];
    await addLines(desk, order, found, { kinds: ["Labor", "Part"] });
    expect(await cardOf(desk, complaint)).toContain("3 lines not authorized");
    await desk.goto(order);
    const counted = await countClicks(desk);
    await desk.getByRole("link", { name: "Estimate", exact: true }).click();
    await desk.getByRole("checkbox", { name: /Air filter/ }).waitFor();
    expect(await desk.getByRole("checkbox", { name: /Diagnose loss of power/ }).isChecked()).toBe(false);
    await at(desk, "Send to customer").click();
    await desk.getByText("Waiting for the customer").waitFor();
    expect(await counted.clicks()).toBeLessThanOrEqual(3);
    const estimate = new URL(desk.url()).pathname;
    const offered = await totalsOn(desk);
    expect(offered["Approved before"]).toBe(diagnosed.Total);
    expect(await pdfBehind(desk.getByRole("link", { name: "Download PDF" }))).toContain(offered["This adds"]);
    await desk.goto(order);
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,122.50", authorized: "$217.50", toBill: "$2,122.50" });
    expect((await totalsOn(desk)).Total).toBe(offered["New total"]);
    expect(await cardOf(desk, complaint)).not.toContain("not authorized");

    // The customer approves in part on a phone.
    await fleet.goto(`/portal${estimate}`);
    expect(await totalsOn(fleet)).toEqual(offered);
    const choose = (line: string, answer: "Approve" | "Decline") => fleet.getByRole("group", { name: line, exact: true }).getByLabel(answer).check();
    await choose("EGR cooler", "Approve");
    await choose("Replace EGR cooler", "Approve");
    await choose("Air filter", "Decline");
    await at(fleet, "Send answer").click();
    const answer = await fleet.getByText(/Renee Okafor approved \$[\d,.]+ of \$/).textContent();
    const [approved = "", of = ""] = answer?.match(/\$[\d,]+\.\d\d/g) ?? [];
    expect(of).toBe(offered["This adds"]);
    await desk.goto(order);
    await lineOnOrder(desk, "Air filter").getByText("Declined").waitFor();
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,122.50", authorized: "$2,037.50", toBill: "$2,037.50" });
    const first = await totalsOn(desk);
    expect(cents(first.Total)).toBe(cents(diagnosed.Total) + cents(approved));
    expect(await accessibilityFaults(desk)).toEqual([]);

    // A supplement: what was approved, what it adds and the new total side by side.
    const more = [
      { text: "EGR valve", each: "410.00" },
      { text: "Flow-test the turbo", each: "300.00" },
    ];
    await addLines(desk, order, more, { kinds: ["Outside work"], correction: "Replaced the EGR cooler" });
    expect(await cardOf(desk, complaint)).toContain("2 lines not authorized");
    await desk.goto(order);
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,122.50", authorized: "$2,037.50", toBill: "$2,747.50" });
    await desk.getByRole("link", { name: "Estimate", exact: true }).click();
    await at(desk, "Send to customer").click();
    await desk.getByText("Waiting for the customer").waitFor();
    const supplement = new URL(desk.url()).pathname;
    const added = await totalsOn(desk);
    expect(added["Approved before"]).toBe(first.Total);
    expect(cents(added["New total"])).toBe(cents(first.Total) + cents(added["This adds"]));
    await fleet.goto(`/portal${supplement}`);
    expect(await totalsOn(fleet)).toEqual(added);
    expect(await accessibilityFaults(fleet)).toEqual([]);
    const printed = await pdfBehind(fleet.getByRole("link", { name: "Download PDF" }));
    for (const name of ["Approved before", "This adds", "New total"]) expect(printed).toContain(`${name} ${added[name]}`);
    await at(fleet, "Approve").click();
    await at(fleet, "Yes, approve").click();
    await fleet.getByText(/Renee Okafor approved \$/).waitFor();
    await desk.goto(order);
    await lineOnOrder(desk, "EGR valve").getByText("Authorized").waitFor();
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,832.50", authorized: "$2,747.50", toBill: "$2,747.50" });
    const whole = await totalsOn(desk);
    expect(whole.Total).toBe(added["New total"]);
    expect(await cardOf(desk, complaint)).not.toContain("not authorized");

    await sendOutside(desk, order, complaint);
    await desk.goto(order);
    // What the vendor billed is a cost of the line that the customer approved, and changes no price.
    expect(await totalsOn(desk)).toMatchObject({ "Outside work": "$300.00", Total: whole.Total });
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,832.50", authorized: "$2,747.50", toBill: "$2,747.50" });

    // Completed without the valve, drafted and issued in four clicks at most; the line that was not done is one more.
    const closing = await countClicks(desk);
    await summary(desk, "Complete").click();
    await desk.getByLabel("Odometer").fill("999,100");
    await desk.getByRole("group", { name: "Done" }).getByLabel("EGR valve").uncheck();
    await at(desk, "Complete order").click();
    await desk.getByText(/Work that wasn't done is on an order of its own/).waitFor();
    const toComplete = (await closing.clicks()) - 1;
    await desk.goto(order);
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,422.50", authorized: "$2,337.50", toBill: "$2,337.50" });
    const done = await totalsOn(desk);
    expect(cents(done.Total)).toBe(cents(whole.Total) - Math.round(410_00 * 1.07));
    expect(await lineOnOrder(desk, "EGR valve").count()).toBe(0);

    // The draft, with a price corrected in three clicks at most.
    const drafting = await countClicks(desk);
    await at(desk, "Draft invoice").click();
    await desk.getByRole("heading", { level: 1, name: "Draft for Northline Freight" }).waitFor();
    const toDraft = await drafting.clicks();
    expect((await totalsOn(desk)).Total).toBe(done.Total);
    const correcting = await countClicks(desk);
    await desk.getByRole("link", { name: /^Correct lines/ }).click();
    await desk.getByLabel("Price each, line 3").fill("150.00");
    await desk.getByLabel("Reason").fill("The second technician helped");
    await at(desk, "Save job").click();
    await desk.waitForURL(/\/invoices\/inv_[^/]+$/);
    expect(await correcting.clicks()).toBeLessThanOrEqual(3);
    const draft = await totalsOn(desk);
    expect(cents(draft.Total)).toBe(cents(done.Total) + Math.round(20_00 * 1.06));
    await desk.getByText("Reason for billing unauthorized work").waitFor();
    expect(await accessibilityFaults(desk)).toEqual([]);
    const issuing = await countClicks(desk);
    await desk.getByLabel("Reason for billing unauthorized work").fill("Agreed with Renee on the phone");
    await at(desk, `Issue for ${draft.Total}`).click();
    await desk.getByRole("heading", { level: 1, name: /^INV-\d+$/ }).waitFor();
    expect(toComplete + toDraft + (await issuing.clicks())).toBeLessThanOrEqual(4);
    const number = (await desk.getByRole("heading", { level: 1 }).textContent()) ?? "";
    const billed = {
      "Diagnose loss of power": "$217.50",
      "EGR cooler": "$1,240.00",
      "Replace EGR cooler": "$600.00",
      "Flow-test the turbo": "$300.00",
    };
    const linesOnInvoice = (page: Page) => page.getByRole("table", { name: /^Lines of WO-/ }).locator("tbody tr");
    expect(await totalsOn(desk)).toEqual(draft);
    expect(await pricesIn(linesOnInvoice(desk))).toEqual(billed);
    expect(await linesOnInvoice(desk).count()).toBe(4);
    await desk.getByText("Recommended, declined").waitFor();
    const paper = await pdfBehind(desk.getByRole("link", { name: "Download PDF" }));
    expect(paper).toContain(`Total ${draft.Total}`);
    for (const [text, price] of Object.entries(billed)) expect(paper).toMatch(new RegExp(`${text} .{0,30}\\${price} `));
    await fleet.goto("/portal/invoices");
    await fleet.getByRole("link", { name: number }).click();
    await fleet.getByRole("heading", { name: "Work done" }).waitFor();
    expect(await totalsOn(fleet)).toEqual(draft);
    expect(await pricesIn(linesOnInvoice(fleet))).toEqual(billed);
    await desk.goto(order);
    expect((await totalsOn(desk)).Total).toBe(draft.Total);
    expect(await authorizationOn(desk)).toEqual({ quoted: "$2,422.50", authorized: "$2,337.50", toBill: "$2,357.50" });

    // Nothing is charged twice: the order can't be invoiced again, and what was not done waits on an order of its own.
    expect(await at(desk, "Draft invoice").count()).toBe(0);
    await desk.goto(`/work-orders?show=open&q=${unit}`);
    await desk.getByRole("table", { name: "Work orders" }).getByRole("link", { name: /^WO-/ }).first().click();
    await desk.getByRole("table", { name: "Lines of job 1" }).waitFor();
    expect(await pricesIn(linesOnOrder(desk))).toEqual({ "EGR valve": "$410.00" });
    expect(await authorizationOn(desk)).toMatchObject({ authorized: "$410.00", toBill: "$410.00" });
  });
});

test("outside work that the shop priced in other lines is a cost of the order, and the customer pays for it once", async () => {
  const complaint = "Gearbox jumps out of tenth";
  const desk = await signInByPassword("owner@harbor.test");
  await openOrder(desk, "109", complaint);
  const order = desk.url();
  await addLines(desk, order, [{ text: "Rebuild the gearbox", each: "2000.00" }], { correction: "Rebuilt" });
  await summary(desk, "Record approval").click();
  await desk.getByLabel("Approved by").fill("Renee Okafor");
  await at(desk, "Record approval").click();
  await lineOnOrder(desk, "Rebuild the gearbox").getByText("Authorized").waitFor();
  const approved = await totalsOn(desk);

  await at(desk, "Assign to vendor").click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Vendor").selectOption({ label: "Prairie Machine (by phone)" });
  await dialog.getByLabel("Instructions").fill("Grind the countershaft");
  await dialog.getByLabel("The customer's price for it is in other lines").check();
  await dialog.getByRole("checkbox", { name: /^No estimate needed/ }).check();
  await at(desk, "Send").click();
  await desk.getByRole("link", { name: /Prairie/ }).click();
  await desk.getByRole("link", { name: "Record vendor's answer" }).click();
  await at(desk, "Record acceptance").click();
  await desk.getByRole("link", { name: "Record vendor's answer" }).click();
  await at(desk, "Record completion").click();
  await desk.getByRole("link", { name: "Record vendor's answer" }).click();
  await desk.getByLabel("Description, line 1").fill("Ground the countershaft");
  await desk.getByLabel("Hours, line 1").fill("7");
  await desk.getByLabel("Price each, line 1").fill("100.00");
  await desk.getByLabel(/invoice number/).fill("PM-12");
  await at(desk, "Record invoice").click();
  await desk.getByText("The customer's price is on the work order already, and it stays.").waitFor();
  await at(desk, "Approve").click();
  await desk.getByText("The cost is on the work order").first().waitFor();

  await desk.goto(order);
  expect(await authorizationOn(desk)).toEqual({ quoted: null, authorized: "$2,000.00", toBill: "$2,000.00" });
  expect(await totalsOn(desk)).toMatchObject({ Total: approved.Total, Cost: "$700.00" });
  await at(desk, "Start work").click();
  await summary(desk, "Complete").click();
  await desk.getByLabel("The meter can't be read").check();
  expect(await desk.getByRole("group", { name: "Done" }).getByRole("checkbox").count()).toBe(1);
  await at(desk, "Complete order").click();
  await at(desk, "Draft invoice").click();
  await at(desk, `Issue for ${approved.Total}`).click();
  await desk.getByRole("heading", { level: 1, name: /^INV-\d+$/ }).waitFor();
  expect((await totalsOn(desk)).Total).toBe(approved.Total);
});

test("a repair is opened, done and billed by keys alone, and the focus is always somewhere in sight", async () => {
  const desk = await signInByPassword("owner@harbor.test", { first: "/work-orders" });
  const { then, press, type } = byKeys(desk);
  const link = (name: string | RegExp) => desk.getByRole("link", { name, exact: typeof name === "string" });
  await press(link("New work order"));
  await then(desk.getByLabel("Find a unit"));
  await type(desk.getByLabel("Find a unit"), "109");
  await desk.keyboard.press("Enter");
  await then(desk.getByRole("list", { name: "Units" }).getByRole("link", { name: "109" }));
  await press(desk.getByRole("list", { name: "Units" }).getByRole("link", { name: "109" }));
  await then(desk.getByLabel("What's wrong"));
  await type(desk.getByLabel("What's wrong"), "Horn is silent");
  await press(at(desk, "Open work order"));
  await then(link("Edit job 1"));

  await press(link("Edit job 1"));
  await then(desk.getByLabel("Description, line 1"));
  await type(desk.getByLabel("Description, line 1"), "Replace the horn");
  await type(desk.getByLabel("Price each, line 1"), "120.00");
  // What was passed is reached backwards, too.
  await type(desk.getByLabel("Hours, line 1"), "1");
  await type(desk.getByLabel("Correction"), "Replaced the horn");
  await press(at(desk, "Save job"));
  await then(lineOnOrder(desk, "Replace the horn"));

  await press(summary(desk, "Record approval"));
  await type(desk.getByLabel("Approved by"), "Renee Okafor");
  await press(at(desk, "Record approval"));
  await then(lineOnOrder(desk, "Replace the horn").getByText("Authorized"));
  await press(at(desk, "Start work"));
  await then(desk.getByText("In progress").first());
  await press(summary(desk, "Complete"), "Space");
  await press(desk.getByLabel("The meter can't be read"), "Space");
  await press(at(desk, "Complete order"));
  await then(at(desk, "Draft invoice"));
  await press(at(desk, "Draft invoice"));
  await then(desk.getByRole("heading", { level: 1, name: "Draft for Northline Freight" }));
  await press(at(desk, /^Issue for/));
  await then(desk.getByRole("heading", { level: 1, name: /^INV-\d+$/ }));
});

/** The approved outside line goes to a vendor who declines it, and to another who does and bills it. */
async function sendOutside(desk: Page, order: string, complaint: string): Promise<void> {
  const title = `Flow test for ${complaint}`;
  await desk.goto(order);
  await at(desk, "Assign to vendor").click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Vendor").selectOption({ label: "Coolant Specialists" });
  await dialog.getByLabel("Job title").fill(title);
  await dialog.getByLabel("Instructions").fill("Flow-test it and tell us what you find.");
  expect(await dialog.getByLabel("Line on the work order").locator("option:checked").textContent()).toBe("Flow-test the turbo, $300.00");
  await at(desk, "Send").click();
  const atVendors = desk.getByRole("list", { name: "Vendor jobs" });
  await atVendors.getByText("Waiting for the vendor").waitFor();

  const cool = await vendorAt("service@coolant.test");
  await cool.getByRole("link", { name: title }).click();
  await at(cool, "Decline").click();
  await cool.getByLabel("Reason").fill("We do no turbos");
  await at(cool, "Decline").click();
  await cool.getByText("You declined this job.").first().waitFor();

  await desk.goto(order);
  await atVendors.getByRole("link", { name: /Coolant/ }).click();
  await desk.getByRole("link", { name: "Reassign to another vendor" }).click();
  await desk.getByLabel("Vendor").selectOption({ label: (await desk.getByRole("option", { name: /Gearworks/ }).textContent()) ?? "" });
  await at(desk, "Send").click();
  await atVendors.getByText("Declined, reassigned").waitFor();

  const gear = await vendorAt("desk@gearworks.test");
  await gear.getByRole("link", { name: title }).click();
  await at(gear, "Accept").click();
  await gear.getByLabel("Description, line 1").fill("Flow test");
  await gear.getByLabel("Hours, line 1").fill("2");
  await gear.getByLabel("Price each, line 1").fill("120.00");
  await at(gear, "Submit estimate").click();
  await gear.getByText("Estimate with the shop").first().waitFor();

  await atVendors.getByRole("link", { name: /Gearworks/ }).click();
  await desk.getByText("Gearworks Transmission estimated $240.00").waitFor();
  await at(desk, "Approve").click();
  await gear.getByText("Approved: do the work").first().waitFor();
  await gear.getByLabel("Work performed").fill("Flow is good");
  await at(gear, "Mark complete").click();
  await gear.getByLabel("Your invoice number").fill(`GW-${complaint.slice(5, 8)}`);
  await at(gear, "Submit invoice").click();
  await desk.getByText("Gearworks Transmission billed $240.00").waitFor();
  await desk.getByText("The customer's price is on the work order already, and it stays.").waitFor();
  await at(desk, "Approve").click();
  await desk.getByText("The cost is on the work order").first().waitFor();
  const cost = await desk.getByRole("list", { name: "Costs" }).innerText();
  expect(cost).toContain("$240.00");
  expect(cost).not.toContain("sold at $0.00");
  expect(await gear.content()).not.toMatch(/300\.00|Northline|EGR/);
}
