import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY } from "~/kernel/time";
import { removeSchedule } from "~/modules/maintenance/change-schedule.server";
import { shopWithTemplate } from "~/modules/maintenance/maintenance.fixtures";
import { makeServiceOrders } from "~/modules/maintenance/orders/make-orders.server";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { archiveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { pagesOf } from "../../../../tests/world/pages";

/** A truck whose oil service is over by 300 kilometers, and the pages that show it to the owner. */
async function overdueTruck() {
  const it = await shopWithTemplate();
  const { world, shop, staff, templateId, unit, read, schedules } = it;
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "now" } });
  world.clock.pass(10 * DAY);
  await read(truck, 105_300);
  const [schedule] = await schedules(truck);
  if (!schedule) throw new Error("no schedule");
  const page = await pagesOf(world.context);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  const ask = (path: string, body?: URLSearchParams) => page(new Request(`http://${shop.host}${path}`, body ? { method: "POST", headers, body } : { headers }));
  const text = async (path: string, body?: URLSearchParams) => textOf(await (await ask(path, body)).text());
  return { ...it, truck, schedule, ask, text };
}

/** What a page has to read, without its marks. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, "")
    .replaceAll(/<!--.*?-->/gs, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

test("lists write how far over a service is, by the meter that decides", async () => {
  const { text, truck } = await overdueTruck();
  for (const path of ["/maintenance", "/maintenance?view=weeks", `/assets/${truck}`]) expect(await text(path), path).toContain("at 105,000 km: 300 km over");
  expect(await text("/maintenance.csv")).toContain(",-300,km,");
});

test("an order shows which of its jobs do what maintenance; a job that somebody wrote can do it, and be left out again", async () => {
  const { text, truck, customer, shop, staff, schedule } = await overdueTruck();
  const order = await shop.workOrder({ asset: truck, customer, state: "open" });
  const job = newId("job");
  const written = { id: job, complaint: "Oil, as the driver asked", cause: "", correction: "", vmrs: null, technician: null, lines: [] };
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job: written });
  const path = `/work-orders/${order}`;
  const before = await text(path);
  expect(before).toContain("Also due on this unit");
  expect(before).toMatch(/Part of job \d+: Oil, as the driver asked/);
  const made = await text(path, new URLSearchParams({ intent: "add-service", job, [`pick-${schedule.id}`]: "on" }));
  expect(made).toContain("Counts as done with that job.");
  expect(made).toMatch(/Maintenance on this order 1 Oil service By job \d+/);
  expect(made).not.toContain("Also due on this unit");
  const leftOut = await text(path, new URLSearchParams({ intent: "leave-out-service", schedule: schedule.id, job, row: "schedule job" }));
  expect(leftOut).not.toContain("Maintenance on this order");
  expect(leftOut).toContain("Also due on this unit");
});

test("a schedule has its history: the order that did it, and whether that was on time", async () => {
  const { text, truck, staff, schedule, complete } = await overdueTruck();
  const made = await makeServiceOrders(staff, [schedule.id]);
  const order = made.ok ? made.value[0] : undefined;
  if (!order) throw new Error("no order");
  const path = `/assets/${truck}/maintenance`;
  expect(await text(`${path}/${schedule.id}`)).toContain(`On WO-${order.number}`);
  await complete(order.id);
  expect(await text(`${path}/${schedule.id}`)).toMatch(new RegExp(`History 1 Done Mon, 11 Mar 2030, 105,300 km WO-${order.number} On time`));
  expect(await text(path)).toMatch(new RegExp(`last done Mon, 11 Mar 2030 on WO-${order.number}`));
});

test("addresses of what was removed or archived lead to its list, not to a form for a new one", async () => {
  const { ask, text, truck, staff, schedule, templateId } = await overdueTruck();
  await archiveTemplate(staff, templateId);
  expect((await ask(`/maintenance/templates/${templateId}`)).headers.get("Location")).toBe("/maintenance/templates");
  expect(await text(`/assets/${truck}/maintenance/${schedule.id}`)).toContain("plan of a template that was archived");
  await removeSchedule(staff, { assetId: truck, scheduleId: schedule.id });
  expect((await ask(`/assets/${truck}/maintenance/${schedule.id}`)).headers.get("Location")).toBe(`/assets/${truck}/maintenance`);
  expect(await text(`/assets/${truck}/maintenance/${newId("schedule")}`)).toContain("New maintenance");
});
