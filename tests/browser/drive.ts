import type { Page } from "playwright-core";
import { demo } from "../../local/settings.ts";
import { baseUrl } from "./app.ts";
import { eventually } from "./browser.ts";

/** Posts a position as a tracker does: one plain GET. */
export async function drive(device: string, latitude: number, longitude: number, more: Record<string, string> = {}): Promise<void> {
  const query = new URLSearchParams({ id: device, lat: String(latitude), lon: String(longitude), timestamp: String(Date.now()), ...more });
  const answer = await fetch(`${baseUrl()}/api/telematics/osmand/${demo.ingestKey}?${query}`);
  if (answer.status !== 200) throw new Error(`the tracker was answered ${answer.status}: ${await answer.text()}`);
}

type Positions = Record<string, [longitude: number, latitude: number]>;

/** Where the map itself holds the units; empty until it has started. */
export const positionsOnMap = (page: Page): Promise<Positions> =>
  page.evaluate(() => (window as unknown as { __fleetMap?: { positions(): Positions } }).__fleetMap?.positions() ?? {});

export async function mapStarted(page: Page): Promise<void> {
  await eventually(() => page.evaluate(() => "__fleetMap" in window), "the map");
  await page.getByText("The map is loading").waitFor({ state: "detached" });
}

/** Waits until this page's map shows a unit where it was driven to. */
export const isParkedAt = (page: Page, assetId: string, latitude: number, longitude: number) =>
  eventually(async () => {
    const at = (await positionsOnMap(page))[assetId];
    return at !== undefined && Math.abs(at[0] - longitude) < 1e-5 && Math.abs(at[1] - latitude) < 1e-5;
  }, `unit ${assetId} at ${latitude}, ${longitude}`);

/** The id behind a unit's row in the list. */
export async function assetIdOf(page: Page, unitNumber: string): Promise<string> {
  const row = page
    .getByRole("list", { name: "Units" })
    .getByRole("listitem")
    .filter({ has: page.getByText(unitNumber, { exact: true }) });
  const href = await row.getByRole("link").getAttribute("href");
  const id = new URLSearchParams(href?.slice(href.indexOf("?"))).get("unit");
  if (!id) throw new Error(`unit ${unitNumber} is not in the list`);
  return id;
}
