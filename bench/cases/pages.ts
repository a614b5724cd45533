import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { desk, launchBrowser, phone } from "../../local/browser.ts";
import { postPassword, submitLinkSignIn } from "../../local/people.ts";
import { whenQuiet } from "../parts/drive.ts";
import { driver } from "../parts/fleet.ts";
import { delay, formatSpread, spreadOf, table } from "../parts/numbers.ts";
import type { AppTarget } from "../parts/targets.ts";
import { slowestAnswer, type Vitals, visit } from "../parts/vitals.ts";

type Who = "owner@harbor.test" | "fleet@northline.test" | "desk@gearworks.test";
type Contexts = Record<Who, BrowserContext>;

/** What is opened most, by those who open it. Records are found by their list's first link that fits. */
const pages: readonly { name: string; who: Who; path: string; first?: RegExp }[] = [
  { name: "fleet, 1,000 units", who: "owner@harbor.test", path: "/fleet" },
  { name: "board", who: "owner@harbor.test", path: "/board" },
  { name: "work orders", who: "owner@harbor.test", path: "/work-orders" },
  { name: "work order", who: "owner@harbor.test", path: "/work-orders?q=1006", first: /WO-1006/ },
  { name: "invoice", who: "owner@harbor.test", path: "/invoices", first: /INV-/ },
  { name: "customer", who: "owner@harbor.test", path: "/customers?q=northline", first: /Northline Freight/ },
  { name: "portal", who: "fleet@northline.test", path: "/portal" },
  { name: "estimate to decide", who: "fleet@northline.test", path: "/portal/estimates", first: /E-/ },
  { name: "vendor's jobs", who: "desk@gearworks.test", path: "/vendor-portal" },
];

const pressKey = async (page: Page, key: string, times: number) => {
  for (let at = 0; at < times; at++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
};

/** What hands do on the pages where they do most, while 200 positions a second come in. */
const actions: readonly { name: string; path: string; run(page: Page): Promise<void> }[] = [
  {
    name: "board: choose a card, open and close its moves, move it, find",
    path: "/board",
    async run(page) {
      const card = page.getByRole("region", { name: "In progress", exact: true }).getByRole("article").first();
      await card.getByText("Move to").click();
      await card.getByText("Move to").click();
      await card.focus();
      await pressKey(page, "ArrowDown", 3);
      await pressKey(page, "Shift+ArrowLeft", 1);
      await page.getByLabel("Find on the board").click();
      await page.keyboard.type("clutch", { delay: 80 });
    },
  },
  {
    name: "fleet's list of 1,000: find a unit, open it, close it",
    path: "/fleet",
    async run(page) {
      const list = page.getByRole("list", { name: "Units" });
      await page.getByRole("main").getByRole("searchbox").click();
      await page.keyboard.type("501", { delay: 120 });
      await list.getByRole("link").first().click();
      await page.getByRole("complementary", { name: /Unit/ }).waitFor();
      await pressKey(page, "Escape", 1);
    },
  },
];

export type PagesResult = {
  visits: { name: string; rounds: Vitals[] }[];
  answers: { name: string; rounds: number[] }[];
};

/** How soon a page is drawn on a slow phone, whether its layout shifts afterwards, and how soon it answers a tap. */
export async function measurePages(app: AppTarget, rounds: number, report: (message: string) => void): Promise<PagesResult> {
  const browser = await launchBrowser();
  try {
    const at = app.server.ready.pageUrl;
    const contexts = await everybody(browser, at);
    const visits: PagesResult["visits"] = [];
    for (const { name, who, path, first } of pages) {
      const found = first ? await linkOn(contexts[who], path, first) : path;
      const measured: Vitals[] = [];
      for (let round = 0; round <= rounds; round++) {
        await whenQuiet(app.serving());
        const vitals = await visit(contexts[who], found);
        if (round > 0) measured.push(vitals); // the first warms the server
        report(`${name}: ${JSON.stringify(vitals)}`);
      }
      visits.push({ name, rounds: measured });
    }
    return { visits, answers: await answersAmidTraffic(app, await atDesk(browser, at), rounds, report) };
  } finally {
    await browser.close();
  }
}

async function answersAmidTraffic(app: AppTarget, context: BrowserContext, rounds: number, report: (message: string) => void): Promise<PagesResult["answers"]> {
  const next = driver();
  let [at, isOver] = [0, false];
  const traffic = (async () => {
    while (!isOver) {
      await app.post(Array.from({ length: 50 }, () => next(at++ % app.fleet.vehicles)));
      await delay(250);
    }
  })();
  const answers: PagesResult["answers"] = [];
  try {
    for (const { name, path, run } of actions) {
      const measured: number[] = [];
      for (let round = 0; round < rounds; round++) {
        measured.push(await slowestAnswer(context, path, run));
        report(`${name}: ${measured.at(-1)} ms`);
      }
      answers.push({ name, rounds: measured });
    }
  } finally {
    isOver = true;
    await traffic;
  }
  return answers;
}

const visitor = (browser: Browser, at: string, device: BrowserContextOptions) =>
  browser.newContext({ baseURL: at, locale: "en-US", timezoneId: "America/Chicago", ...device });

async function byPassword(browser: Browser, at: string, device: BrowserContextOptions, email: Who, signInPath = "/login"): Promise<BrowserContext> {
  const context = await visitor(browser, at, device);
  await postPassword(context, at, signInPath, email);
  return context;
}

async function everybody(browser: Browser, at: string): Promise<Contexts> {
  const customer = await visitor(browser, at, phone);
  const page = await customer.newPage();
  await page.goto("/portal");
  await submitLinkSignIn(page, "fleet@northline.test");
  await page.close();
  return {
    "owner@harbor.test": await byPassword(browser, at, phone, "owner@harbor.test"),
    "fleet@northline.test": customer,
    "desk@gearworks.test": await byPassword(browser, at, phone, "desk@gearworks.test", "/vendor-portal/sign-in"),
  };
}

async function atDesk(browser: Browser, at: string): Promise<BrowserContext> {
  const context = await byPassword(browser, at, desk, "owner@harbor.test");
  // Without a graphics card the map is drawn by the processor, and would be all that is measured.
  await context.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  return context;
}

async function linkOn(context: BrowserContext, path: string, name: RegExp): Promise<string> {
  const page = await context.newPage();
  await page.goto(path);
  const href = await page.getByRole("main").getByRole("link", { name }).first().getAttribute("href");
  await page.close();
  if (!href) throw new Error(`no link ${name} on ${path}`);
  return href;
}

export const pagesTable = ({ visits, answers }: PagesResult): string =>
  [
    table(
      ["page", "LCP ms", "CLS", "scripts kB"],
      visits.map(({ name, rounds }) => {
        const of = (pick: (it: Vitals) => number) => formatSpread(spreadOf(rounds.map(pick)));
        return [name, of((it) => it.lcpMs), of((it) => it.shift), of((it) => it.scriptKb)];
      }),
    ),
    table(
      ["hands on the page, 200 positions/s coming in", "slowest answer ms"],
      answers.map(({ name, rounds }) => [name, formatSpread(spreadOf(rounds))]),
    ),
  ].join("\n\n");
