import { expect, test } from "vitest";
import { allowErrors, askForMail, phone, submitPassword, visitor } from "./browser.ts";

const REFUSED = /status of 401/;

test("staff sign in with a password and see what waits", async () => {
  const page = await visitor("/login");
  await submitPassword(page, "owner@harbor.test");
  await page.getByRole("heading", { name: "Today" }).waitFor();
  await page.getByRole("link", { name: "Fleet" }).first().waitFor();

  // What the build named by its content is asked for once, and what keeps its name is asked for again.
  const named = await page.locator("link[rel=modulepreload]").first().getAttribute("href");
  const cacheControl = async (path: string) => (await page.request.get(path)).headers()["cache-control"];
  expect(named).toMatch(/^\/assets\/[\w.-]+-[\w-]{8}\.js$/);
  expect(await cacheControl(named ?? "")).toBe("public, max-age=31536000, immutable");
  expect(await cacheControl("/driver-sw.js")).toBe("public, max-age=0, must-revalidate");
});

test("a wrong password is refused in words, and the address stays typed", async () => {
  allowErrors(REFUSED);
  const page = await visitor("/login");
  await page.getByLabel("Email").fill("owner@harbor.test");
  await page.getByLabel("Password").fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("don't match, or you can't sign in here").waitFor();
  expect(await page.getByLabel("Email").inputValue()).toBe("owner@harbor.test");
  expect(new URL(page.url()).pathname).toBe("/login");
});

test("a customer comes in by the mailed link, once", async () => {
  const page = await visitor("/portal");
  const { link } = await askForMail(page, "trucks@lakeshore.test");
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/portal");
  await page
    .getByRole("button", { name: "Sign out" })
    .or(page.getByRole("link", { name: "Sign out" }))
    .first()
    .waitFor({ state: "attached" });

  allowErrors(REFUSED);
  const another = await visitor(link);
  await another.getByRole("button", { name: "Continue" }).click();
  await another.getByText(/Sign-in links work once/).waitFor();
  expect((await another.goto("/portal"))?.url()).toContain("sign-in");
});

test("a customer comes in by the code of the mail", async () => {
  const page = await visitor("/portal", phone);
  const { code } = await askForMail(page, "ops@summit.test");
  await page.getByLabel("6-digit code").fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/portal");
});
