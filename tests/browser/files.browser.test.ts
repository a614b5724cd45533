import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, eventually, signInByPassword, type Visit } from "./browser.ts";

const MB = 1_048_576;

async function atCustomer(name: string, options: Visit = {}): Promise<Page> {
  const page = await signInByPassword("owner@harbor.test", options);
  await page.goto("/customers");
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { name: "Files" }).waitFor();
  // Only with its code there does the field take several files, and those that are dropped.
  if (options.javaScriptEnabled !== false) await page.locator("input[type=file][multiple]").first().waitFor();
  return page;
}
const tile = (page: Page, name: string) => page.getByRole("list", { name: "Files", exact: true }).getByRole("listitem").filter({ hasText: name });

/** A file of any length, made in the browser: an MP4 by its beginning, chosen by the field or dropped. */
const give = (page: Page, { name, bytes, how }: { name: string; bytes: number; how: "choose" | "drop" }) =>
  page.evaluate(
    ([fileName, length, way]) => {
      const content = new Uint8Array(length);
      for (let at = 0; at < length; at += 997) content[at] = at % 251;
      content.set(new TextEncoder().encode("\0\0\0\x14ftypisom\0\0\x02\0isom"));
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: "video/mp4", lastModified: 1 }));
      const field = document.querySelector<HTMLInputElement>("input[type=file][name=file]");
      if (!field) throw new Error("no file field");
      if (way === "drop") {
        for (const type of ["dragover", "drop"]) field.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      } else {
        field.files = data.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    },
    [name, bytes, how] as const,
  );

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test("files are chosen, dropped, refused in words, opened and hidden with a reason", async () => {
  const page = await atCustomer("Summit Gravel");
  await page.getByText("No files yet").waitFor();
  await page.getByLabel("Add files").setInputFiles([
    { name: "bucket.png", mimeType: "image/png", buffer: PNG },
    { name: "pin.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<!doctype html><script>alert(1)</script>") },
  ]);
  allowErrors(/status of 415/);
  await page
    .getByRole("list", { name: "Uploads" })
    .getByText("pin.jpg is a web page. Upload a photo, PDF, MP4 video, .xlsx, .docx or .csv file instead.")
    .waitFor();
  await page.getByRole("button", { name: "Remove pin.jpg" }).click();
  await tile(page, "bucket.png").waitFor();
  await give(page, { name: "loader.mp4", bytes: 6 * MB, how: "drop" });
  await tile(page, "loader.mp4").waitFor();
  await page.getByText("File added: loader.mp4").waitFor();
  await page.getByRole("status").filter({ hasText: "loader.mp4 uploaded." }).waitFor();

  const [opened] = await Promise.all([page.waitForResponse(/\/files\/att_\w+$/), page.getByRole("link", { name: "Open bucket.png" }).click()]);
  expect(await opened.headerValue("content-type")).toBe("image/png");
  await page.goBack();

  await page.getByRole("link", { name: "Hide bucket.png" }).click();
  const dialog = page.getByRole("dialog");
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Hide file" }).click();
  allowErrors(/status of 422/);
  await page.getByRole("link", { name: "Enter a short reason." }).waitFor();
  await page.getByLabel("Reason").fill("Another machine");
  await page.getByRole("button", { name: "Hide file" }).click();
  await tile(page, "bucket.png").getByText("Another machine").waitFor();
  expect(await page.getByRole("link", { name: "Open hidden bucket.png" }).count()).toBe(1);
  await page.getByText("File hidden: bucket.png").waitFor();
});

test("without scripts a file is added, refused and hidden by plain forms", async () => {
  const page = await atCustomer("Dolton Quarry", { javaScriptEnabled: false });
  await page.getByLabel("Add files").setInputFiles({ name: "scale.png", mimeType: "image/png", buffer: PNG });
  await page.getByRole("button", { name: "Add file", exact: true }).click();
  await tile(page, "scale.png").waitFor();
  await page
    .getByLabel("Add files")
    .setInputFiles({ name: "plan.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") });
  await page.getByRole("button", { name: "Add file", exact: true }).click();
  allowErrors(/status of 415/);
  await page.getByText("plan.svg is an SVG drawing.").waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "Hide scale.png" }).click();
  await page.getByLabel("Reason").fill("Taken twice");
  await page.getByRole("button", { name: "Hide file" }).click();
  await tile(page, "scale.png").getByText("Taken twice").waitFor();
});

test("a video of several parts whose connection is cut, and whose page is closed, goes on where it was", async () => {
  const page = await atCustomer("Northline Freight");
  allowErrors(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  const parts: string[] = [];
  page.on("response", (answer) => {
    const part = /\/parts\/(\d+)$/.exec(answer.url())?.[1];
    if (part && answer.status() === 204) parts.push(part);
  });
  const video = { name: "engine noise.mp4", bytes: 28 * MB, how: "choose" } as const;
  // However slow we are to cut the line, the last parts are not through.
  const letThrough = await holdBack(page, /\/parts\/[4-6]$/);
  await give(page, video);
  await eventually(async () => parts.length >= 2, "two parts");
  await page.context().setOffline(true);
  await letThrough();
  await page
    .getByText(/No connection\. .* of 28 MB sent/)
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const close = await holdBack(page, /\/parts\/[5-6]$/);
  await page.context().setOffline(false);
  await eventually(async () => parts.length >= 4, "more parts after the break");

  await page.reload();
  const begun = page.getByRole("list", { name: "Unfinished files" }).getByRole("listitem");
  await begun.getByText("engine noise.mp4").waitFor();
  parts.length = 0;
  const resumed = page.waitForResponse(/\/uploads\/att_\w+$/);
  await give(page, video);
  const held = ((await (await resumed).json()) as { parts: unknown[] }).parts.length;
  expect(held).toBeGreaterThanOrEqual(4);
  await close();
  await tile(page, "engine noise.mp4").waitFor();
  await page.getByText("28 MB").first().waitFor();
  // What the server had was not sent a second time.
  expect(held + parts.length).toBe(6);
});

test("an upload is canceled, and a broken one is forgotten", async () => {
  const page = await atCustomer("Northline Freight");
  await holdBack(page, /\/parts\/[2-4]$/);
  await give(page, { name: "canceled.mp4", bytes: 20 * MB, how: "choose" });
  await page.getByText(/ of 20 MB/).waitFor();
  const response = page.waitForResponse((answer) => answer.request().method() === "DELETE");
  await page.getByRole("button", { name: "Cancel canceled.mp4" }).click();
  expect((await response).status()).toBe(204);
  await page.getByRole("list", { name: "Uploads" }).waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("heading", { name: "Files" }).waitFor();
  expect(await page.getByText("canceled.mp4").count()).toBe(0);
});

/** The code of the panel of files, which pages load after themselves. */
const PANEL = /\/attachment-panel/;

/** Holds back what the page asks for until it is given. */
async function holdBack(page: Page, files: RegExp): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = [];
  let isGiven = false;
  await page.route(files, (route) => {
    if (isGiven) return route.continue();
    held.push(() => route.continue());
  });
  return async () => {
    isGiven = true;
    await Promise.all(held.map((give) => give()));
  };
}

test("until the code of a part of the page is there, nothing typed is lost, the part itself stays in place, and then sends what was chosen", async () => {
  const page = await atCustomer("Dolton Quarry");
  const give = await holdBack(page, PANEL);
  // Once the page's room is connected the menu reads its counts again, which renders the frame around the part.
  const counted = page.waitForResponse(/\/notices\/count/);
  await page.reload();
  const field = await page.getByLabel("Add files").elementHandle();
  await page.getByLabel("Name").fill("Iris Vance");
  await page.getByLabel("Add files").setInputFiles({ name: "early.png", mimeType: "image/png", buffer: PNG });
  expect(await field?.evaluate((input: HTMLInputElement) => input.multiple)).toBe(false);
  await (await counted).finished();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await give();
  await eventually(
    async () => Boolean(await field?.evaluate((input: HTMLInputElement) => input.isConnected && input.multiple)),
    "the field that was served is live",
  );
  await tile(page, "early.png").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Iris Vance");
});

test("a part whose code never comes is sent as without scripts, and the page around it goes on", async () => {
  const page = await atCustomer("Dolton Quarry");
  allowErrors(/ERR_FAILED/);
  await page.route(PANEL, (route) => route.abort());
  await page.reload();
  await page.getByLabel("Add files").setInputFiles({ name: "gate.png", mimeType: "image/png", buffer: PNG });
  await page.getByRole("button", { name: "Add file", exact: true }).click();
  await tile(page, "gate.png").waitFor();
  await page.getByText("File added: gate.png").waitFor();
});

test("what is typed over words that were there is kept when the page's code comes", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/estimates?show=draft&q=brakes");
  await page.getByRole("link", { name: /^E-/ }).first().click();
  const note = page.getByLabel("Internal note");
  await note.waitFor();
  const give = await holdBack(page, /\/entry\.client/);
  await page.goto(page.url(), { waitUntil: "commit" });
  expect(await note.inputValue()).not.toBe("");
  await note.fill("The drums are on the shelf");
  await give();
  await page.getByText("live", { exact: true }).first().waitFor();
  expect(await note.inputValue()).toBe("The drums are on the shelf");

  // Fields that a sum follows count what was typed before it could.
  const form = await page.getByRole("link", { name: "Edit lines of job 1" }).getAttribute("href");
  const giveForm = await holdBack(page, /\/entry\.client/);
  await page.goto(form ?? "", { waitUntil: "commit" });
  await page.getByLabel("Hours, line 1").fill("1000");
  await page.getByLabel("Price each, line 1").fill("1234.50");
  await page.getByLabel(/^Supplies are charged on line 1$/).uncheck();
  await giveForm();
  await page.getByText("$1,234,500.00").first().waitFor();
  await page.getByLabel("Description, line 1").press("End");
  await page.getByLabel("Description, line 1").pressSequentially(" and more");
  expect(await page.getByLabel("Hours, line 1").inputValue()).toBe("1000");
  expect(await page.getByLabel(/^Supplies are charged on line 1$/).isChecked()).toBe(false);
});
