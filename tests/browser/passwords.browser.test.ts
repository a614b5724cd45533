import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { allowErrors, eventually, type Mail, mailsTo, signInByPassword, visitor } from "./browser.ts";

const linkIn = (mail: Mail): string => /https?:\/\/\S+\/set-password\/\S+/.exec(mail.text)?.[0] ?? "no link";
const newest = (page: Page, to: string, known = 0) =>
  eventually(async () => {
    const mails = await mailsTo(page, to);
    return mails.length > known && mails[0];
  }, `a mail to ${to}`);

async function choosePassword(at: string, password: string): Promise<Page> {
  const page = await visitor(at);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save password" }).click();
  return page;
}

test("a vendor is invited on save, chooses a password, resets it, and is shut out when the portal is switched off", async () => {
  allowErrors(/status of 4(01|22)/, /WebSocket/);
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/settings");
  await staff.getByRole("link", { name: /Vendor Directory/ }).click();
  await staff.getByRole("link", { name: "Add vendor" }).click();
  await staff.getByLabel("Name").fill("Axle Works");
  await staff.getByRole("switch", { name: "Portal access" }).check();
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("Enter an email address. The vendor signs in to the portal with it.").first().waitFor();
  expect(await staff.getByLabel("Name").inputValue()).toBe("Axle Works");
  await staff.getByLabel("Email").fill("Bay@AxleWorks.test");
  await staff.getByRole("switch", { name: "Portal access" }).check();
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("An invitation to choose a password was sent").waitFor();

  const invitation = linkIn(await newest(staff, "bay@axleworks.test"));
  const refused = await choosePassword(invitation, "password1234");
  await refused.getByText("This password is too common.").waitFor();
  const first = await choosePassword(invitation, "rear axle in the bay");
  await first.waitForURL("**/vendor-portal");
  await first.getByRole("heading", { name: "No pending jobs" }).waitFor();
  await (await choosePassword(invitation, "somebody else's idea")).getByText("This link has been used or has expired").waitFor();

  const forgetful = await visitor("/vendor-portal");
  await forgetful.getByRole("link", { name: "Forgot your password?" }).click();
  await forgetful.getByRole("heading", { name: "Reset password" }).waitFor();
  await forgetful.getByLabel("Email").fill("bay@axleworks.test");
  await forgetful.getByRole("button", { name: "Email me a link" }).click();
  await forgetful.getByText("Check your email").waitFor();
  const again = await choosePassword(linkIn(await newest(staff, "bay@axleworks.test", 1)), "front axle in the bay");
  await again.waitForURL("**/vendor-portal");
  // A new password ends what the old one opened: the page that is open leaves by itself.
  await first.waitForURL(/sign-in/);

  await staff.getByRole("switch", { name: "Portal access" }).uncheck();
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("Portal off").waitFor();
  expect((await again.goto("/vendor-portal"))?.url()).toContain("sign-in");
  await again.getByLabel("Email").fill("bay@axleworks.test");
  await again.getByLabel("Password").fill("front axle in the bay");
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.getByText("don't match, or you can't sign in here").waitFor();
});

test("an owner invites a technician, who sees what a technician may, and is out when removed", async () => {
  const owner = await signInByPassword("owner@harbor.test");
  await owner.goto("/settings/people");
  expect(await owner.getByText("Joan Petrak").count()).toBeGreaterThan(0);
  expect(await owner.getByText("Remove Joan Petrak").count()).toBe(0);
  await owner.getByLabel("Name").fill("Nils Borg");
  await owner.getByLabel("Email").fill("nils@harbor.test");
  await owner.getByRole("button", { name: "Send invitation" }).click();
  await owner.getByText("Invitation sent to nils@harbor.test").waitFor();
  const nils = await choosePassword(linkIn(await newest(owner, "nils@harbor.test")), "torque wrench, 600 Nm");
  await nils.getByRole("heading", { name: "Today" }).waitFor();
  await nils.goto("/settings");
  await nils.getByText("Only for owners.").first().waitFor();
  allowErrors(/status of 40[13]/, /WebSocket/);
  await nils.goto("/settings/people");
  await nils.getByRole("heading", { name: "No access" }).waitFor();

  await owner.reload();
  const change = owner.locator("summary", { hasText: "Edit Nils Borg" });
  await change.click();
  await owner.getByRole("listitem").filter({ hasText: "nils@harbor.test" }).getByLabel("Role").selectOption("manager");
  await owner.getByRole("button", { name: "Save role" }).and(owner.locator(":visible")).click();
  await owner.getByText("Nils Borg is now manager.").waitFor();
  await nils.goto("/settings/vendors");
  await nils.getByRole("heading", { name: "Vendor Directory" }).waitFor();
  await change.click();
  await owner.getByRole("button", { name: "Remove Nils Borg" }).click();
  await owner.getByText("Person removed and signed out everywhere.").waitFor();
  await nils.waitForURL(/\/login/);
});
