import fs from "node:fs";
import path from "node:path";
import type axe from "axe-core";
import jsQR from "jsqr";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, type RunnerTestCase } from "vitest";
import { desk, launchBrowser } from "../../local/browser.ts";
import { postPassword, submitLinkSignIn } from "../../local/people.ts";
import { baseUrl } from "./app.ts";
import { leave, pageOfItsOwn } from "./contexts.ts";
import { type Cookies, rememberedSignIn } from "./sign-ins.ts";

export { phone } from "../../local/browser.ts";
export { askForMail, eventually, type Mail, mailsTo, submitPassword } from "../../local/people.ts";

const FAILURES = "screens/failures";
const TIMEOUT = 60_000;
const axeScript = fs.readFileSync("node_modules/axe-core/axe.min.js", "utf8");

let browser: Promise<Browser> | undefined;
let pages: Page[] = [];
let errors: string[] = [];
let allowed: RegExp[] = [];

/** One for all files of a process; it ends with the process. */
const theBrowser = (): Promise<Browser> => {
  browser ??= launchBrowser();
  return browser;
};

/** After each test: nothing is left open, and nothing went wrong that the test did not foresee. */
export async function closePages(task: RunnerTestCase): Promise<void> {
  const unexpected = errors.filter((line) => !allowed.some((hasText) => hasText.test(line)));
  if (task.result?.state === "fail" || unexpected.length > 0) await picture(task.fullName ?? task.name);
  const contexts = new Set(pages.map((page) => page.context()));
  [pages, errors, allowed] = [[], [], []];
  const keep = task.result?.state !== "fail" && unexpected.length === 0;
  for (const context of contexts) await leave(context, keep);
  expect(unexpected, "the browser's console showed errors; allowErrors(/…/) permits what belongs to the test").toEqual([]);
}

/** Permits, in this test, console errors that say so: a refused form's status is one in Chromium. */
export function allowErrors(...hasText: RegExp[]): void {
  allowed.push(...hasText);
}

export type Visit = Omit<BrowserContextOptions, "storageState">;

/** A person with a browser of their own: nothing is shared with another visitor. */
export async function visitor(path = "/", options: Visit = {}): Promise<Page> {
  const page = await freshPage(options);
  await page.goto(path);
  return page;
}

async function freshPage(options: Visit, cookies: Cookies = []): Promise<Page> {
  // What is half faded in is no fault of contrast.
  const here: BrowserContextOptions = { baseURL: baseUrl(), locale: "en-US", timezoneId: "America/Chicago", reducedMotion: "reduce" };
  const page = await pageOfItsOwn(await theBrowser(), { ...desk, ...here, ...options }, (context) => {
    context.setDefaultTimeout(TIMEOUT);
    // Without scripts Chromium reports each of the page's own as refused.
    context.on("page", (opened) => watch(opened, options.javaScriptEnabled !== false));
  });
  if (cookies.length > 0) await page.context().addCookies(cookies);
  return page;
}

function watch(page: Page, scripts: boolean): void {
  pages.push(page);
  // Of the test that opened the page, also when its last error comes while the page is closed.
  const found = errors;
  page.on("pageerror", (cause) => found.push(`uncaught: ${cause.stack ?? cause.message}`));
  page.on("console", (line) => {
    if (line.type() === "error") found.push(`${line.text()} (${line.location().url})`);
  });
  // A refused script or style is an error line too, but a worker's is not.
  page.on("requestfailed", (request) => {
    if (scripts && /csp/i.test(request.failure()?.errorText ?? "")) found.push(`blocked: ${request.url()}`);
  });
}

async function picture(name: string): Promise<void> {
  fs.mkdirSync(FAILURES, { recursive: true });
  const file = name.replace(/[^\w]+/g, "-").slice(-100);
  for (const [at, page] of pages.entries()) {
    if (!page.isClosed()) await page.screenshot({ path: path.join(FAILURES, `${file}-${at + 1}.png`), timeout: 5_000 }).catch(() => {});
  }
}

/**
 * A staff or vendor user who signed in before, for tests that need a session. The form is filled in by
 * hand where sign-in itself is tested. The page that is opened is a light one, not the map.
 */
export async function signInByPassword(email: string, options: Visit & { signInPath?: keyof typeof firstPages; first?: string } = {}): Promise<Page> {
  const { signInPath = "/login", first = firstPages[signInPath], ...visit } = options;
  const portal = signInPath === "/login" ? "staff" : "vendor";
  const cookies = await rememberedSignIn(portal, email, async () => {
    const context = await (await theBrowser()).newContext();
    await postPassword(context, baseUrl(), signInPath, email);
    return context;
  });
  const page = await freshPage(visit, cookies);
  await page.goto(first);
  return page;
}

const firstPages = { "/login": "/settings", "/vendor-portal/sign-in": "/vendor-portal" };

/** The same for a customer or a driver, who got a link. */
export async function signInByLink(email: string, options: Visit & { signInPath?: "/portal" | "/driver-portal" } = {}): Promise<Page> {
  const { signInPath = "/portal", ...visit } = options;
  const portal = signInPath === "/portal" ? "customer" : "driver";
  const cookies = await rememberedSignIn(portal, email, async () => {
    const context = await (await theBrowser()).newContext({ baseURL: baseUrl() });
    const page = await context.newPage();
    await page.goto(signInPath);
    await submitLinkSignIn(page, email);
    return context;
  });
  const page = await freshPage(visit, cookies);
  await page.goto(signInPath);
  return page;
}

/**
 * What a screen reader's user would stumble over, by axe's rules for WCAG A and AA. Bars that stay in view while one scrolls
 * are put back in their place for it: what they cover by chance of the scroll is no fault of its size.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await addAxe(page);
  const violations = await page.evaluate(async () => {
    const bars = document.querySelectorAll<HTMLElement>(".sticky");
    for (const bar of bars) bar.style.position = "static";
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    for (const bar of bars) bar.style.removeProperty("position");
    return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`);
  });
  return violations;
}

/**
 * By evaluation, since the page's own policy refuses scripts that are not its own; and by the protocol itself, since
 * Playwright's evaluation of so long a script takes twice the time.
 */
async function addAxe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { exceptionDetails } = await session.send("Runtime.evaluate", { expression: `${axeScript};0` });
  if (exceptionDetails) throw new Error(`axe could not be added: ${exceptionDetails.text}`);
  await session.detach();
}

/**
 * Drags a card to the top of a column. The drag is under way before the page scrolls towards its goal: Playwright's own
 * scrolls first, and then another card lies under the mouse.
 */
export async function dragTo(card: Locator, column: Locator): Promise<void> {
  const { mouse } = card.page();
  await card.hover();
  const box = await card.boundingBox();
  if (!box) throw new Error("there is nothing to drag");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.down();
  await mouse.move(x + 6, y + 6, { steps: 3 });
  await column.evaluate((element) => element.scrollIntoView({ block: "start" }));
  const to = await column.boundingBox();
  if (!to) throw new Error("there is nowhere to drag it to");
  await mouse.move(to.x + 100, Math.max(60, to.y + 60), { steps: 5 });
  await mouse.up();
}

/** What a camera would read off the picture on the screen. */
export async function readQr(picture: Locator): Promise<string | undefined> {
  const { pixels, side } = await picture.evaluate(async (svg) => {
    const drawn = new Image();
    drawn.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await drawn.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 });
    const canvasContext = canvas.getContext("2d");
    canvasContext?.drawImage(drawn, 0, 0, 400, 400);
    return { pixels: [...(canvasContext?.getImageData(0, 0, 400, 400).data ?? [])], side: 400 };
  });
  return jsQR(Uint8ClampedArray.from(pixels), side, side)?.data;
}
