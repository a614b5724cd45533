import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DAY, later } from "~/kernel/time";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { form } from "~/modules/maintenance/maintenance.fixtures";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { saveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { sentBy, shownOn } from "../../../tests/world/forms";
import { pagesOf } from "../../../tests/world/pages";
import { createWorld } from "../../../tests/world/world";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const pages = await pagesOf(world.context);
  const assetId = await shop.asset({ customer: await shop.customer() });
  const staff = await shop.asStaff();
  const at = later(world.clock.now(), -DAY);
  expect(await recordMeterReading(staff, { assetId, meter: "odometer", displayValue: 100_000, source: "read by Owner", at })).toMatchObject({ ok: true });
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const get = async (path: string) => shownOn(await pages(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } })));
  const post = async (path: string, body: Record<string, string>) => {
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const answer = await pages(new Request(`http://localhost${path}`, { method: "POST", headers, body: new URLSearchParams(body) }));
    return { status: answer.status, ...(await shownOn(answer)) };
  };
  const formOf = (shown: { forms: Awaited<ReturnType<typeof get>>["forms"] }, intent: string) => {
    const found = shown.forms.find(({ controls }) => controls.intent?.value === intent);
    if (!found) throw new Error(`the page has no form ${intent}`);
    return found;
  };
  return { staff, assetId, get, post, formOf };
}

test("a replacement that looks wrong keeps what was typed, is saved once its doubts are checked, and can be undone", async () => {
  const { assetId, get, post, formOf } = await setUp();
  const path = paths.staff.assetMeters(assetId);
  const typed = { ...sentBy(formOf(await get(path), "replace-meter")), oldShows: "10,005", newShows: "12", name: "new cluster" };
  const asked = await post(path, typed);
  const { controls } = formOf(asked, "replace-meter");
  expect([asked.status, controls.oldShows?.value, controls.newShows?.value]).toEqual([409, "10,005", "12"]);
  expect(asked.texts["replace-meter-confirmed-error"]).toBe("The old meter showed less than its last reading.");
  expect((await post(path, { ...typed, confirmed: "old-rollback" })).status).toBe(200);
  const undo = sentBy(formOf(await get(path), "undo-replacement"));
  expect((await post(path, undo)).status).toBe(200);
  expect((await get(path)).forms.map(({ controls: its }) => its.intent?.value)).not.toContain("undo-replacement");
});

test("meters of maintenance begin empty, and one that doesn't fit is asked about at its form", async () => {
  const { staff, assetId, get, post, formOf } = await setUp();
  const templateId = newId("maintenanceTemplate");
  await saveTemplate(staff, { id: templateId, form: form(), seen: 0 });
  await applyTemplate(staff, { templateId, assetIds: [assetId], start: { kind: "now" } });
  const path = paths.staff.assetMaintenance(assetId);
  const first = sentBy(formOf(await get(path), "record"));
  expect(first["meter-odometer"]).toBe("");
  const typed = { ...first, "meter-odometer": "1,000,000", note: "Dealer in Gary" };
  const asked = await post(path, typed);
  const { controls } = formOf(asked, "record");
  expect([asked.status, controls["meter-odometer"]?.value, controls.note?.value]).toEqual([409, "1,000,000", "Dealer in Gary"]);
  expect(Object.entries(asked.texts).find(([id]) => id.endsWith("confirmed-error"))?.[1]).toBe("Odometer: it jumps further than it can have run.");
  expect((await post(path, { ...typed, confirmed: "odometer-jump" })).status).toBe(200);
  expect((await get(path)).forms.map(({ controls: its }) => its.intent?.value)).toContain("take-back");
});
