import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { askForMail, submitPassword } from "./people.ts";
import { demo } from "./settings.ts";

// What is done on a page before its picture is taken.

export const selectUnit = (number: string) => async (page: Page) => {
  await page.getByRole("list", { name: "Units" }).getByRole("link").filter({ hasText: number }).first().click();
  await page.getByRole("complementary", { name: /Unit/ }).waitFor();
};

export const askFor = (email: string) => async (page: Page) => {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByLabel("6-digit code").waitFor();
};

export const sendEmpty = (button: string) => async (page: Page) => {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("alert").first().waitFor();
};

export function follow(...names: RegExp[]) {
  return async (page: Page) => {
    for (const name of names) await followFirst(name)(page);
  };
}

export function followFirst(name: RegExp) {
  return async (page: Page) => {
    const before = page.url();
    await page.getByRole("main").getByRole("link", { name }).first().click();
    await page.waitForURL((url) => url.href !== before);
  };
}

export async function assignToVendor(page: Page): Promise<void> {
  await followFirst(/WO-1006/)(page);
  await page.getByRole("button", { name: "Assign to vendor" }).click();
  await page.getByRole("dialog").waitFor();
}

export async function approveSilently(page: Page): Promise<void> {
  await followFirst(/V-2/)(page);
  await sendEmpty("Approve")(page);
}

export async function oneDriver(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await followFirst(/Dana/)(page);
}

export async function pastedDrivers(page: Page): Promise<void> {
  await page
    .getByLabel("List of drivers")
    .fill("Name,Email,Phone\nLee Ott,lee@northline.test,219-555-0143\nAnn Reyes;(219) 555-0188\nDana Whitfield,dana@northline.test\nSam Cole");
  await page.getByRole("button", { name: "Check the list" }).click();
  await page.getByRole("heading", { name: "Can't be added" }).waitFor();
}

export async function newDriver(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await followFirst(/Add driver/)(page);
}

export async function showQr(page: Page): Promise<void> {
  await page.getByLabel("Where is it?").fill("Gate tablet");
  await page.getByRole("button", { name: "Enroll tablet" }).click();
  await page.getByRole("img", { name: /QR/ }).waitFor();
}

export async function typePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel("Code").fill("5820");
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function byPin(page: Page): Promise<void> {
  await typePin(page, "371956");
  await page.getByRole("button", { name: "Not you?" }).waitFor();
}

export async function wrongPin(page: Page): Promise<void> {
  await typePin(page, "000000");
  await page.getByRole("alert").waitFor();
}

export async function beginFactor(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
}

export async function viewPortal(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await page.getByRole("button", { name: "View as Renee Okafor" }).click();
  await page.getByRole("button", { name: "Stop viewing" }).waitFor();
}

export function typeColor(color: string) {
  return (page: Page) => page.getByLabel("Brand color").fill(color);
}

export async function hideFirstFile(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await page
    .getByRole("link", { name: /^Hide / })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
}

export async function pressContinue(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This link has been used or has expired").waitFor();
}

/** Opens a page that the one shown links to without scripts, such as the plain form behind "Add files". */
export const openAddress = (address: RegExp) => async (page: Page) => {
  const found = address.exec(await (await page.request.get(page.url())).text())?.[0];
  if (!found) throw new Error(`${page.url()} names no ${address.source}`);
  await page.goto(found.replaceAll("&amp;", "&"));
};

export const signedInAs = async (page: Page, path: string, email: string): Promise<Page> => {
  const browser = page.context().browser();
  if (!browser) throw new Error("no browser");
  const other = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage();
  await other.goto(path);
  await submitPassword(other, email);
  return other;
};

/** Two shops add the same person as a contact; signing in then asks for which. Added once, whatever the width and theme. */
export async function twoShops(page: Page): Promise<void> {
  for (const [owner, customer] of [
    ["owner@harbor.test", "Summit Gravel"],
    ["owner@ridge.test", "Lakeshore Produce"],
  ] as const) {
    const staff = await signedInAs(page, "/login", owner);
    await staff.goto("/customers");
    await staff.getByRole("link", { name: customer }).click();
    await staff.getByRole("heading", { name: customer }).waitFor();
    if ((await staff.getByText("mo@both.test").count()) === 0) {
      await staff.getByLabel("Name").fill("Mo Both");
      await staff.getByLabel("Email").fill("mo@both.test");
      await staff.getByRole("button", { name: "Add contact" }).click();
      await staff.getByText("mo@both.test").first().waitFor();
    }
    await staff.context().close();
  }
  const { code } = await askForMail(page, "mo@both.test");
  await page.getByLabel("6-digit code").fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Choose a shop" }).waitFor();
}

/** The owner of the new shop turns a second factor on, once, and is asked for it at the next sign-in. */
export async function askedForFactor(page: Page): Promise<void> {
  if (await page.getByRole("button", { name: "Turn on" }).count()) {
    await beginFactor(page);
    const key = (await page.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replaceAll(" ", "");
    await page.getByLabel("6-digit code").fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
    await page.getByLabel("Your password").fill(demo.password);
    await page.getByRole("button", { name: "Turn on second factor" }).click();
    await page.getByRole("list", { name: "Recovery codes" }).waitFor();
  }
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByLabel("Email").fill("owner@lakeside.test");
  await page.getByLabel("Password").fill(demo.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("6-digit code").waitFor();
}

export function steps(...each: ((page: Page) => Promise<void>)[]) {
  return async (page: Page) => {
    for (const step of each) await step(page);
  };
}

/** Follows a link to a record and opens a page under it. */
export function openUnder(name: RegExp, under: string) {
  return async (page: Page) => {
    await followFirst(name)(page);
    await page.goto(new URL(page.url()).pathname + under);
  };
}

/** The page that hides a file where the dialog's scripts are missing. */
export async function hideOnItsOwnPage(page: Page): Promise<void> {
  await hideFirstFile(page);
  const file = new URL(page.url()).searchParams.get("hide");
  await page.goto(`/files/${file}/hide`);
}
