import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { baseUrl } from "./app.ts";
import { accessibilityFaults, allowErrors, phone, signInByLink, signInByPassword } from "./browser.ts";

/** Holds back what pages read until it is let go. */
async function slowLine(page: Page) {
  const held: Route[] = [];
  let isSlow = false;
  await page.route(/\.data(\?|$)/, (route) => (isSlow ? void held.push(route) : route.continue()));
  return {
    slow() {
      isSlow = true;
    },
    async letGo() {
      isSlow = false;
      for (const route of held.splice(0)) await route.continue();
    },
  };
}

async function loads(page: Page, names: readonly string[]): Promise<void> {
  const line = await slowLine(page);
  // Before its code is there, a page's links open whole pages.
  await page.getByRole("status").filter({ hasText: "live" }).waitFor();
  for (const name of names) {
    line.slow();
    await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /^Loading$/ })
      .waitFor();
    expect(await accessibilityFaults(page), `${name}, while it loads`).toEqual([]);
    await line.letGo();
    await page.getByRole("navigation").locator("[aria-current=page]").filter({ hasText: name }).waitFor();
  }
}

test("a staff page that is loading shows it and is accessible", async () => {
  const page = await signInByPassword("owner@harbor.test", { first: "/fleet" });
  await loads(page, ["Board", "Work orders", "Estimates", "Invoices", "Assets", "Customers", "Settings"]);
});

test("so does a page of the portal, on a phone", async () => {
  const page = await signInByLink("trucks@lakeshore.test", phone);
  await loads(page, ["Estimates", "Invoices"]);
});

test("a page that fails to load shows what is safe and what to do, and is accessible", async () => {
  allowErrors(/status of 503/, /ErrorResponse|Error/);
  const page = await signInByPassword("owner@harbor.test", { ...phone, first: "/fleet" });
  await page.route(/\/customers\.data/, (route) => route.fulfill({ status: 503, body: "" }));
  await page.getByRole("status").filter({ hasText: "live" }).waitFor();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Customers", exact: true }).click();
  await page
    .getByRole("heading", { level: 1 })
    .filter({ hasNotText: /Fleet|Customers/ })
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("the list of routes is nobody's to ask for", async () => {
  for (const path of ["/__manifest", "/__manifest?paths=%2Fsettings%2Fpeople&version=1"]) expect((await fetch(baseUrl() + path)).status, path).toBe(404);
});
