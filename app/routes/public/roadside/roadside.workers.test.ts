import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, HOUR } from "~/kernel/time";
import { certifyDefects } from "~/modules/inspections/defects/certify-defects.server";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { endRoadsidePage, openRoadsidePage } from "~/modules/inspections/roadside/change-roadside.server";
import { readRoadsidePages } from "~/modules/inspections/roadside/roadside.read.server";
import { roadsideToken } from "~/modules/inspections/roadside/roadside-token.server";
import { createWorld } from "../../../../tests/world/world";
import { roadsideAnswer } from "./answer.server";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const driver = await shop.driver({ customer });
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const id = newId("roadside");
  expect((await openRoadsidePage(staff, { id, assetId: asset, period: "1d" })).ok).toBe(true);
  const { linkKey } = world.context.platform.settings;
  const tokens = async () =>
    ((await readRoadsidePages(staff.db, asset, world.clock.now()))?.pages ?? []).map((page) =>
      roadsideToken(linkKey, { organizationId: shop.id, id: page.id }),
    );
  const [token = expect.fail("no page")] = await tokens();
  const open = async () => {
    const answer = await roadsideAnswer(world.context, new Request("http://test/roadside"), token);
    return { status: answer.status, headers: answer.headers, text: (await answer.text()).replaceAll("<!-- -->", "") };
  };
  return { world, shop, customer, driver, asset, staff, id, tokens, open };
}

test("a page has the unit's open defects, reports, signatures and certifications, in one file that loads nothing", async () => {
  const { world, shop, customer, driver, asset, staff, open } = await setUp();
  const { defects } = await fileReport(shop, { customer, driver, asset, defects: [{ severity: "safety", note: "Cords show" }, { part: "horn" }] });
  await certifyDefects(staff, [{ id: defects[1] ?? expect.fail("no defect"), round: 1 }], { outcome: "repaired", reason: "New horn", signedName: "Sam Ode" });
  // Of the same unit, signed for another company; and of another unit.
  await fileReport(shop, { customer: await shop.customer(), driver, asset, defects: [{ note: "Other company" }] });
  await fileReport(shop, { customer, driver, asset: await shop.asset({ customer }), defects: [{ note: "Other unit" }] });
  const { status, headers, text } = await open();
  expect(status).toBe(200);
  for (const shown of ["Cords show", "Do not operate", "certified by Sam Ode", "New horn", `Signed by ${driver.name}`, "<svg", "Open defects (2)"])
    expect(text).toContain(shown);
  for (const hidden of ["Other company", "Other unit", "<script", "src=", "<link"]) expect(text).not.toContain(hidden);
  expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  expect(headers.get("Cache-Control")).toContain("no-store");
  world.clock.pass(DAY);
  expect((await open()).status).toBe(404);
});

test("a page ends with its owner's word, and with the unit's sale; a form sent twice opens one", async () => {
  const { world, shop, customer, asset, staff, id, tokens, open } = await setUp();
  expect((await openRoadsidePage(staff, { id, assetId: asset, period: "1d" })).ok).toBe(true);
  expect(await tokens()).toHaveLength(1);
  expect((await open()).status).toBe(200);
  const buyer = await shop.customer();
  // Neither of another customer nor by another's hand.
  expect(await endRoadsidePage(await shop.as(buyer), id, asset)).toMatchObject({ error: { kind: "not-found" } });
  expect(await openRoadsidePage(await shop.as(buyer), { id: newId("roadside"), assetId: asset, period: "2h" })).toMatchObject({ error: { kind: "not-found" } });
  const other = newId("roadside");
  expect((await openRoadsidePage(await shop.as(customer), { id: other, assetId: asset, period: "7d" })).ok).toBe(true);
  expect(await tokens()).toHaveLength(2);
  expect((await endRoadsidePage(await shop.as(customer), other, asset)).ok).toBe(true);
  expect(await tokens()).toHaveLength(1);
  world.clock.pass(HOUR);
  await shop.sellAsset({ asset, to: buyer, at: world.clock.now() });
  expect((await open()).status).toBe(404);
  expect(await tokens()).toEqual([]);
});

test("a token that was made up opens nothing", async () => {
  const { world } = await setUp();
  for (const token of [undefined, "", "x", "0".repeat(74)])
    expect((await roadsideAnswer(world.context, new Request("http://test/roadside"), token)).status).toBe(404);
});
