import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { createWorld } from "../../../tests/world/world";
import { addPerson } from "./add-person.server";
import { carryAccess } from "./carry-access.server";
import { inviteStaff, removeStaff } from "./staff-people.server";

async function shopOf() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  return { world, shop, platform: world.context.platform };
}

test("a person who is added several times at once has one account and one place", async () => {
  const { world, shop, platform } = await shopOf();
  const other = await world.shop();
  const person = { organizationId: shop.id, audience: "staff", role: "technician", name: "Ann", email: "ann@once.test" } as const;
  const added = await Promise.all([1, 2, 3, 4].map(() => addPerson(platform, person)));
  expect(added.every(({ ok }) => ok)).toBe(true);
  expect(new Set(added.map((one) => one.ok && one.value)).size).toBe(1);
  expect((await platform.directory.staffOf(shop.id)).filter(({ email }) => email === "ann@once.test")).toHaveLength(1);
  const elsewhere = await addPerson(platform, { ...person, organizationId: other.id });
  const asVendor = await addPerson(platform, { ...person, audience: "vendor", role: undefined, partyId: newId("vendor") });
  expect(new Set([...added, elsewhere, asVendor].map((one) => one.ok && one.value)).size).toBe(3);
});

test("somebody who was invited by a double press is out when removed, and may be invited again", async () => {
  const { shop, platform } = await shopOf();
  const staff = await shop.asStaff();
  const invite = () => inviteStaff(staff, { name: "Ben", email: "ben@twice.test", role: "technician" });
  expect((await Promise.all([invite(), invite(), invite()])).every(({ ok }) => ok)).toBe(true);
  const ben = async () => (await platform.directory.staffOf(shop.id)).filter(({ email }) => email === "ben@twice.test");
  const [found] = await ben();
  if (!found) throw new Error("not invited");
  expect((await removeStaff(staff, [], found.id)).ok).toBe(true);
  expect(await ben()).toEqual([]);
  expect((await invite()).ok).toBe(true);
  expect(await ben()).toHaveLength(1);
});

test("access that is carried twice at once lets each person in once, also one without an address", async () => {
  const { shop, platform } = await shopOf();
  const needs = { ...platform, db: shop.db, rooms: [] };
  const people = [
    { name: "Cara", email: "cara@carried.test" },
    { name: "By code alone", email: null },
  ];
  const partyId = newId("driver");
  await Promise.all([1, 2, 3].map(() => carryAccess(needs, { audience: "driver", partyId, readPeople: async () => people })));
  expect((await platform.directory.membershipsOfParty(shop.id, "driver", partyId)).map(({ email }) => email).sort()).toEqual(["cara@carried.test", null]);
});

test("who is taken off the books while an earlier change is on its way stays out", async () => {
  const { shop, platform } = await shopOf();
  const partyId = newId("customer");
  let people = [{ name: "Dan", email: "dan@late.test" }];
  const carry = (directory = platform.directory) =>
    carryAccess({ ...platform, directory, db: shop.db, rooms: [] }, { audience: "customer", partyId, readPeople: async () => people });
  // The slower one has read the books already when the portal is switched off and that is carried.
  const membershipsOfParty: typeof platform.directory.membershipsOfParty = async (...asked) => {
    if (people.length > 0) {
      people = [];
      await carry();
    }
    return platform.directory.membershipsOfParty(...asked);
  };
  await carry({ ...platform.directory, membershipsOfParty });
  expect(await platform.directory.membershipsOfParty(shop.id, "customer", partyId)).toEqual([]);
});
