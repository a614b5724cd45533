import { createElement } from "react";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { setOutOfService } from "~/modules/assets/change-asset.server";
import { addPerson } from "~/modules/people/add-person.server";
import { fromSession } from "~/platform/scope/scope.server";
import { mailTurns } from "../../../tests/world/mail-turns";
import { testRequest } from "../../../tests/world/request";
import { createWorld } from "../../../tests/world/world";
import { mailerOf } from "./mailer.server";
import { countUnseen, openNotices, saveNotificationPreference } from "./my-notifications.server";
import type { StaffEvent } from "./notification-table";
import { notifyStaff, type StaffNotification } from "./notify-staff.server";
import { type DeliveryMethod, staffEventNames } from "./staff-events";

const boxOf = async (to: string) => (await (await fetch(`http://resend.test/__mailbox?to=${to}`)).json()) as { html: string; text: string; subject: string }[];
const all = (way: DeliveryMethod) => Object.fromEntries(staffEventNames.map((event) => [event, way])) as Record<StaffEvent, DeliveryMethod>; // keys of the table

async function shopOfTwo() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const email = `manager@${shop.id.slice(-8)}.test`;
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", name: "Mara", email, role: "manager" });
  const rings: string[] = [];
  const s = { ...world.context.platform, db: world.dispatcher(shop.id).db, ring: async (key: string) => void rings.push(key) };
  const as = async (address: string) => {
    const { session } = await shop.session(address, "staff");
    return { services: world.context.servicesFor(fromSession(session, testRequest)), me: session.membership.id };
  };
  const elsewhere = { kind: "estimate", id: newId("estimate") as string, href: "/estimates" };
  const notify = (key: string, title: string, about = elsewhere) => {
    const content = { template: "staff-digest" as const, subject: title, html: createElement("p", null, title), text: title };
    const notification: StaffNotification = {
      event: "estimate.answered",
      about,
      mail: content,
    };
    return notifyStaff({ ...s, mailer: mailerOf({ ...s, turns: mailTurns() }) }, key, notification);
  };
  return { world, shop, owner: shop.ownerEmail, manager: email, as, notify, rings };
}

test("notifies each person once by their preference, also when the event repeats; opening the notices marks them seen for that person only", async () => {
  const { owner, manager, as, notify, rings } = await shopOfTwo();
  const [ann, mara] = [await as(owner), await as(manager)];
  await saveNotificationPreference(mara.services, mara.me, all("bell"));
  for (let again = 0; again < 2; again++) await notify("event:1", "Renee approved $1,240.00");
  expect((await boxOf(owner)).map(({ subject }) => subject)).toEqual(["Renee approved $1,240.00"]);
  expect(await boxOf(manager)).toEqual([]);
  expect(rings).toContain("event:1");
  for (const { services, me } of [ann, mara]) expect(await countUnseen(services, me)).toBe(1);
  expect((await openNotices(mara.services, mara.me, null)).rows).toMatchObject([{ title: "Renee approved $1,240.00", isNew: true }]);
  expect([await countUnseen(mara.services, mara.me), await countUnseen(ann.services, ann.me)]).toEqual([0, 1]);
});

test("a notice is new no more once somebody of the shop has handled its record", async () => {
  const { world, shop, owner, manager, as, notify } = await shopOfTwo();
  const [ann, mara] = [await as(owner), await as(manager)];
  const asset = await shop.asset({ customer: await shop.customer() });
  await notify("event:1", "Unit 104 won't start", { kind: "asset", id: asset, href: `/assets/${asset}` });
  await notify("event:2", "Renee approved $1,240.00");
  expect(await countUnseen(ann.services, ann.me)).toBe(2);
  world.clock.pass(HOUR);
  expect((await setOutOfService(mara.services, asset, "Starter")).ok).toBe(true);
  expect(await countUnseen(ann.services, ann.me)).toBe(1);
  expect((await openNotices(ann.services, ann.me, null)).rows).toMatchObject([
    { title: "Renee approved $1,240.00", isNew: true, isHandled: false },
    { title: "Unit 104 won't start", isNew: false, isHandled: true },
  ]);
});

test("sends the daily mail once, at seven the next morning", async () => {
  const { world, shop, owner, manager, as, notify } = await shopOfTwo();
  for (const address of [owner, manager]) {
    const { services, me } = await as(address);
    await saveNotificationPreference(services, me, all("digest"));
  }
  await notify("event:1", "Renee approved $1,240.00");
  await notify("event:2", "Renee declined $90.00");
  await world.drainOutbox(shop);
  expect(await boxOf(owner)).toEqual([]);
  world.clock.pass(25 * HOUR);
  await world.drainOutbox(shop);
  await world.drainOutbox(shop);
  const [mail, ...more] = await boxOf(owner);
  expect(more).toEqual([]);
  expect(mail?.subject).toContain("2 updates since yesterday");
  expect(mail?.text).toMatch(/approved[\s\S]*declined/);
  expect(mail?.html).toContain("/estimates");
});
