import { createElement } from "react";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { addPerson } from "~/modules/people/add-person.server";
import { fromSession } from "~/platform/scope/scope.server";
import { createWorld } from "../../../tests/world/world";
import { mailerOf } from "./mailer.server";
import { chooseHearing, countUnseen, openNotices } from "./my-notifications.server";
import { type Told, tellStaff } from "./notify-staff.server";
import { type StaffEvent, staffEventNames, type WayToHear } from "./staff-events";

const boxOf = async (to: string) => (await (await fetch(`http://resend.test/__mailbox?to=${to}`)).json()) as { html: string; text: string; subject: string }[];
const all = (way: WayToHear) => Object.fromEntries(staffEventNames.map((event) => [event, way])) as Record<StaffEvent, WayToHear>; // each of the table's own keys

async function shopOfTwo() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const email = `manager@${shop.id.slice(-8)}.test`;
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", name: "Mara", email, role: "manager" });
  const rung: string[] = [];
  const s = { ...world.context.platform, db: world.outlet(shop.id).db, ring: async (key: string) => void rung.push(key) };
  const as = async (address: string) => {
    const { session } = await shop.session(address, "staff");
    return { services: world.context.servicesFor(fromSession(session)), me: session.membership.id };
  };
  const tell = (key: string, words: string) => {
    const letter = { template: "test", subject: words, html: createElement("p", null, words), text: words };
    const told: Told = { event: "estimate.answered", about: { kind: "estimate", id: newId("estimate"), href: "/estimates" }, letter };
    return tellStaff({ ...s, mailer: mailerOf(s) }, key, told);
  };
  return { world, shop, owner: shop.ownerEmail, manager: email, as, tell, rung };
}

test("an event reaches each as they chose: bell and mail, once, however often it is told; a look at the bell empties it for that person alone", async () => {
  const { owner, manager, as, tell, rung } = await shopOfTwo();
  const [ann, mara] = [await as(owner), await as(manager)];
  await chooseHearing(mara.services, mara.me, all("bell"));
  for (let again = 0; again < 2; again++) await tell("told:1", "Renee approved $1,240.00");
  expect((await boxOf(owner)).map(({ subject }) => subject)).toEqual(["Renee approved $1,240.00"]);
  expect(await boxOf(manager)).toEqual([]);
  expect(rung).toContain("told:1");
  for (const { services, me } of [ann, mara]) expect(await countUnseen(services, me)).toBe(1);
  expect((await openNotices(mara.services, mara.me, null)).rows).toMatchObject([{ words: "Renee approved $1,240.00", isNew: true }]);
  expect([await countUnseen(mara.services, mara.me), await countUnseen(ann.services, ann.me)]).toEqual([0, 1]);
});

test("the daily mail brings what was put aside, at seven the next morning, once", async () => {
  const { world, shop, owner, manager, as, tell } = await shopOfTwo();
  for (const address of [owner, manager]) {
    const { services, me } = await as(address);
    await chooseHearing(services, me, all("digest"));
  }
  await tell("told:1", "Renee approved $1,240.00");
  await tell("told:2", "Renee declined $90.00");
  await world.drainOutbox(shop);
  expect(await boxOf(owner)).toEqual([]);
  world.clock.pass(25 * HOUR);
  await world.drainOutbox(shop);
  await world.drainOutbox(shop);
  const [mail, ...more] = await boxOf(owner);
  expect(more).toEqual([]);
  expect(mail?.subject).toContain("2 things since yesterday");
  expect(mail?.text).toMatch(/approved[\s\S]*declined/);
  expect(mail?.html).toContain("/estimates");
});
