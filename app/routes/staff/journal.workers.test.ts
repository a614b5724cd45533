import { expect, test } from "vitest";
import type { JournalEvent } from "~/kernel/events";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { customerJournal } from "~/modules/customers/customer.journal";
import { vendorJournal } from "~/modules/vendors/vendor.journal";
import { save } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { developmentSecrets } from "../../../local/settings";
import { testRequest } from "../../../tests/world/request";
import { routeArgs } from "../../../tests/world/route-args";
import type { Shop } from "../../../tests/world/shop";
import { createWorld, type World } from "../../../tests/world/world";
import { sweepJournal } from "../../../workers/background";
import { action as operate } from "../api/operator";
import { loader as page } from "./journal";
import { loader as file } from "./journal-csv";

const argsOf = ({ context }: World, request: Request) => routeArgs(context, request);
const asking = async (world: World, shop: Shop, email: string, path: string) =>
  argsOf(world, new Request(`http://test${path}`, { headers: { Cookie: (await shop.session(email, "staff")).cookie } }));

async function recorded() {
  const world = await createWorld();
  const shop = await world.shop();
  const db = scopedDatabase(world.env.TENANTS, forJob(shop.id, "test", testRequest));
  const note = (event: JournalEvent, kind: string) => save(db, { record: { kind, id: newId("event"), version: 1 }, at: world.clock.now(), event }, []);
  await note(customerJournal.of("portal.turned-on"), "customer");
  await note(vendorJournal.of("vendor.added", { name: "Gearworks" }), "vendor");
  return { world, shop };
}

test("an owner reads the activity log and can filter it; a technician can't", async () => {
  const { world, shop } = await recorded();
  const read = async (path: string, email = shop.ownerEmail) => page(await asking(world, shop, email, path));
  expect((await read(paths.staff.journal)).rows.map(({ what }) => what).sort()).toEqual([
    "Customer portal turned on",
    `Shop opened: ${shop.ownerEmail}`,
    "Vendor added: Gearworks",
  ]);
  expect(await read(`${paths.staff.journal}?only=vendors`)).toMatchObject({
    topic: "vendors",
    next: null,
    first: true,
    rows: [{ what: "Vendor added: Gearworks", who: "test", from: "192.0.2.9 · Firefox on Linux" }],
  });
  expect((await read(`${paths.staff.journal}?only=payroll&before=nonsense`)).rows).toHaveLength(3);
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  for (const loader of [page, file])
    await expect(loader(await asking(world, shop, `tech@${shop.id.slice(-8)}.test`, paths.staff.journal))).rejects.toMatchObject({ status: 403 });
});

test("the CSV download uses the page's filter", async () => {
  const { world, shop } = await recorded();
  const answer = await file(await asking(world, shop, shop.ownerEmail, `${paths.staff.journalCsv}?only=portal`));
  expect(answer.headers.get("Content-Type")).toMatch(/^text\/csv/);
  expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="shop-[\w-]+-journal-\d{4}-\d\d-\d\d\.csv"$/);
  const lines = (await answer.text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(",Customer portal turned on,portal.turned-on,customer,");
});

test("the operator sees how many rows are sealed and where a journal is broken", async () => {
  const { world, shop } = await recorded();
  const other = await world.shop();
  await sweepJournal(world.env, world.context.platform);
  const ask = async (slug?: string) => {
    const headers = { Authorization: `Bearer ${developmentSecrets.OPERATOR_KEY}` };
    const answer = await operate(
      argsOf(world, new Request("http://test/api/operator", { method: "POST", headers, body: JSON.stringify({ command: "verify-journal", slug }) })),
    );
    return { status: answer.status, events: await answer.json() };
  };
  const slugOf = async ({ id }: Shop) => (await world.context.platform.directory.organization(id))?.slug ?? "";
  const [slug, its] = [await slugOf(shop), await slugOf(other)];
  expect(await ask(slug)).toEqual({ status: 200, events: { sound: true, journals: [{ slug, sealed: 3, fault: null }] } });

  await world.env.TENANTS.prepare("update journal set event = 'vendor.changed' where organization_id = ? and event = 'vendor.added'").bind(shop.id).run();
  const { events } = await ask();
  expect(events).toMatchObject({
    sound: false,
    journals: expect.arrayContaining([
      { slug, sealed: null, fault: expect.objectContaining({ why: "changed" }) },
      { slug: its, sealed: 1, fault: null },
    ]),
  });
  expect(await ask("no-such-shop")).toMatchObject({ status: 404 });
});
