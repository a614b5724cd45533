import { expect, test } from "vitest";
import { allowErrors, askForMail, eventually, mailsTo, signInByPassword, visitor } from "./browser.ts";

test("a customer is let in by the shop, invited, and shown out of a live page when the portal is switched off", async () => {
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/customers");
  await staff.getByRole("link", { name: "Dolton Quarry" }).click();
  await staff.getByRole("heading", { name: "Dolton Quarry" }).waitFor();
  await staff.getByRole("heading", { name: "No contacts" }).waitFor();
  await staff.getByRole("switch", { name: "Portal access enabled" }).click();
  await staff.getByText("Portal turned on").waitFor();
  await staff.getByRole("button", { name: "Send portal invite" }).click();
  await staff.getByText("Invite sent to office@quarry.test").first().waitFor();

  const invites = async () =>
    (await mailsTo(staff, "office@quarry.test")).filter(({ subject }) => subject === "Harbor Diesel invited you to its customer portal");
  const mail = await eventually(async () => (await invites())[0], "the invite");
  expect(mail.text).toContain("/portal");
  const office = await visitor(/https?:\/\/\S+\/sign-in\/\S+/.exec(mail.text)?.[0]);
  await office.getByRole("button", { name: "Continue" }).click();
  await office.getByRole("list", { name: "Units" }).getByText("Q7").waitFor();
  await office.getByRole("status").filter({ hasText: "live" }).waitFor();

  allowErrors(/status of 401/, /WebSocket/);
  await staff.getByRole("switch", { name: "Portal access enabled" }).click();
  await staff.getByText("Portal turned off").waitFor();
  await office.waitForURL(/sign-in/);
  await eventually(async () => {
    await staff.reload();
    return (await staff.getByText("office@quarry.test signed in to the portal").count()) > 0;
  }, "the sign-in in the customer's activity");
  await staff.getByText("Portal access turned off, everyone signed out").waitFor();
});

test("a switched-off address is answered as a known one is, and gets no mail", async () => {
  const page = await visitor("/portal");
  await page.getByLabel("Email").fill("trucks@nowhere.test");
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByLabel("6-digit code").waitFor();
  const unknown = await page.getByRole("main").innerText();
  const known = await visitor("/portal");
  await askForMail(known, "ops@summit.test");
  expect(await known.getByRole("main").innerText()).toBe(unknown);
  expect(await mailsTo(page, "trucks@nowhere.test")).toEqual([]);
});

test("a technician sees a customer and may not open its portal", async () => {
  const page = await signInByPassword("tech@harbor.test");
  await page.goto("/customers");
  await page.getByRole("link", { name: "Summit Gravel" }).click();
  await page.getByText("Only an owner or manager can do this.").first().waitFor();
  expect(await page.getByRole("switch", { name: "Portal access enabled" }).isDisabled()).toBe(true);
});
