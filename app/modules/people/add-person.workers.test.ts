import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { journal } from "~/platform/database/tenant.tables";
import { createWorld } from "../../../tests/world/world";
import { addPerson } from "./add-person.server";
import { changeRole, inviteStaff, removeStaff } from "./staff-people.server";
import { syncAccess } from "./sync-access.server";

async function shopOf() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  return { world, shop, platform: world.context.platform };
}

test("a person added several times at once has one account and one membership", async () => {
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

test("a person invited twice by a double click is removed fully, and can be invited again", async () => {
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

test("syncing access twice at once adds each person once, also without an email address", async () => {
  const { shop, platform } = await shopOf();
  const needs = { ...platform, db: shop.db, rooms: [] };
  const people = [
    { name: "Cara", email: "cara@carried.test" },
    { name: "By code alone", email: null },
  ];
  const partyId = newId("driver");
  await Promise.all([1, 2, 3].map(() => syncAccess(needs, { audience: "driver", partyId, readPeople: async () => people })));
  expect((await platform.directory.membershipsOfParty(shop.id, "driver", partyId)).map(({ email }) => email).sort()).toEqual(["cara@carried.test", null]);
});

test("a person removed while an earlier sync is running stays out", async () => {
  const { shop, platform } = await shopOf();
  const partyId = newId("customer");
  let people = [{ name: "Dan", email: "dan@late.test" }];
  const sync = (directory = platform.directory) =>
    syncAccess({ ...platform, directory, db: shop.db, rooms: [] }, { audience: "customer", partyId, readPeople: async () => people });
  // The slower sync has already read its people when the portal is turned off and synced.
  const membershipsOfParty: typeof platform.directory.membershipsOfParty = async (...asked) => {
    if (people.length > 0) {
      people = [];
      await sync();
    }
    return platform.directory.membershipsOfParty(...asked);
  };
  await sync({ ...platform.directory, membershipsOfParty });
  expect(await platform.directory.membershipsOfParty(shop.id, "customer", partyId)).toEqual([]);
});

test("when two owners remove or demote each other at once, one stays owner, and the last owner can't be removed", async () => {
  const { world, shop, platform } = await shopOf();
  const owners = async () => (await platform.directory.staffOf(shop.id)).filter(({ role }) => role === "owner");
  const first = await shop.asStaff();
  await inviteStaff(first, { name: "Eve", email: "eve@two.test", role: "owner" });
  const [one, two] = await owners();
  if (!one || !two) throw new Error("not two owners");
  const away = (id: typeof one.id) => platform.directory.endMembership({ id, accountId: null }, shop.id, shop.now());
  const demoted = (id: typeof one.id) => platform.directory.setRole(shop.id, id, "technician", shop.now());
  const answers = await Promise.all([away(one.id), demoted(two.id), away(two.id), demoted(one.id)]);
  expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(0);
  expect(await owners()).toHaveLength(1);
  const [last] = await owners();
  if (!last) throw new Error("no owner left");
  const { session } = await shop.session((await shop.customer()).email, "customer");
  await world.env.DIRECTORY.prepare("update sessions set viewed_by = ? where id = ?").bind(last.id, session.id).run();
  expect([await away(last.id), await demoted(last.id)]).toEqual([null, null]);
  // The refused change ended none of the owner's sessions.
  const open = "select count(*) as n from sessions where id = ? and ended_at is null";
  expect(await world.env.DIRECTORY.prepare(open).bind(session.id).first("n")).toBe(1);
});

test("a role changes at once and is recorded; you can't change your own, nor people of another shop", async () => {
  const { world, shop, platform } = await shopOf();
  const staff = await shop.asStaff();
  await inviteStaff(staff, { name: "Fay", email: "fay@role.test", role: "technician" });
  const fay = async () => (await platform.directory.staffOf(shop.id)).find(({ email }) => email === "fay@role.test");
  const id = (await fay())?.id;
  if (!id) throw new Error("not invited");
  expect(await changeRole(staff, [], id, "manager")).toEqual({ ok: true, value: { name: "Fay" } });
  expect((await fay())?.role).toBe("manager");
  expect(
    await shop.db.query({ from: journal, columns: { event: journal.event, body: journal.body }, where: eq(journal.recordKind, "staff-role"), limit: 9 }),
  ).toMatchObject([{ event: "staff.role-changed", body: { email: "fay@role.test", from: "technician", to: "manager" } }]);
  expect(await changeRole(staff, [], staff.db.scope.actor.id as typeof id, "technician")).toMatchObject({ error: { kind: "yourself" } });
  const elsewhere = await (await world.shop()).asStaff();
  expect(await changeRole(elsewhere, [], id, "owner")).toMatchObject({ error: { kind: "not-found" } });
  expect(await removeStaff(elsewhere, [], id)).toMatchObject({ error: { kind: "not-found" } });
});
