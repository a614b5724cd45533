import type { BrowserContext, Page } from "playwright-core";

/** What a person feels of a page, as the browser measures it. Times in ms; the shift has no unit. */
export type Vitals = { lcpMs: number; shift: number; scriptKb: number };

/** A phone of the middle class on a slow mobile line: what Lighthouse's mobile run assumes, here really slowed and not reckoned. */
const slowLine = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };
export const SLOWER = 4;

/** A visit with an empty cache, and what comes in the 2.5 s after the load. */
export async function visit(context: BrowserContext, path: string): Promise<Vitals> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watchLoading);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    await devtools.send("Network.emulateNetworkConditions", slowLine);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(path, { waitUntil: "load", timeout: 60_000 });
    await page.waitForTimeout(2_500);
    return await page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals);
  } finally {
    await page.close();
  }
}

/** Runs in the page. A part that moved within half a second of a tap is wanted, and not counted. */
function watchLoading(): void {
  const vitals = { lcpMs: 0, shift: 0, scriptKb: 0 };
  Object.assign(window, { vitals });
  const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("largest-contentful-paint", ({ startTime }) => {
    vitals.lcpMs = startTime;
  });
  observe("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) vitals.shift += value;
  });
  observe("resource", (entry) => {
    const { initiatorType, name, encodedBodySize } = entry as PerformanceResourceTiming;
    if (initiatorType === "script" || /\.js$/.test(name)) vitals.scriptKb += encodedBodySize / 1_000;
  });
}

/** The slowest answer to a tap or key, from the touch to the next picture; browsers tell it in steps of 8 ms. */
export async function slowestAnswer(context: BrowserContext, path: string, command: (page: Page) => Promise<void>): Promise<number> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watchAnswers);
    await page.goto(path, { waitUntil: "networkidle", timeout: 60_000 });
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.evaluate(() => Object.assign(window, { slowest: 0 }));
    await command(page);
    await page.waitForTimeout(1_000);
    return await page.evaluate(() => (window as unknown as { slowest: number }).slowest);
  } finally {
    await page.close();
  }
}

function watchAnswers(): void {
  const seen = window as unknown as { slowest: number };
  seen.slowest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
      if (entry.interactionId) seen.slowest = Math.max(seen.slowest, entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}
