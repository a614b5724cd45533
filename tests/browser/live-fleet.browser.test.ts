import { expect, test } from "vitest";
import { accessibilityFaults, signInByLink, signInByPassword } from "./browser.ts";
import { assetIdOf, drive, isParkedAt, mapStarted, positionsOnMap } from "./drive.ts";

test("a plain tracker request moves a truck on the shop's map and on its owner's, and on nobody else's", async () => {
  await drive("NL-101", 41.65, -87.48);
  await drive("SG-201", 41.58, -87.3);
  const [staff, northline, summit] = [
    await signInByPassword("owner@harbor.test", { first: "/fleet" }),
    await signInByLink("fleet@northline.test"),
    await signInByLink("ops@summit.test"),
  ];
  const [truck, gravel] = [await assetIdOf(staff, "101"), await assetIdOf(staff, "SG-1")];
  for (const page of [staff, northline, summit]) await mapStarted(page);
  await isParkedAt(staff, truck, 41.65, -87.48);
  await isParkedAt(northline, truck, 41.65, -87.48);
  await isParkedAt(summit, gravel, 41.58, -87.3);
  await staff.evaluate(() => Object.assign(window, { notReloaded: true }));

  await drive("NL-101", 41.66, -87.47, { speed: "30", bearing: "45" });
  await isParkedAt(staff, truck, 41.66, -87.47);
  await isParkedAt(northline, truck, 41.66, -87.47);
  // Summit's own truck moves after it: whatever was on its way to Summit's page has arrived by then.
  await drive("SG-201", 41.59, -87.31);
  await isParkedAt(summit, gravel, 41.59, -87.31);
  await isParkedAt(staff, gravel, 41.59, -87.31);

  expect(Object.keys(await positionsOnMap(summit))).not.toContain(truck);
  expect(Object.keys(await positionsOnMap(northline))).not.toContain(gravel);
  expect(await summit.content()).not.toContain(truck);
  expect(await staff.evaluate(() => "notReloaded" in window)).toBe(true);
  const row = staff
    .getByRole("list", { name: "Units" })
    .getByRole("listitem")
    .filter({ has: staff.getByText("101", { exact: true }) });
  await row.getByText("Moving").waitFor();
});

test("a unit's instruments show meters in the shop's units and faults in words, and change while one looks", async () => {
  await drive("NL-103", 41.6, -87.4, { hours: "3600000", dtcs: "P0217", speed: "0", ignition: "true" });
  const page = await signInByPassword("tech@harbor.test", { first: "/fleet" });
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: /103/ }).click();
  const drawer = page.getByRole("complementary", { name: "Unit 103" });
  // What was read at the shop, until the tracker reports a meter that fits it.
  const odometer = drawer.getByText(/^[\d,]+ mi$/).first();
  const miles = Number((await odometer.textContent())?.replace(/\D/g, ""));
  expect(miles).toBeGreaterThan(1_000);
  await drawer.getByText("1.0 h").waitFor();
  await drawer.getByText("P0217").waitFor();

  await drive("NL-103", 41.601, -87.401, { odometer: String(Math.round((miles + 10) * 1_609.344)), hours: "7200000", dtcs: "", speed: "40" });
  await drawer.getByText(`${(miles + 10).toLocaleString("en-US")} mi`).waitFor();
  await drawer.getByText("2.0 h").waitFor();
  await drawer.getByText("None reported.").waitFor();
});

test("a customer sees where its truck is and no trail of where it was", async () => {
  await drive("NL-104", 41.61, -87.41);
  const page = await signInByLink("fleet@northline.test");
  const truck = await assetIdOf(page, "104");
  const answer = await page.request.get(`/fleet/${truck}/trail`, { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
});

test("the list finds by number and by words, keeps the search in the address, and works without scripts", async () => {
  const page = await signInByPassword("owner@harbor.test", { javaScriptEnabled: false, first: "/fleet" });
  await page.getByRole("searchbox", { name: "Find a unit" }).fill("peterbilt northline");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=peterbilt/);
  expect(await page.getByRole("list", { name: "Units" }).getByRole("listitem").count()).toBe(2);
  await page.goto("/fleet?q=nothing-like-this");
  await page.getByRole("heading", { name: "No unit matches" }).waitFor();
});

test("a unit with a fault can be used by everybody, beside the map", async () => {
  await drive("NL-105", 41.62, -87.42, { dtcs: "P0217" });
  const page = await signInByPassword("owner@harbor.test", { first: "/fleet" });
  await mapStarted(page);
  await page.getByRole("list", { name: "Units" }).getByRole("link", { name: /105/ }).click();
  await page.getByRole("complementary", { name: "Unit 105" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});
