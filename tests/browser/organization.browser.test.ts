import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, signInByLink, signInByPassword } from "./browser.ts";

const LOGO = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test("a color is refused for contrast, the nearest is taken in one tap, and a logo is shown in the portal", async () => {
  const page = await signInByPassword("owner@ridge.test");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Organization" }).click();
  await page.getByLabel("Brand color").fill("#ffd400");
  await page.getByText("#ffd400 is too light to read.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  allowErrors(/status of 422/);
  await page.getByRole("link", { name: /the nearest one that works/ }).waitFor();
  expect(await page.getByLabel("Brand color").inputValue()).toBe("#ffd400");
  const nearest = page.getByRole("button", { name: /^Use #[0-9a-f]{6} and save$/ });
  const taken = /#[0-9a-f]{6}/.exec(await nearest.innerText())?.[0] ?? "";
  await nearest.click();
  await page.getByText("Portals, sign-in pages and emails show it now.").waitFor();
  await expect.poll(() => page.getByLabel("Brand color").inputValue()).toBe(taken);
  expect(taken).toMatch(/^#[0-9a-f]{6}$/);
  expect(taken).not.toBe("#ffd400");

  await page.getByLabel("Logo", { exact: true }).setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await page.getByRole("button", { name: "Use this logo" }).click();
  allowErrors(/status of 415/);
  await page.getByText("A logo must be a PNG, JPEG or WebP picture.").waitFor();
  await page.getByLabel("Logo", { exact: true }).setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: LOGO });
  await page.getByRole("button", { name: "Use this logo" }).click();
  await page.getByRole("button", { name: "Remove logo" }).waitFor();

  const customer = await signInByLink("trucks@lakeshore.test");
  const logo = customer.getByRole("banner").locator("img");
  await logo.waitFor();
  expect(await logo.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(1);
  expect(await customer.evaluate(() => getComputedStyle(document.querySelector(".branded") ?? document.body).getPropertyValue("--brand-light"))).toBe(taken);
});

test("rates are changed with the example beside them, and who was overtaken loses nothing", async () => {
  const [first, second] = [await signInByPassword("owner@ridge.test"), await signInByPassword("owner@ridge.test")];
  for (const page of [first, second]) await page.goto("/settings/rates");
  const total = (page: typeof first) =>
    page
      .getByRole("row", { name: /^Total/ })
      .getByRole("cell")
      .innerText();
  const before = await total(first);
  await first.getByLabel("Per hour").first().fill("150");
  await first.getByLabel("Parts", { exact: true }).fill("8.25");
  await expect.poll(() => total(first)).not.toBe(before);
  await first.getByRole("button", { name: "Save rates and taxes" }).click();
  await first.getByText("Rates saved. Completed, sent and issued documents keep their old prices.").waitFor();

  await second.getByLabel("Default rate").fill("Bench");
  await second.getByRole("button", { name: "Save rates and taxes" }).click();
  allowErrors(/status of 409/);
  await second.getByText(/Someone else just saved other rates: .*tax on parts 8\.25 %/).waitFor();
  expect(await second.getByLabel("Default rate").inputValue()).toBe("Bench");
  await second.getByRole("button", { name: "Save rates and taxes" }).click();
  await second.getByText("Rates saved.").waitFor();
});
