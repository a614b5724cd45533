import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type Screen, screens } from "../../local/screens.pages.ts";
import { accessibilityFaults, phone, signInByLink, signInByPassword, type Visit, visitor } from "./browser.ts";

// Each page as it is opened. What a page is only on the way (a dialog, a refused form, an answer) is looked at where it comes about.

const views = { "at a desk": {}, "on a phone in the dark": { ...phone, colorScheme: "dark" } } satisfies Record<string, Visit>;
type Look = keyof typeof views;

const live = (page: Page) => page.getByRole("status").filter({ hasText: "live" }).waitFor();
/** By the names of local/screens.pages.ts, with what must be there before it is looked at. */
const pages: Record<string, { only?: Look; until?(page: Page): Promise<void> }> = {
  login: {},
  "portal-sign-in": {},
  "vendor-sign-in": {},
  "driver-sign-in": {},
  "forgot-password": {},
  "staff-fleet": { only: "at a desk", until: (page) => page.getByText("The map is loading").waitFor({ state: "detached" }) },
  "staff-board": { until: live },
  "staff-customers": {},
  "staff-customer": { until: (page) => page.getByText("104 front damage.png").first().waitFor() },
  "staff-driver": {},
  "staff-settings": {},
  "staff-organization": {},
  "staff-organization-logo": {},
  "staff-rates": {},
  "staff-people": {},
  "staff-vendors": {},
  "staff-vendor": {},
  "staff-devices": {},
  "staff-tablets": {},
  "staff-sign-ins": {},
  "staff-sign-in-rules": {},
  "staff-payments": {},
  "staff-plan": {},
  "portal-home": { only: "on a phone in the dark", until: (page) => page.getByRole("list", { name: "Units" }).waitFor() },
  "portal-settings": { until: (page) => page.getByRole("list", { name: "Who has access" }).getByText("(you)").waitFor() },
};

/** Who opens which of the pages, in one tab: a fresh browser for each page takes as long as axe does. */
const visits: { who: string; screens: Screen[]; open(look: Visit): Promise<Page> }[] = [
  { who: "nobody", screens: screensOf(undefined), open: (look) => visitor("/login", look) },
  { who: "the owner", screens: screensOf("owner@harbor.test"), open: (look) => signInByPassword("owner@harbor.test", look) },
  { who: "a customer", screens: screensOf("fleet@northline.test"), open: (look) => signInByLink("fleet@northline.test", look) },
];

function screensOf(person: Screen["as"]): Screen[] {
  return screens.filter(({ name, as }) => name in pages && as === person);
}

describe.each(Object.entries(views))("%s", (name, look) => {
  test.each(visits)("the pages of $who can be used by everybody", async ({ screens: all, open }) => {
    const page = await open(look);
    for (const screen of all.filter((one) => (pages[one.name]?.only ?? name) === name)) {
      await page.goto(screen.path);
      await screen.prepare?.(page);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await pages[screen.name]?.until?.(page);
      expect.soft(await accessibilityFaults(page), screen.name).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${screen.name} fits`).toBe(true);
    }
  });
});

test("every page named here is one of them, and is opened", () => {
  expect(visits.flatMap(({ screens: all }) => all.map(({ name }) => name)).sort()).toEqual(Object.keys(pages).sort());
});
