import type { Page } from "playwright-core";

type Counter = { clicks(): Promise<number> };

/** Counts what is pressed on the page from here on, by mouse or finger, from page to page. Typing is not counted. */
export async function countClicks(page: Page): Promise<Counter> {
  const listen = () => {
    const counting = globalThis as { countsClicks?: boolean };
    if (counting.countsClicks) return;
    counting.countsClicks = true;
    addEventListener("pointerdown", () => sessionStorage.setItem("clicks", String(Number(sessionStorage.getItem("clicks")) + 1)), true);
  };
  await page.addInitScript(listen);
  await page.evaluate(listen);
  await page.evaluate(() => sessionStorage.setItem("clicks", "0"));
  return { clicks: async () => Number(await page.evaluate(() => sessionStorage.getItem("clicks"))) };
}
