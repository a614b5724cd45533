import type { BrowserContext, Locator, Page } from "playwright-core";
import { launchBrowser, phone } from "../../local/browser.ts";
import { submitLinkSignIn } from "../../local/people.ts";
import { aPhoto } from "../../tests/browser/inspecting.ts";
import { whenQuiet } from "../parts/drive.ts";
import { delay, formatSpread, spreadOf, table } from "../parts/numbers.ts";
import type { AppTarget } from "../parts/targets.ts";
import { SLOWER, slowestAnswer, type Vitals, visit } from "../parts/vitals.ts";

/** A person looks at the screen before each tap; the walk around the unit is not counted. */
const LOOK_MS = 1_000;
/** In the phone's own camera, which the app only opens: the shutter, and "use photo". */
const CAMERA = { taps: 2, ms: 2 * LOOK_MS };
const DRIVER = "dana@northline.test";
/** A unit of the demo that nobody has reported about. */
const UNIT = "105";

type Walk = { taps: number; totalMs: number; appMs: number };
export type TapsResult = { clean: Walk[]; defect: Walk[]; firstLoad: Vitals[]; slowestMs: number[] };

/** Taps and time of an inspection without a defect and of one with a defect and its photo, and how the app opens the first time. */
export async function measureTaps(app: AppTarget, rounds: number, report: (message: string) => void): Promise<TapsResult> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ baseURL: app.server.ready.pageUrl, locale: "en-US", timezoneId: "America/Chicago", ...phone });
    // Nothing is kept for the first load.
    const fresh = await browser.newContext({ baseURL: app.server.ready.pageUrl, locale: "en-US", ...phone, serviceWorkers: "block" });
    for (const one of [context, fresh]) await signIn(one);
    const result: TapsResult = { clean: [], defect: [], firstLoad: [], slowestMs: [] };
    for (let round = 0; round <= rounds; round++) {
      await whenQuiet(app.serving());
      const measured = {
        firstLoad: await visit(fresh, "/driver-portal"),
        clean: await walk(context, false),
        defect: await walk(context, true),
        slowestMs: await slowestAnswer(fresh, "/driver-portal", async (page) => inspect(page, (it) => it.tap(), false)),
      };
      report(JSON.stringify(measured));
      if (round === 0) continue; // it warms the server
      result.firstLoad.push(measured.firstLoad);
      result.clean.push(measured.clean);
      result.defect.push(measured.defect);
      result.slowestMs.push(measured.slowestMs);
    }
    return result;
  } finally {
    await browser.close();
  }
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/driver-portal");
  await submitLinkSignIn(page, DRIVER);
  await page.getByLabel("Unit number").waitFor();
  await page.close();
}

/** Counts what the browser itself takes for taps, from the list of vehicles on. */
async function walk(context: BrowserContext, withDefect: boolean): Promise<Walk> {
  const page = await context.newPage();
  try {
    await page.goto("/driver-portal");
    await page.getByLabel("Unit number").waitFor();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.evaluate(() => {
      const counted = Object.assign(window, { taps: 0 });
      document.addEventListener(
        "click",
        ({ isTrusted, target }) => {
          // A label passes its click on to its choice: one tap.
          const isPassedOn = target instanceof HTMLInputElement && target.type === "radio";
          if (isTrusted && !isPassedOn) counted.taps += 1;
        },
        true,
      );
    });
    let looked = 0;
    const begun = performance.now();
    await inspect(
      page,
      async (it) => {
        await it.waitFor();
        looked += LOOK_MS;
        await delay(LOOK_MS);
        await it.tap();
      },
      withDefect,
    );
    const camera = withDefect ? CAMERA : { taps: 0, ms: 0 };
    const spent = performance.now() - begun;
    const taps = await page.evaluate(() => (window as unknown as { taps: number }).taps);
    return { taps: taps + camera.taps, totalMs: spent + camera.ms, appMs: spent - looked };
  } finally {
    await page.close();
  }
}

type Tap = (it: Locator) => Promise<void>;

async function inspect(page: Page, tap: Tap, withDefect: boolean): Promise<void> {
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const title = () => page.getByRole("heading", { level: 1 }).innerText();
  const goneFrom = (before: string) => page.waitForFunction((shown) => document.querySelector("h1")?.innerText !== shown, before);
  // The list is short in the demo, so the number is typed: one tap more than on a vehicle of today.
  await tap(page.getByLabel("Unit number"));
  await page.keyboard.type(UNIT);
  await tap(button("Find unit"));
  await tap(button("Start inspection"));
  await tap(button("Post-trip"));
  await button("All good").waitFor();
  if (withDefect) {
    await tap(button("Add defect"));
    for (const answer of ["Horn", "Not working", "Can wait for the shop"]) await tap(page.locator("label").filter({ hasText: new RegExp(`^${answer}$`) }));
    const photo = await aPhoto(page, "#345678");
    const chosen = page.waitForEvent("filechooser");
    await tap(button("Add photo"));
    await (await chosen).setFiles({ name: "horn.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    await tap(button("Save defect"));
    const before = await title();
    await tap(button("Next"));
    await goneFrom(before);
  }
  while (await button("All good").isVisible()) {
    const before = await title();
    await tap(button("All good"));
    await goneFrom(before);
  }
  await tap(button(/No defects|Done with/));
  await tap(button("Submit"));
  await page.getByRole("heading", { name: "Submitted" }).waitFor();
}

export const tapsTable = ({ clean, defect, firstLoad, slowestMs }: TapsResult): string => {
  const seconds = (walks: readonly Walk[], pick: (it: Walk) => number) => formatSpread(spreadOf(walks.map((it) => pick(it) / 1_000)));
  const row = (name: string, walks: readonly Walk[]) => [
    name,
    formatSpread(spreadOf(walks.map(({ taps }) => taps))),
    seconds(walks, ({ totalMs }) => totalMs),
    seconds(walks, ({ appMs }) => appMs),
  ];
  const load = (pick: (it: Vitals) => number) => formatSpread(spreadOf(firstLoad.map(pick)));
  return [
    table(
      ["inspection", "taps", "s, with 1 s to look before each tap", "s of it in the app"],
      [row("no defect", clean), row("one defect with a photo", defect)],
    ),
    table(
      ["the app's first load", "LCP ms", "CLS", "scripts kB", "slowest answer to a tap ms"],
      [["signed in", load((it) => it.lcpMs), load((it) => it.shift), load((it) => it.scriptKb), formatSpread(spreadOf(slowestMs))]],
    ),
  ].join("\n\n");
};
