import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { addFile } from "~/modules/attachments/add-file.server";
import { png } from "~/modules/attachments/attachments.fixtures";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { hideAttachment } from "~/modules/attachments/hide-attachment.server";
import { shareAttachment } from "~/modules/attachments/share-attachment.server";
import { action } from "~/routes/staff/hide-file";
import { browserIn } from "./world/browser";
import { openSocket } from "./world/socket";
import { createWorld } from "./world/world";

type Heard = { type: string; kind?: string; id?: string };

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const order = await shop.workOrder({ asset, customer, state: "open" });
  const record = { kind: "workOrder", id: order } as const;
  const [staff, theirs] = [await shop.asStaff(), await shop.as(customer)];
  const add = async (by: Parameters<typeof addFile>[0] = staff, audiences: readonly "customer"[] = []) => {
    const id = newId("attachment");
    const content = (async function* () {
      yield png;
    })();
    expect((await addFile(by, { id, record, name: "a.png", audiences, content })).ok).toBe(true);
    return id;
  };
  const seen = async () => (await readAttachments(theirs, record, null)).items.map(({ id }) => id);
  return { world, shop, customer, order, staff, theirs, add, seen };
}

test("staff share a file with the customer, and take that back", async () => {
  const { staff, add, seen } = await setUp();
  const [photo, inside] = [await add(), await add()];
  expect(await seen()).toEqual([]);
  for (let n = 0; n < 2; n++) expect(await shareAttachment(staff, photo, "customer", true)).toEqual({ ok: true, value: null });
  expect(await seen()).toEqual([photo]);
  expect(await shareAttachment(staff, photo, "customer", false)).toEqual({ ok: true, value: null });
  expect(await seen()).toEqual([]);
  await hideAttachment(staff, inside, "Wrong truck");
  expect(await shareAttachment(staff, inside, "customer", true)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("what a customer added stays where it was added", async () => {
  const { staff, theirs, add, seen } = await setUp();
  const own = await add(theirs);
  expect(await shareAttachment(staff, own, "customer", false)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await seen()).toEqual([own]);
});

test("the page's form shares without JavaScript, and refuses a file that is not the shop's", async () => {
  const { world, shop, order, add, seen } = await setUp();
  const photo = await add();
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const post = (attachmentId: string) =>
    browser.post(action, "/", { intent: "share", portal: "customer", back: `/work-orders/${order}` }, { params: { attachmentId } });
  expect((await post(photo)).status).toBe(303);
  expect(await seen()).toEqual([photo]);
  expect((await post(newId("attachment"))).status).toBe(404);
});

test("open pages of both sides hear of a shared file, and only the shop's of an internal one", async () => {
  const { world, shop, customer, order, staff, theirs, add } = await setUp();
  const socket = async (email: string, as: "staff" | "customer") => openSocket<Heard>(`board-room/${shop.id}?as=${as}`, (await shop.session(email, as)).cookie);
  const [shops, customers] = [await socket(shop.ownerEmail, "staff"), await socket(customer.email, "customer")];
  const heard = (messages: readonly Heard[]) => messages.filter(({ type }) => type === "changed").map(({ kind, id }) => [kind, id]);
  const photo = await add();
  await world.drainOutbox(shop);
  await expect.poll(() => heard(shops.received)).toEqual([["work-order", order]]);
  expect(heard(customers.received)).toEqual([]);
  await shareAttachment(staff, photo, "customer", true);
  await world.drainOutbox(shop);
  await expect.poll(() => heard(customers.received)).toEqual([["work-order", order]]);
  await add(theirs);
  await world.drainOutbox(shop);
  await expect.poll(() => heard(shops.received)).toHaveLength(3);
  await expect.poll(() => heard(customers.received)).toHaveLength(2);
});
