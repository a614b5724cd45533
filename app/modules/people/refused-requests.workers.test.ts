import { SELF } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { HOUR } from "~/kernel/time";
import { journal } from "~/platform/database/tenant.tables";
import { pagesOf } from "../../../tests/world/pages";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { countRefusedRequest } from "./refused-requests.server";

const entriesOf = async (shop: Shop) =>
  shop.db.query({
    from: journal,
    columns: { event: journal.event, about: journal.about, ip: journal.ip, body: journal.body },
    where: eq(journal.event, "requests.refused"),
    limit: 10,
  });

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const page = await pagesOf(world.context);
  /** Opens a page as a browser does that has this cookie, and answers the status. */
  async function open(path: string, cookie: string): Promise<number> {
    const request = new Request(`http://localhost${path}`, { headers: { Cookie: cookie, "CF-Connecting-IP": "192.0.2.9" } });
    const { status } = await page(request);
    countRefusedRequest(world.context, request, status);
    return status;
  }
  return { world, shop, customer, open };
}

test("a customer who tries ids one after the other is on the journal with the twentieth, and another session counts by itself", async () => {
  const { world, shop, customer, open } = await setUp();
  const { cookie } = await shop.session(customer.email, "customer");
  const guess = () => open(paths.customer.invoice(newId("invoice")), cookie);
  for (let n = 0; n < 19; n++) expect(await guess()).toBe(404);
  const { cookie: other } = await shop.session(customer.email, "customer");
  for (let n = 0; n < 5; n++) expect(await open(paths.customer.order(newId("workOrder")), other)).toBe(404);
  await world.settle();
  expect(await entriesOf(shop)).toEqual([]);
  await guess();
  await world.settle();
  expect(await entriesOf(shop)).toEqual([
    {
      event: "requests.refused",
      about: customer.id,
      ip: "192.0.2.9",
      body: {
        audience: "customer",
        name: customer.email,
        email: customer.email,
        why: expect.stringMatching(/^the last was \/portal\/invoices\/inv_/),
        tries: 20,
      },
    },
  ]);
  for (let n = 20; n < 110; n++) await guess();
  await world.settle();
  expect((await entriesOf(shop)).map(({ body }) => body.tries)).toEqual([20, 100]);
  world.clock.pass(HOUR);
  for (let n = 0; n < 19; n++) await guess();
  await world.settle();
  expect(await entriesOf(shop)).toHaveLength(2);
});

test("what was found, what has no session, and pictures that a file has not are not counted", async () => {
  const { world, shop, customer, open } = await setUp();
  const { cookie } = await shop.session(customer.email, "customer");
  for (let n = 0; n < 25; n++) {
    await open("/nowhere", "__Host-customer=forged");
    await open(`/portal/files/${newId("attachment")}/thumbnail`, cookie);
  }
  await open("/portal", cookie);
  await world.settle();
  expect(await entriesOf(shop)).toEqual([]);
});

test("the Worker counts what it refuses", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  const { cookie } = await shop.session(`tech@${shop.id.slice(-8)}.test`, "staff");
  for (let n = 0; n < 20; n++) expect((await SELF.fetch("http://localhost/nowhere", { headers: { Cookie: cookie } })).status).toBe(404);
  await expect.poll(async () => (await entriesOf(shop)).map(({ body }) => body.tries)).toEqual([20]);
});
