import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { eventually } from "./browser.ts";

/** A picture of its own for each call, so that photos can be told apart by their hash. */
export async function aPhoto(page: Page, color: string): Promise<Buffer> {
  const text = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 480];
    const context = canvas.getContext("2d");
    if (!context) return "";
    context.fillStyle = fill;
    context.fillRect(0, 0, 640, 480);
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  }, color);
  return Buffer.from(text, "base64");
}

/** Goes through every group of the unit on the screen with "All good", up to its meters. */
export async function allGood(page: Page, groups: number): Promise<void> {
  for (let left = groups; left > 0; left--) {
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    await page.getByRole("button", { name: "All good" }).click();
    await page.waitForFunction((before) => document.querySelector("h1")?.innerText !== before, title);
  }
}

/** From the list of vehicles to the first group of parts. What was repaired since the last report is accepted. */
export async function beginInspection(page: Page, unit: string, kind: "Pre-trip" | "Post-trip" = "Post-trip"): Promise<void> {
  await page.getByLabel("Unit number").fill(unit);
  await page.getByRole("button", { name: "Find unit" }).click();
  await page.getByRole("button", { name: "Start inspection" }).click();
  await page.getByRole("button", { name: kind }).click();
  const next = page.getByRole("button", { name: "Next" });
  await page.getByRole("button", { name: "All good" }).or(next).first().waitFor();
  const isReview = await page.getByRole("heading", { name: /Repairs since the last report|Do not operate/, level: 1 }).isVisible();
  if (!isReview) return;
  for (const accept of await page.getByRole("button", { name: "Accept repair" }).all()) await accept.click();
  await next.click();
  await page.getByRole("button", { name: "All good" }).waitFor();
}

type KeptDraft = { trailer?: string | null; signing?: { name: string; path: string }; units: { inHand: { photos: unknown[] } | null }[] };

/** Waits until the phone keeps a draft like this. */
export const draftIsKept = (page: Page, isIt: (draft: KeptDraft) => boolean): Promise<true> =>
  eventually(async () => (await keptOnPhone<KeptDraft>(page, "drafts")).some(isIt), "the draft on the phone");

/** What the driver's app keeps on this phone in one of its stores. */
export const keptOnPhone = <T>(page: Page, store: "drafts" | "kept"): Promise<T[]> =>
  page.evaluate(
    (name) =>
      new Promise<T[]>((resolve, reject) => {
        const opening = indexedDB.open("baytrack-driver");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction(name).objectStore(name).getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
          opening.result.close();
        };
      }),
    store,
  );

type Defect = {
  part: string;
  problem: string;
  severity: "Not safe to drive" | "Can wait for the shop";
  photos?: readonly Buffer[] /** The phone closes the page while the form is open. */;
  isInterrupted?: boolean;
};

/** Adds a defect to the group on the screen, and goes on. */
export async function addDefect(page: Page, { part, problem, severity, photos = [], isInterrupted = false }: Defect): Promise<void> {
  await page.getByRole("button", { name: "Add defect" }).click();
  for (const answer of [part, problem, severity]) await page.getByRole("radio", { name: answer, exact: true }).check();
  if (photos.length > 0) {
    await page.locator("input[accept^='image']").setInputFiles(photos.map((buffer, at) => ({ name: `${at}.jpg`, mimeType: "image/jpeg", buffer })));
    await page.getByRole("img", { name: `Photo ${photos.length}` }).waitFor();
  }
  if (isInterrupted) {
    await draftIsKept(page, ({ units }) => units.some(({ inHand }) => inHand?.photos.length === photos.length));
    await page.goto("about:blank");
    await page.goBack();
    for (const answer of [part, problem, severity]) await page.getByRole("radio", { name: answer, exact: true, checked: true }).waitFor();
    if (photos.length > 0) await page.getByRole("img", { name: `Photo ${photos.length}` }).waitFor();
  }
  await page.getByRole("button", { name: "Save defect" }).click();
  await page.getByRole("button", { name: "Next" }).click();
}

/** The end of an inspection of one unit: meters are left as they are. */
export async function finishAndSign(page: Page): Promise<void> {
  await page.getByRole("button", { name: /No defects|Done with/ }).click();
  await page.getByRole("button", { name: "Submit" }).click();
}

/** The photos that wait on the phone, as hex SHA-256 of what is stored there. */
export async function keptPhotos(page: Page): Promise<string[]> {
  const contents = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("baytrack-driver");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const photos = await new Promise<{ content: Blob }[]>((resolve, reject) => {
      const reading = db.transaction("photos").objectStore("photos").getAll();
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    });
    db.close();
    return Promise.all(photos.map(async ({ content }) => [...new Uint8Array(await content.arrayBuffer())]));
  });
  return contents.map((bytes) => createHash("sha256").update(Uint8Array.from(bytes)).digest("hex")).sort();
}

/** Waits until the phone keeps the app, so that it opens without signal. */
export async function appIsKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== "activated") await new Promise((resolve) => active?.addEventListener("statechange", resolve));
  });
}
