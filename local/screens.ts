import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { matchPath } from "react-router";
import map from "../app/routes.ts";
import { desk, launchBrowser, phone } from "./browser.ts";
import { buildApp } from "./build.ts";
import { corridors, harborStretches } from "./demo/roads.ts";
import { submitLinkSignIn, submitPassword } from "./people.ts";
import { freePort, type Runtime, startRuntime } from "./runtime.ts";
import { type Person, type Screen, screens } from "./screens.pages.ts";
import { addressesOf, routeOf } from "./screens.routes.ts";
import { demo, developmentSecrets } from "./settings.ts";
import { planDrive, readingAt } from "./simulator/drive.ts";
import { osmandUrl } from "./simulator/osmand.ts";
import { stretchPath } from "./simulator/polyline.ts";

// `npm run screens -- board portal`: only pages whose names hold one of the words.

const routes = addressesOf(await map).map(({ route }) => route);
const FOLDER = "screens";
const MINUTE = 60_000;
const widths: Record<string, BrowserContextOptions> = { "390": phone, "1440": desk };
const themes = ["light", "dark"] as const;
const filters = process.argv.slice(2);
const wanted = screens.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));

const { modules } = buildApp({ development: true, report: (what) => process.stdout.write(`  ${what} …\n`) });
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-screens-"));
const running: Runtime[] = [];
const browser = await launchBrowser();
let failed = 0;
try {
  const shop = await start("demo");
  await shop.seed();
  await postDrives(shop.url);
  const cookies = await signInAll(browser, shop.url);
  const unset = wanted.some(({ on }) => on === "unset") ? await start("unset") : null;
  const fresh = wanted.some(({ on }) => on === "new") ? await openShop(browser, await start("new")) : null;
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [width, options] of Object.entries(widths)) {
    for (const colorScheme of themes) {
      for (const screen of wanted) {
        const { baseURL, storageState } =
          screen.on === "unset" && unset
            ? { baseURL: unset.url, storageState: undefined }
            : screen.on === "new" && fresh
              ? fresh
              : { baseURL: shop.url, storageState: screen.as && cookies.get(screen.as) };
        const context = await browser.newContext({
          ...options,
          baseURL,
          colorScheme,
          locale: "en-US",
          timezoneId: "America/Chicago",
          reducedMotion: "reduce",
          storageState,
        });
        context.setDefaultTimeout(15_000);
        const file = path.join(FOLDER, `${screen.name}-${width}-${colorScheme}.png`);
        const fault = await take(context, screen, file).catch((cause) => (cause instanceof Error ? cause.message.split("\n")[0] : String(cause)));
        if (fault) failed += 1;
        process.stdout.write(`${fault ? "FAILED" : "ok    "}  ${file}${fault ? `  ${fault}` : ""}\n`);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  for (const runtime of running) await runtime.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
}
process.stdout.write(`${wanted.length * 4 - failed} pictures in ${FOLDER}/, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function start(name: string): Promise<Runtime> {
  const runtime = await startRuntime({ port: await freePort(), dataDir: path.join(dataDir, name), app: { modules, assets: true } });
  running.push(runtime);
  return runtime;
}

/** Trucks that move, idle and are parked, one last heard of hours ago, and the trail of the first one. */
async function postDrives(baseUrl: string): Promise<void> {
  const now = Date.now();
  for (const [index, device] of demo.trackers.slice(0, 11).entries()) {
    const stretch = harborStretches[index % harborStretches.length];
    if (!stretch) continue;
    const drive = planDrive(stretchPath(stretch), index, corridors.find(({ id }) => id === stretch.corridor)?.rank ?? 1);
    const last = index === 10 ? now - 200 * MINUTE : now;
    const first = index === 0 ? now - 180 * MINUTE : last - 4 * MINUTE;
    for (let at = first; at <= last; at += MINUTE) {
      const answer = await fetch(osmandUrl(baseUrl, demo.ingestKey, device, readingAt(drive, at), at));
      if (!answer.ok) throw new Error(`${device} was answered ${answer.status}: ${await answer.text()}`);
    }
  }
}

type Cookies = Awaited<ReturnType<BrowserContext["storageState"]>>;

async function signInAll(by: Browser, baseURL: string): Promise<Map<Person, Cookies>> {
  const signIns: Record<Person, [signInPath: string, signIn: (page: Page, email: string) => Promise<void>]> = {
    "owner@harbor.test": ["/login", submitPassword],
    "tech@harbor.test": ["/login", submitPassword],
    "fleet@northline.test": ["/portal", submitLinkSignIn],
    "desk@gearworks.test": ["/vendor-portal", submitPassword],
    "service@coolant.test": ["/vendor-portal", submitPassword],
    "dana@northline.test": ["/driver-portal", submitLinkSignIn],
  };
  const cookies = new Map<Person, Cookies>();
  for (const person of new Set(wanted.flatMap(({ as }) => as ?? []))) {
    const [signInPath, signIn] = signIns[person];
    const page = await (await by.newContext({ baseURL })).newPage();
    await page.goto(signInPath);
    await signIn(page, person);
    cookies.set(person, await page.context().storageState());
    await page.context().close();
  }
  return cookies;
}

/** A shop as its owner first sees it. */
async function openShop(by: Browser, { url: baseURL }: Runtime): Promise<{ baseURL: string; storageState: Cookies }> {
  const context = await by.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("/setup");
  const typed = {
    "Set-up code": developmentSecrets.SETUP_CODE,
    "Shop name": "Lakeside Truck Repair",
    "Short name": "lakeside",
    "Your name": "Ines Moreau",
    Email: "owner@lakeside.test",
  };
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text);
  await page.getByLabel("Password").fill(demo.password);
  await page.getByRole("button", { name: "Set up shop" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/setup"));
  if (new URL(page.url()).pathname === "/login") await submitPassword(page, typed.Email);
  const storageState = await context.storageState();
  await context.close();
  return { baseURL, storageState };
}

async function take(context: BrowserContext, screen: Screen, file: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(screen.path, { waitUntil: "networkidle" });
  await screen.prepare?.(page);
  await settle(page);
  const route = routeOf(screen, routes);
  if (!route || !matchPath(route, new URL(page.url()).pathname)) throw new Error(`this is ${page.url()}, not ${route}`);
  await page.screenshot({ path: file, fullPage: true });
}

/** Fonts are there, the map has drawn, nothing is on its way. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.getByText("The map is loading").waitFor({ state: "detached" });
  await page
    .getByRole("status")
    .filter({ hasText: /^Loading$/ })
    .waitFor({ state: "detached" });
  // The map fades its labels and tiles in for a moment after it is ready.
  if (await page.locator("canvas").count()) await page.waitForTimeout(1_200);
}
