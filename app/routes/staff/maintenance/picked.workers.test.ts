import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { shopWithTemplate } from "~/modules/maintenance/maintenance.fixtures";
import { MOST_ORDERED } from "~/modules/maintenance/orders/make-orders.server";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { pagesOf } from "../../../../tests/world/pages";

async function listWithDue() {
  const { world, shop, staff, templateId, unit, schedules } = await shopWithTemplate();
  const [truck, other] = [await unit(), await unit()];
  await applyTemplate(staff, { templateId, assetIds: [truck, other], start: { kind: "due" } });
  const ids = [(await schedules(truck))[0]?.id, (await schedules(other))[0]?.id];
  const page = await pagesOf(world.context);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const make = async (picked: readonly string[]) => {
    const body = new URLSearchParams([["intent", "make-orders"], ...picked.map((id) => [`pick-${id}`, "on"])]);
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const answer = await page(new Request(`http://${shop.host}/maintenance`, { method: "POST", headers, body }));
    return answer.text();
  };
  const checks = (html: string) => ids.map((id) => new RegExp(`<input[^>]*name="pick-${id}"[^>]*>`).exec(html)?.[0].includes("checked"));
  return { ids: ids.map((id) => id ?? ""), make, checks };
}

test("too many at once are refused with the reason, and what was chosen is chosen still", async () => {
  const { ids, make, checks } = await listWithDue();
  const html = await make([...ids.slice(0, 1), ...Array.from({ length: MOST_ORDERED }, () => newId("schedule"))]);
  expect(html).toContain(`Up to ${MOST_ORDERED} can be put on work orders at once`);
  expect(checks(html)).toEqual([true, false]);
});

test("after work orders were made there is a link to each, and what is on one can't be checked again", async () => {
  const { ids, make, checks } = await listWithDue();
  const html = await make(ids);
  expect(html).toContain("2 work orders made.");
  const made = /<ul aria-label="Work orders made".*?<\/ul>/.exec(html)?.[0] ?? "";
  expect(made.match(/href="\/work-orders\/wo_/g)).toHaveLength(2);
  expect(checks(html)).toEqual([undefined, undefined]);
});
