import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demo } from "../../local/settings.ts";
import { accessibilityFaults, allowErrors, eventually, mailsTo, phone, signInByLink, signInByPassword, visitor } from "./browser.ts";

/** A technician of the test's own: what is switched on for an account stays on for the tests after. */
async function invitedPerson(email: string): Promise<{ page: Page; password: string }> {
  const owner = await signInByPassword("owner@harbor.test");
  await owner.goto("/settings/people");
  await owner.getByLabel("Name").fill("Mila Brandt");
  await owner.getByLabel("Email").fill(email);
  await owner.getByRole("button", { name: "Send invitation" }).click();
  await owner.getByText(`Invitation sent to ${email}`).waitFor();
  const mail = await eventually(async () => (await mailsTo(owner, email))[0], "the invitation");
  const page = await visitor(/https?:\/\/\S+\/set-password\/\S+/.exec(mail.text)?.[0]);
  await page.getByLabel("New password").fill("spare wheel under the bed");
  await page.getByRole("button", { name: "Save password" }).click();
  await page.getByRole("heading", { name: "Today" }).waitFor();
  return { page, password: "spare wheel under the bed" };
}

async function atTheQuestion(email: string, password: string, options = {}): Promise<Page> {
  const page = await visitor("/login?to=%2Fboard", options);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("6-digit code").waitFor();
  return page;
}

test("somebody of the staff switches a second factor on, signs in with it, and with a recovery code when the phone is lost", async () => {
  allowErrors(/status of 4(01|22)/);
  const { page, password } = await invitedPerson("mila@harbor.test");
  await page.goto("/settings");
  await page.getByRole("link", { name: /Sign-in and security/ }).click();
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const key = (await page.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replaceAll(" ", "");
  const app = new TOTP({ secret: Secret.fromBase32(key) });
  await page.getByLabel("6-digit code").fill("000000");
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Turn on second factor" }).click();
  await page.getByText("Enter the code that the app shows now").last().waitFor();
  await page.getByLabel("6-digit code").fill(app.generate());
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Turn on second factor" }).click();
  const recoveryCodes = page.getByRole("list", { name: "Recovery codes" });
  await recoveryCodes.waitFor();
  const codes = await recoveryCodes.getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(8);
  expect(await accessibilityFaults(page)).toEqual([]);

  const again = await atTheQuestion("mila@harbor.test", password);
  expect(await accessibilityFaults(again)).toEqual([]);
  // The step before was spent on switching on; the next one is taken half a minute early.
  await again.getByLabel("6-digit code").fill(app.generate({ timestamp: Date.now() + 30_000 }));
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.waitForURL("**/board");

  const lost = await atTheQuestion("mila@harbor.test", password, { ...phone, javaScriptEnabled: false });
  await lost.getByRole("link", { name: "Use a recovery code" }).click();
  await lost.getByLabel("Recovery code").fill("wrong-wrong");
  await lost.getByRole("button", { name: "Sign in" }).click();
  await lost.getByText("That code didn't work").waitFor();
  await lost.getByLabel("Recovery code").fill(codes[0]?.toUpperCase() ?? "");
  await lost.getByRole("button", { name: "Sign in" }).click();
  await lost.waitForURL("**/board");

  await again.goto("/settings/sign-ins");
  await again.getByText("You have 7 recovery codes left.").waitFor();
  await again.getByLabel(/Code from the app/).fill(codes[1] ?? "");
  await again.getByRole("button", { name: "Turn off" }).click();
  await again.getByText("Second factor turned off").waitFor();
});

test("staff view a portal as a contact, can change nothing, and come back; the customer's activity shows it", async () => {
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/customers");
  await staff.getByRole("link", { name: "Northline Freight" }).click();
  await staff.getByRole("button", { name: "View as Renee Okafor" }).click();
  await staff.waitForURL("**/portal");
  const banner = staff.getByRole("complementary", { name: "Viewing" });
  await banner.getByText("You're viewing as Renee Okafor of Northline Freight. Changes are off.").waitFor();
  await staff.getByRole("status").filter({ hasText: "live" }).waitFor();
  expect(await accessibilityFaults(staff)).toEqual([]);
  await staff.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
  await staff.getByRole("link", { name: "Active sessions" }).click();
  await staff.getByRole("heading", { name: "Active sessions" }).waitFor();
  await banner.waitFor();
  await staff.getByRole("button", { name: "Stop viewing" }).click();
  await staff.getByRole("heading", { name: "Northline Freight" }).waitFor();
  await staff.getByText("Viewed the portal as fleet@northline.test").waitFor();
  await staff.getByText("Stopped viewing as fleet@northline.test").waitFor();
  await staff.goto("/portal");
  await staff.waitForURL(/sign-in/);

  const own = await signInByLink("fleet@northline.test");
  await own.getByRole("list", { name: "Units" }).waitFor();
  expect(await own.getByRole("complementary", { name: "Viewing" }).count()).toBe(0);
});

test("a vendor's live page is shown out when its portal is switched off, and comes in again when it is on", async () => {
  allowErrors(/status of 401/, /WebSocket/);
  // No other journey goes to this vendor.
  const vendor = await signInByPassword("shop@dunes.test", { signInPath: "/vendor-portal/sign-in" });
  await vendor.getByRole("heading", { name: "Pending", exact: true }).waitFor();
  await vendor.getByRole("status").filter({ hasText: "live" }).waitFor();
  const staff = await signInByPassword("owner@ridge.test");
  await staff.goto("/settings/vendors");
  await staff.getByRole("link", { name: /Dunes/ }).click();
  await staff.getByRole("switch", { name: "Portal access" }).uncheck();
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("Portal off").waitFor();
  await vendor.waitForURL(/sign-in/);
  await staff.getByRole("switch", { name: "Portal access" }).check();
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("Portal on").waitFor();
  await vendor.getByLabel("Email").fill("shop@dunes.test");
  await vendor.getByLabel("Password").fill(demo.password);
  await vendor.getByRole("button", { name: "Sign in" }).click();
  await vendor.getByRole("heading", { name: "Pending", exact: true }).waitFor();
});

test("a contact's rights are set in plain words", async () => {
  allowErrors(/status of 422/);
  const staff = await signInByPassword("owner@harbor.test");
  await staff.goto("/customers");
  await staff.getByRole("link", { name: "Summit Gravel" }).click();
  await staff.getByLabel("Name").fill("Theo Lund");
  await staff.getByLabel("Email").fill("theo@summit.test");
  await staff.getByRole("button", { name: "Add contact" }).click();
  await staff.getByRole("link", { name: "Theo Lund" }).click();
  await staff.getByRole("switch", { name: "Decide on estimates" }).check();
  await staff.getByLabel("Can approve up to").fill("much");
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("Enter an amount such as 500").first().waitFor();
  await staff.getByLabel("Can approve up to").fill("500");
  await staff.getByRole("button", { name: "Save" }).click();
  await staff.getByText("The change applies right away").waitFor();
  expect(await accessibilityFaults(staff)).toEqual([]);
  await staff.getByRole("link", { name: "Summit Gravel" }).click();
  await staff.getByText("See documents · Decide on estimates up to $500.00").waitFor();
});
