import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, eventually, mailsTo, phone, signInByLink, signInByPassword } from "./browser.ts";
import { fillLines } from "./orders.ts";

const at = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Writes an estimate of three lines for a unit, up to the page that sends it. A draft order opens for it. */
async function write(page: Page, unit: string, title: string): Promise<void> {
  await page.goto("/estimates");
  await page.getByRole("link", { name: "New estimate" }).first().click();
  await page.getByLabel("Find a unit").fill(unit);
  await page.getByLabel("Find a unit").press("Enter");
  await page.waitForURL(/q=/);
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: unit }).click();
  await page.getByLabel("Complaint").fill(title);
  await at(page, "Continue").click();
  await page.waitForURL(/\/jobs\/job_/);
  expect(await page.getByLabel("Complaint").inputValue()).toBe(title);
  await fillLines(page, [{ text: "Replace hub seals" }, { text: "Hub seal kit", each: "80.00", cost: "51.17" }, { text: "Wheel bearings", each: "120.00" }]);
  await at(page, "Save and go on to the estimate").click();
  await page.getByLabel("Internal note").fill("He always haggles");
  await page.getByLabel("Answer wanted within").selectOption({ label: "4 shop hours" });
  expect(await page.getByLabel("Title", { exact: true }).inputValue()).toBe(title);
  expect(await accessibilityFaults(page)).toEqual([]);
  await at(page, "Save draft").click();
  await page.waitForURL(/\/estimates\/est_[^/]+$/);
  await page.getByText("As the customer will see it").waitFor();
}

const linkIn = async (page: Page, subject: string) => {
  const mail = await eventually(async () => (await mailsTo(page, "fleet@northline.test")).find((one) => one.subject.includes(subject)), "the estimate's mail");
  return new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? "").pathname;
};

test("the desk sends, the customer approves two lines of three on a phone, and the desk's page changes by itself", async () => {
  allowErrors(/status of 422/);
  const desk = await signInByPassword("owner@harbor.test");
  await write(desk, "104", "Oil on both rear hubs");
  expect(await accessibilityFaults(desk)).toEqual([]);
  await at(desk, "Send to customer").click();
  await desk.getByText("Waiting for the customer").waitFor();
  await desk.getByText(/answer wanted by: /).waitFor();
  await desk.getByRole("status").filter({ hasText: "live" }).waitFor();

  const fleet = await signInByLink("fleet@northline.test", phone);
  await fleet.goto(await linkIn(desk, "unit 104"));
  // Amount, what for, until when and all three answers, before any scroll.
  const whatFor = await fleet.getByRole("list", { name: "What it is for" }).boundingBox();
  expect(whatFor?.y).toBeLessThan((await at(fleet, "Approve").boundingBox())?.y ?? 0);
  for (const name of ["Approve", "Decline", "Ask for changes"]) {
    const box = await at(fleet, name).boundingBox();
    expect((box?.y ?? 9_999) + (box?.height ?? 0)).toBeLessThan(fleet.viewportSize()?.height ?? 0);
  }
  await fleet.getByText("Oil on both rear hubs").first().waitFor();
  await fleet.getByText(/^Answer wanted by: /).waitFor();
  expect(await fleet.content()).not.toMatch(/haggles|51\.17|5117/);
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await at(desk, "Revise").waitFor();
  await desk.getByText("not yet").waitFor({ state: "detached" });

  const choose = (line: string, answer: "Approve" | "Decline") => fleet.getByRole("group", { name: line }).getByLabel(answer).check();
  await choose("Replace hub seals", "Approve");
  await choose("Hub seal kit", "Approve");
  await fleet.getByText("1 line is still open").waitFor();
  await at(fleet, "Send answer").click();
  await fleet.getByRole("alert").getByText('Approve or decline "Wheel bearings" too').waitFor();
  await choose("Wheel bearings", "Decline");
  await at(fleet, "Send answer").click();
  await fleet.getByText(/Renee Okafor approved \$[\d.]+ of \$/).waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);

  await desk.getByText(/Renee Okafor approved \$[\d.]+ of \$/).waitFor();
  await desk.getByText("Partly approved").first().waitFor();
  await desk.getByText("SHA-256 of revision 1").waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.getByRole("link", { name: /^WO-/ }).click();
  // The approved lines are marked where they were written, and the declined one stays, unpriced in what is billed.
  const lineOf = (text: string) => desk.getByRole("table", { name: "Lines of job 1" }).getByRole("row").filter({ hasText: text });
  await lineOf("Hub seal kit").getByText("Authorized").waitFor();
  await lineOf("Wheel bearings").getByText("Declined").waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);

  // What was declined comes back when the unit does.
  await desk.goto("/estimates/new?q=104");
  await desk.getByRole("list", { name: "Units" }).getByRole("link", { name: "104" }).click();
  await desk
    .getByRole("group", { name: "Add deferred work" })
    .getByLabel(/Wheel bearings/)
    .check();
  await desk.getByLabel("Complaint").fill("Wheel bearings after all");
  await at(desk, "Continue").click();
  await desk.getByRole("link", { name: "Edit lines of job 2" }).click();
  await desk.getByLabel("Price each, line 1").fill("150.00");
  await at(desk, "Save and go on to the estimate").click();
  await desk.waitForURL(/\/estimates\/new/);
  await at(desk, "Send to customer").click();
  await desk.getByText("Waiting for the customer").waitFor();
  const again = new URL(desk.url()).pathname;
  await fleet.goto(`/portal${again}`);
  await fleet.getByText("$150.00").first().waitFor();
  // The list follows too, and moves nothing that is pointed at.
  await desk.goto("/estimates?show=waiting");
  await desk.getByRole("status").filter({ hasText: "live" }).waitFor();
  const row = desk.getByRole("table", { name: "Estimates" }).getByRole("row").filter({ hasText: "Wheel bearings after all" });
  await row.hover();
  await at(fleet, "Approve").click();
  // One press asks, and can be taken back.
  await fleet
    .getByRole("dialog")
    .getByRole("heading", { name: /^Approve \$[\d.]+\?$/ })
    .waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await at(fleet, "Not yet").click();
  await at(fleet, "Approve").click();
  await at(fleet, "Yes, approve").click();
  await fleet.getByText(/Renee Okafor approved \$/).waitFor();
  await desk.getByRole("button", { name: "1 change · Show" }).waitFor();
  expect(await row.isVisible()).toBe(true);
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.getByRole("heading", { level: 1 }).hover();
  await row.waitFor({ state: "detached" });
});

test("without scripts a customer asks for changes, the shop revises, and the old page shows that it was replaced", async () => {
  allowErrors(/status of 422/);
  const desk = await signInByPassword("owner@harbor.test", { javaScriptEnabled: false });
  await desk.goto("/estimates?q=steer");
  await desk.getByRole("link", { name: /^E-/ }).click();
  const path = new URL(desk.url()).pathname;
  const fleet = await signInByLink("fleet@northline.test", { ...phone, javaScriptEnabled: false });
  await fleet.goto(`/portal${path}`);
  await at(fleet, "Ask for changes").click();
  await fleet.getByRole("alert").getByText("Write what should change.").waitFor();
  await fleet.getByLabel("Message to the shop").fill("Leave the alignment out");
  await at(fleet, "Ask for changes").click();
  await fleet.getByText("Renee Okafor asked for changes").waitFor();
  await desk.reload();
  await desk.getByText("Leave the alignment out").first().waitFor();
  await at(desk, "Revise").click();
  await desk.getByText("Revision 2 is a draft").waitFor();
  await at(desk, "Send to customer").click();
  await fleet.goto(`/portal${path}?revision=1`);
  await fleet.getByText("The shop replaced this estimate with a newer one").waitFor();
  await fleet.getByRole("link", { name: "View revision 2" }).click();
  await at(fleet, "Decline").click();
  await fleet.getByText("Renee Okafor declined").waitFor();
});

test("an answer on the phone is recorded with who gave it, and the list tells them apart", async () => {
  const desk = await signInByPassword("owner@harbor.test");
  await write(desk, "Q9", "Radiator support");
  await at(desk, "Send to customer").click();
  await desk.getByText("Record customer's answer").click();
  await desk.getByLabel("Answered by").fill("Pete Dolton");
  await at(desk, "Approve").click();
  await desk.getByText(/Pete Dolton approved \$/).waitFor();
  await desk.getByText(/by phone, recorded by Joan Petrak/).waitFor();
  await desk.goto("/estimates?show=answered");
  await desk.getByRole("table", { name: "Estimates" }).getByText("Radiator support").waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.goto("/estimates?show=draft&q=nothing-like-it");
  await desk.getByRole("heading", { name: "No estimate matches" }).waitFor();
  const tech = await signInByPassword("tech@harbor.test");
  await tech.goto("/estimates?show=draft");
  await tech.getByRole("link", { name: /^E-/ }).first().click();
  expect(await at(tech, "Send to customer").isDisabled()).toBe(true);
});

test("a question on a line is asked and answered live; the customer approves up to a limit, with a drawn signature", async () => {
  allowErrors(/status of 422/);
  const desk = await signInByPassword("manager@harbor.test");
  await write(desk, "112", "Hub leak, left rear");
  await at(desk, "Send to customer").click();
  await desk.getByRole("status").filter({ hasText: "live" }).waitFor();
  const fleet = await signInByLink("fleet@northline.test", phone);
  await fleet.goto(await linkIn(desk, "unit 112"));
  await fleet.getByRole("status").filter({ hasText: "live" }).waitFor();

  await fleet.getByText("Ask a question about Hub seal kit").click();
  await fleet.getByLabel("Your question").filter({ visible: true }).fill("Is that the steel kit?");
  await at(fleet, "Send question").filter({ visible: true }).click();
  await fleet.getByText("Question sent to the shop").waitFor();
  await desk.getByText("Is that the steel kit?").waitFor();
  await desk.getByLabel("Your answer").filter({ visible: true }).fill("Yes, with the wear ring.");
  await at(desk, "Send answer to the customer").filter({ visible: true }).click();
  await fleet.getByText("Yes, with the wear ring.").waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await desk.getByRole("link", { name: /Notifications/ }).click();
  await desk.getByRole("link", { name: /Renee Okafor about "Hub seal kit"/ }).waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);

  await fleet.getByText("Set a limit, or draw your signature").click();
  const sheet = fleet.getByRole("img", { name: "Empty: draw here" });
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error("there is nowhere to sign");
  await fleet.mouse.move(box.x + 20, box.y + 40);
  await fleet.mouse.down();
  for (const [x, y] of [
    [60, 10],
    [120, 50],
    [200, 20],
  ] as const)
    await fleet.mouse.move(box.x + x, box.y + y, { steps: 3 });
  await fleet.mouse.up();
  await fleet.getByRole("img", { name: "Your drawn signature" }).waitFor();
  await fleet.getByLabel("Not to exceed").fill("1");
  await at(fleet, "Approve").click();
  await at(fleet, "Yes, approve").click();
  await fleet.getByRole("alert").getByText("Your limit is less than what you're approving.").waitFor();
  await fleet.getByLabel("Not to exceed").fill("2,000");
  await at(fleet, "Approve").click();
  await at(fleet, "Yes, approve").click();
  await fleet.getByText(/not to exceed \$2,000\.00/).waitFor();
  await fleet.getByRole("img", { name: "Signature drawn by Renee Okafor" }).waitFor();
  await fleet.getByRole("link", { name: "Download PDF" }).waitFor();
});
