import fs from "node:fs";
import path from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { desk, launchBrowser } from "../../local/browser.ts";
import { demo } from "../../local/settings.ts";

export { phone } from "../../local/browser.ts";

const FAILURES = "screens/failures";
const WAIT = 20_000;

let browser: Browser;
let pages: Page[] = [];
let errors: string[] = [];
let allowed: RegExp[] = [];

beforeAll(async () => {
  const app = inject("app");
  if ("fault" in app) throw new Error(`The app could not be started: ${app.fault}`);
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

afterEach(async ({ task }) => {
  const unexpected = errors.filter((line) => !allowed.some((saying) => saying.test(line)));
  if (task.result?.state === "fail" || unexpected.length > 0) await picture(task.fullName ?? task.name);
  const contexts = new Set(pages.map((page) => page.context()));
  [pages, errors, allowed] = [[], [], []];
  for (const context of contexts) await context.close();
  expect(unexpected, "the browser's console showed errors; allowErrors(/…/) permits what belongs to the test").toEqual([]);
});

/** Where the shared app answers. */
export function baseUrl(): string {
  const app = inject("app");
  if ("fault" in app) throw new Error(app.fault);
  return app.baseUrl;
}

/** Permits, in this test, console errors that say so: a refused form's status is one in Chromium. */
export function allowErrors(...saying: RegExp[]): void {
  allowed.push(...saying);
}

/** A person with a browser of their own: nothing is shared with another visitor. */
export async function visitor(path = "/", options: BrowserContextOptions & { at?: string } = {}): Promise<Page> {
  const { at = baseUrl(), ...contextOptions } = options;
  const context = await browser.newContext({ ...desk, baseURL: at, locale: "en-US", timezoneId: "America/Chicago", ...contextOptions });
  context.setDefaultTimeout(WAIT);
  // Without scripts Chromium reports each of the page's own as refused.
  context.on("page", (page) => watch(page, contextOptions.javaScriptEnabled !== false));
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

function watch(page: Page, scripts: boolean): void {
  pages.push(page);
  page.on("pageerror", (cause) => errors.push(`uncaught: ${cause.stack ?? cause.message}`));
  page.on("console", (line) => {
    if (line.type() === "error") errors.push(`${line.text()} (${line.location().url})`);
  });
  // A refused script or style is an error line too, but a worker's is not.
  page.on("requestfailed", (request) => {
    if (scripts && /csp/i.test(request.failure()?.errorText ?? "")) errors.push(`blocked: ${request.url()}`);
  });
}

async function picture(name: string): Promise<void> {
  fs.mkdirSync(FAILURES, { recursive: true });
  const file = name.replace(/[^\w]+/g, "-").slice(-100);
  for (const [at, page] of pages.entries()) {
    if (!page.isClosed()) await page.screenshot({ path: path.join(FAILURES, `${file}-${at + 1}.png`), timeout: 5_000 }).catch(() => {});
  }
}

/** Signs in by the form that people use. Staff and vendors have passwords. */
export async function signInByPassword(email: string, options: BrowserContextOptions & { door?: "/login" | "/vendor-portal/sign-in"; at?: string } = {}): Promise<Page> {
  const { door = "/login", ...rest } = options;
  const page = await visitor(door, rest);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(demo.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !/sign-in|login/.test(url.pathname));
  return page;
}

/** Signs in by the mailed link. Customers and drivers have no passwords. */
export async function signInByLink(email: string, options: BrowserContextOptions & { door?: "/portal" | "/driver-portal"; at?: string } = {}): Promise<Page> {
  const { door = "/portal", ...rest } = options;
  const page = await visitor(door, rest);
  const { link } = await askForMail(page, email);
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => !/sign-in/.test(url.pathname));
  return page;
}

export type Mail = { id: string; to: string; subject: string; text: string; html: string; sentAt: string };

/** Asks for a link at the door that the page shows, and waits for the mail. */
export async function askForMail(page: Page, email: string): Promise<{ link: string; code: string; mail: Mail }> {
  const before = await mailsTo(page, email);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByLabel("6-digit code").waitFor();
  const known = new Set(before.map(({ id }) => id));
  const mail = await eventually(async () => (await mailsTo(page, email)).find(({ id }) => !known.has(id)), `a mail to ${email}`);
  const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(mail.text)?.[0];
  const code = /\b(\d{3} ?\d{3})\b/.exec(mail.text.replace(link ?? "", ""))?.[1];
  if (!link || !code) throw new Error(`no link and code in this mail:\n${mail.text}`);
  return { link, code: code.replace(" ", ""), mail };
}

export async function mailsTo(page: Page, email: string): Promise<Mail[]> {
  const answer = await fetch(new URL(`/dev/mailbox.json?to=${encodeURIComponent(email)}`, new URL(page.url()).origin));
  return (await answer.json()) as Mail[]; // CONTRACT: the mailbox's own shape
}

/** Waits for what another process does. */
export async function eventually<T>(look: () => Promise<T | undefined | null | false>, what: string, within = WAIT): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > until) throw new Error(`waited ${within} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What a screen reader's user would stumble over, by axe's rules for WCAG A and AA. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // By evaluation, since the page's own policy refuses scripts that are not its own.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`);
  });
  return violations;
}
