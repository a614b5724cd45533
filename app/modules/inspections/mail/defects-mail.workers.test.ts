import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { contacts } from "~/modules/customers/customer.tables";
import { staffNotices } from "~/modules/notifications/notification.tables";
import { addPerson } from "~/modules/people/add-person.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { effectRow } from "~/platform/database/journal.server";
import type { Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { certifyDefects } from "../defects/certify-defects.server";
import { inspectionEffects } from "../inspection.effects";
import { fileReport } from "../inspections.fixtures";

async function begin() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  await shop.db.batch([
    shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, name: "Renee", email: customer.email, version: 1, createdAt: world.clock.now() }),
  ]);
  const driver = await shop.driver({ customer });
  const asset = await shop.asset({ customer });
  return { world, shop, customer, driver, asset };
}

/** What filing a report puts into the outbox, delivered. */
async function deliver(world: World, shop: Shop, inspectionId: Id<"inspection">) {
  const effect = inspectionEffects.of("mail.inspection-defects", `mail.inspection-defects:${inspectionId}`, { inspectionId });
  await shop.db.batch([effectRow(shop.db, effect, world.clock.now())]);
  await world.drainOutbox(shop);
}
const noticesOf = (shop: Shop, id: Id<"inspection">) =>
  shop.db.query({
    from: staffNotices,
    columns: { membershipId: staffNotices.membershipId, event: staffNotices.event, title: staffNotices.title, digestAt: staffNotices.digestAt },
    where: eq(staffNotices.key, `mail.inspection-defects:${id}`),
    limit: 20,
  });
const mailed = async (world: World, to: string) => (await world.mail(to)).filter(({ subject }) => /unit U-/.test(subject));

test("a unit that isn't safe to drive is mailed at once to the office and the customer's contacts, each with a link to their own page", async () => {
  const { world, shop, customer, driver, asset } = await begin();
  const { id, unit } = await fileReport(shop, {
    customer,
    driver,
    asset,
    defects: [
      { severity: "safety", note: "Cords show." },
      { part: "horn", problem: "not-working" },
    ],
  });
  await deliver(world, shop, id);
  const [toShop] = await mailed(world, shop.ownerEmail);
  expect(toShop?.subject).toBe(`Do not operate unit ${unit}: reported by ${driver.name}`);
  expect(toShop?.text).toContain("Tires: worn. Cords show. Not safe to drive");
  expect(toShop?.text).toContain("Horn: not working");
  expect(toShop?.text).toContain(`/inspections/${id}`);
  const [toCustomer] = await mailed(world, customer.email);
  expect(toCustomer?.text).toContain(`/portal/inspections/${id}`);
  expect((await noticesOf(shop, id)).map(({ event }) => event)).toEqual(["inspection.safety"]);
});

test("minor defects wait for the daily mail, and the customer isn't mailed", async () => {
  const { world, shop, customer, driver, asset } = await begin();
  const { id } = await fileReport(shop, { customer, driver, asset, defects: [{}] });
  await deliver(world, shop, id);
  expect(await mailed(world, shop.ownerEmail)).toEqual([]);
  expect(await mailed(world, customer.email)).toEqual([]);
  const [notice] = await noticesOf(shop, id);
  expect(notice).toMatchObject({ event: "inspection.defects", title: expect.stringMatching(/^1 defect of unit U-\d+/) });
  expect(notice?.digestAt).not.toBeNull();
});

test("technicians of the unit's open orders are notified too, others aren't", async () => {
  const { world, shop, customer, driver, asset } = await begin();
  const add = async (name: string) => {
    const added = await addPerson(world.context.platform, {
      organizationId: shop.id,
      audience: "staff",
      role: "technician",
      name,
      email: `${name}@${shop.host}`,
    });
    if (!added.ok) throw new Error(added.error.kind);
    return added.value;
  };
  const [mara] = [await add("mara"), await add("ivo")];
  const staff = await shop.asStaff();
  const opening = { assetId: asset, complaint: "PM", promisedAt: null, purchaseOrder: null, asDraft: false };
  await openWorkOrder(staff, { id: newId("workOrder"), lead: { id: mara, name: "mara" }, ...opening });
  const { id } = await fileReport(shop, { customer, driver, asset, defects: [{}] });
  await deliver(world, shop, id);
  const owner = await shop.membershipOf(shop.ownerEmail, "staff");
  expect((await noticesOf(shop, id)).map(({ membershipId }) => membershipId).sort()).toEqual([mara, owner.id].sort());
});

test("a rejected repair is named with the reason; a report without defects mails nobody", async () => {
  const { world, shop, customer, driver, asset } = await begin();
  const { defects } = await fileReport(shop, { customer, driver, asset, defects: [{ severity: "safety" }] });
  await certifyDefects(
    await shop.asStaff(),
    defects.map((id) => ({ id, round: 1 })),
    { outcome: "repaired", reason: "", signedName: "Sam" },
  );
  const [defectId] = defects as [Id<"defect">];
  const rejection = await fileReport(shop, { customer, driver, asset, reviews: [{ defectId, round: 1, outcome: "rejected", reason: "Still flat" }] });
  await deliver(world, shop, rejection.id);
  expect((await mailed(world, shop.ownerEmail))[0]?.text).toContain("Repair rejected: Tires: worn. Still flat");
  const clean = await fileReport(shop, { customer, driver, asset });
  await deliver(world, shop, clean.id);
  expect(await noticesOf(shop, clean.id)).toEqual([]);
});
