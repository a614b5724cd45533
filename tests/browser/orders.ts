import type { Page } from "playwright-core";

/** Opens a work order by the form, for a unit that is found by its number. */
export async function openOrder(page: Page, unit: string, complaint: string): Promise<void> {
  await page.goto(`/work-orders/new?q=${unit}`);
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: unit }).click();
  await page.getByLabel("What's wrong").fill(complaint);
  await page.getByRole("button", { name: "Open work order" }).click();
  await page.waitForURL(/\/work-orders\/wo_/);
}

/** A line as it is typed. A job's form begins with one row for labor and two for parts. */
export type TypedLine = { text: string; each?: string; hours?: string; cost?: string };

/** Fills in rows of the job's form on the page, beginning with the first or the one named. */
export async function fillLines(page: Page, lines: readonly TypedLine[], first = 1): Promise<void> {
  for (const [at, { text, each, hours, cost }] of lines.entries()) {
    const field = (name: string) => page.getByLabel(`${name}, line ${first + at}`);
    await field("Description").fill(text);
    if (hours !== undefined) await field("Hours").fill(hours);
    if (each !== undefined) await field("Price each").fill(each);
    if (cost !== undefined) await field("Cost each").fill(cost);
  }
}
