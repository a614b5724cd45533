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
  "staff-plan": {},
  "portal-home": { only: "on a phone in the dark", until: (page) => page.getByRole("list", { name: "Units" }).waitFor() },
  "portal-settings": { until: (page) => page.getByRole("list", { name: "Who has access" }).getByText("(you)").waitFor() },
};

async function opened({ as, path, prepare }: Screen, look: Visit): Promise<Page> {
  const page = await openedBy(as, path, look);
  await prepare?.(page);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

async function openedBy(as: Screen["as"], path: string, look: Visit): Promise<Page> {
  if (as === undefined) return visitor(path, look);
  if (as === "owner@harbor.test") return signInByPassword(as, { ...look, first: path });
  if (as !== "fleet@northline.test") throw new Error(`no sign-in is known for ${as}`);
  const page = await signInByLink(as, look);
  if (new URL(page.url()).pathname !== path) await page.goto(path);
  return page;
}

describe.each(Object.entries(views))("%s", (name, look) => {
  test.each(Object.entries(pages).filter(([, { only = name }]) => only === name))("%s can be used by everybody", async (screen, { until }) => {
    const known = screens.find((one) => one.name === screen);
    if (!known) throw new Error(`local/screens.pages.ts knows no ${screen}`);
    const page = await opened(known, look);
    await until?.(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
