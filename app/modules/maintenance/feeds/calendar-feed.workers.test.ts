import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { ok } from "~/kernel/result";
import { customers } from "~/modules/customers/customer.tables";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { archiveCustomer } from "~/modules/customers/save-customer.server";
import { pagesOf } from "../../../../tests/world/pages";
import { shopWithTemplate } from "../maintenance.fixtures";
import { addCalendarFeed, listCalendarFeeds, listCustomerFeeds, revokeCalendarFeed, revokeCustomerFeed } from "./calendar-feed.server";

/** A shop with a calendar of its own and one of its customer's, and what reading an address answers. */
async function shopWithFeeds() {
  const it = await shopWithTemplate();
  const [ours, theirs] = [await addCalendarFeed(it.staff), await addCalendarFeed(await it.shop.as(it.customer))];
  if (!ours.ok || !theirs.ok) throw new Error("no address was made");
  const page = await pagesOf(it.world.context);
  const statusOf = async ({ token }: { token: string }) => (await page(new Request(`http://${it.shop.host}/calendar/${token}.ics`))).status;
  expect([await statusOf(ours.value), await statusOf(theirs.value)]).toEqual([200, 200]);
  return { ...it, page, ours: ours.value, theirs: theirs.value, statusOf };
}

test("a customer's calendar ends with its portal, and the shop's goes on", async () => {
  const { staff, shop, world, customer, ours, theirs, statusOf } = await shopWithFeeds();
  expect((await switchPortal(staff, { customerId: customer.id, on: false, plan: "pro" })).ok).toBe(true);
  expect([await statusOf(ours), await statusOf(theirs)]).toEqual([200, 404]);
  await world.drainOutbox(shop);
  expect([await statusOf(ours), await statusOf(theirs)]).toEqual([200, 404]);
});

test("a customer's calendar ends when the customer is archived", async () => {
  const { staff, shop, customer, theirs, statusOf } = await shopWithFeeds();
  expect((await archiveCustomer(staff, customer.id)).ok).toBe(true);
  // Even where the portal's switch was left on.
  await shop.db.batch([shop.db.update(customers, { portalEnabled: true }, eq(customers.id, customer.id))]);
  expect(await statusOf(theirs)).toBe(404);
});

test("a calendar ends with the sign-in of the person who made it", async () => {
  const { world, shop, customer, ours, theirs, statusOf } = await shopWithFeeds();
  const { directory } = world.context.platform;
  const [contact] = await directory.membershipsOfParty(shop.id, "customer", customer.id);
  if (!contact) throw new Error("the contact can't sign in");
  await directory.endMembership(contact, shop.id, world.clock.now());
  expect([await statusOf(ours), await statusOf(theirs)]).toEqual([200, 404]);
});

test("the shop sees its customers' calendars and revokes them; another shop does not", async () => {
  const { world, staff, shop, customer, ours, theirs, statusOf } = await shopWithFeeds();
  const other = await shop.customer();
  expect((await addCalendarFeed(await shop.as(other))).ok).toBe(true);
  expect((await listCustomerFeeds(staff, null)).feeds).toHaveLength(2);
  const { feeds } = await listCustomerFeeds(staff, customer.id);
  expect(feeds).toMatchObject([{ createdBy: customer.email, isEnded: false }]);
  const id = feeds[0]?.id;
  const [own] = await listCalendarFeeds(staff);
  if (!id || !own) throw new Error("an address isn't listed");
  const stranger = await (await world.shop()).asStaff();
  expect((await listCustomerFeeds(stranger, null)).feeds).toEqual([]);
  for (const refused of [await revokeCustomerFeed(stranger, id), await revokeCustomerFeed(staff, own.id), await revokeCalendarFeed(staff, id)])
    expect(refused).toEqual({ ok: false, error: { kind: "not-found" } });
  expect([await statusOf(ours), await statusOf(theirs)]).toEqual([200, 200]);
  expect(await revokeCustomerFeed(staff, id)).toEqual(ok(null));
  expect([await statusOf(ours), await statusOf(theirs)]).toEqual([200, 404]);
  expect((await listCustomerFeeds(staff, customer.id)).feeds).toEqual([]);
});

test("a calendar that doesn't open anymore is listed so", async () => {
  const { staff, customer } = await shopWithFeeds();
  expect((await switchPortal(staff, { customerId: customer.id, on: false, plan: "pro" })).ok).toBe(true);
  expect((await listCustomerFeeds(staff, null)).feeds).toMatchObject([{ isEnded: true }]);
});
