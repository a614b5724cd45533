import { createElement } from "react";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR, MINUTE } from "~/kernel/time";
import { setOutOfService } from "~/modules/assets/change-asset.server";
import { addPerson } from "~/modules/people/add-person.server";
import { fromSession } from "~/platform/scope/scope.server";
import { mailTurns } from "../../../tests/world/mail-turns";
import { testRequest } from "../../../tests/world/request";
import { createWorld } from "../../../tests/world/world";
import { mailerOf } from "./mailer.server";
import { countUnseen, openNotices, readDigestHour, readNoticePlace, saveNotificationPreference, showNotice, snoozeNotice } from "./my-notifications.server";
import { staffNotices } from "./notification.tables";
import type { StaffEvent } from "./notification-table";
import { notifyStaff, type StaffNotification } from "./notify-staff.server";
import { type DeliveryMethod, nextDigest, staffEventNames } from "./staff-events";

const boxOf = async (to: string) => (await (await fetch(`http://resend.test/__mailbox?to=${to}`)).json()) as { html: string; text: string; subject: string }[];
const all = (way: DeliveryMethod) => Object.fromEntries(staffEventNames.map((event) => [event, way])) as Record<StaffEvent, DeliveryMethod>; // keys of the table

async function shopOfTwo() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const email = `manager@${shop.id.slice(-8)}.test`;
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", name: "Mara", email, role: "manager" });
  const rings: string[] = [];
  const s = { ...world.context.platform, db: world.dispatcher(shop.id).db, ring: async (key: string) => void rings.push(key), enqueue: async () => {} };
  const as = async (address: string) => {
    const { session } = await shop.session(address, "staff");
    return { services: world.context.servicesFor(fromSession(session, testRequest)), me: session.membership.id };
  };
  const elsewhere = { kind: "estimate", id: newId("estimate") as string, href: "/estimates" };
  const notify = (key: string, title: string, about = elsewhere, event: StaffEvent = "estimate.answered") => {
    const content = { template: "staff-digest" as const, subject: title, html: createElement("p", null, title), text: title };
    const notification: StaffNotification = {
      event,
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

test("sends the daily mail at the hour that each person chose", async () => {
  const { world, shop, owner, manager, as, notify } = await shopOfTwo();
  const zone = "Pacific/Chatham";
  for (const [address, hour] of [
    [owner, 18],
    [manager, 6],
  ] as const) {
    const { services, me } = await as(address);
    await saveNotificationPreference(services, me, all("digest"), hour);
    expect(await readDigestHour(services, me)).toBe(hour);
    // Without one it stays.
    await saveNotificationPreference(services, me, all("digest"));
    expect(await readDigestHour(services, me)).toBe(hour);
  }
  await notify("event:1", "Renee approved $1,240.00");
  const mailed = async () => [(await boxOf(owner)).length, (await boxOf(manager)).length];
  const at = async (hour: number) => {
    world.clock.pass(nextDigest(world.clock.now(), zone, hour) - world.clock.now());
    await world.drainOutbox(shop);
    return mailed();
  };
  expect(await at(5)).toEqual([0, 0]);
  expect(await at(6)).toEqual([0, 1]);
  expect(await at(17)).toEqual([0, 1]);
  expect(await at(18)).toEqual([1, 1]);
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

const unit = (): { kind: string; id: string; href: string } => {
  const id = newId("asset");
  return { kind: "asset", id, href: `/assets/${id}` };
};
const counts = (rows: readonly { title: string; count: number; earlier: readonly { title: string }[] }[]) =>
  rows.map(({ title, count, earlier }) => [title, count, earlier.map((one) => one.title)] as const);

test("twelve faults of one unit are one row, also when they arrive at once and again; three are mailed at once, the rest with the daily mail", async () => {
  const { world, shop, owner, as, notify } = await shopOfTwo();
  const ann = await as(owner);
  const truck = unit();
  const faults = Array.from({ length: 12 }, (_, n) => `Fault ${n + 10}`);
  for (let again = 0; again < 2; again++) await Promise.all(faults.map((title) => notify(`event:${title}`, title, truck, "fault.critical")));
  expect(await countUnseen(ann.services, ann.me)).toBe(1);
  const { rows } = await openNotices(ann.services, ann.me, null);
  expect(counts(rows)).toEqual([["Fault 21", 12, faults.slice(0, -1).toReversed()]]);
  const atOnce = (await boxOf(owner)).map(({ subject }) => subject);
  expect(atOnce.length).toBeGreaterThanOrEqual(3);
  expect(new Set(atOnce).size).toBe(atOnce.length);
  // Another unit has its own row: somebody should stop there too.
  await notify("event:other", "Other unit", unit(), "fault.critical");
  world.clock.pass(6 * MINUTE);
  await notify("event:later", "Later", truck, "fault.critical");
  expect(counts((await openNotices(ann.services, ann.me, null)).rows).map(([title, count]) => [title, count])).toEqual([
    ["Later", 1],
    ["Other unit", 1],
    ["Fault 21", 12],
  ]);
  world.clock.pass(25 * HOUR);
  await world.drainOutbox(shop);
  const daily = (await boxOf(owner)).find(({ subject }) => subject.includes("since yesterday"));
  const mailed = [...atOnce, ...(daily?.text.match(/Fault \d+/g) ?? [])];
  expect(mailed.toSorted()).toEqual(faults);
});

test("of twenty answers about as many estimates, the fifth row takes what else comes within an hour; three of that row are mailed at once", async () => {
  const { world, owner, as, notify } = await shopOfTwo();
  const ann = await as(owner);
  for (let n = 1; n <= 20; n++) {
    await notify(`event:${n}`, `Answer ${n}`, unit());
    world.clock.pass(MINUTE);
  }
  expect(await countUnseen(ann.services, ann.me)).toBe(5);
  const shown = counts((await openNotices(ann.services, ann.me, null)).rows);
  expect(shown.map(([title, count]) => [title, count])).toEqual([
    ["Answer 20", 16],
    ["Answer 4", 1],
    ["Answer 3", 1],
    ["Answer 2", 1],
    ["Answer 1", 1],
  ]);
  expect(shown[0]?.[2]).toEqual(Array.from({ length: 15 }, (_, n) => `Answer ${19 - n}`));
  expect((await boxOf(owner)).map(({ subject }) => subject).toReversed()).toEqual([
    "Answer 1",
    "Answer 2",
    "Answer 3",
    "Answer 4",
    "Answer 5",
    "Answer 6",
    "Answer 7",
  ]);
});

test("a snoozed notice is neither listed nor counted until then, and comes back as new with a bell; handled, it is back at its place and no news", async () => {
  const { world, shop, owner, manager, as, notify } = await shopOfTwo();
  const [ann, mara] = [await as(owner), await as(manager)];
  const asset = await shop.asset({ customer: await shop.customer() });
  await notify("event:1", "Unit 104 won't start", { kind: "asset", id: asset, href: `/assets/${asset}` });
  await notify("event:2", "Renee approved $1,240.00");
  const snooze = (key: string) => snoozeNotice(ann.services, ann.me, "Pacific/Chatham", { key, until: "hour" });
  await openNotices(ann.services, ann.me, null);
  for (const key of ["event:1", "event:2"]) expect((await snooze(key)).ok).toBe(true);
  const aside = await openNotices(ann.services, ann.me, null);
  expect([aside.rows, aside.snoozed.length, await countUnseen(ann.services, ann.me), await countUnseen(mara.services, mara.me)]).toEqual([[], 2, 0, 2]);
  world.clock.pass(MINUTE);
  expect((await setOutOfService(mara.services, asset, "Starter")).ok).toBe(true);
  const handled = await openNotices(ann.services, ann.me, null);
  expect(handled.rows).toMatchObject([{ key: "event:1", isHandled: true, isNew: false }]);
  expect(handled.snoozed).toMatchObject([{ key: "event:2" }]);
  world.clock.pass(HOUR);
  await world.drainOutbox(shop);
  expect(await countUnseen(ann.services, ann.me)).toBe(1);
  expect((await openNotices(ann.services, ann.me, null)).rows).toMatchObject([
    { key: "event:2", isNew: true },
    { key: "event:1", isNew: false },
  ]);
  expect(await countUnseen(ann.services, ann.me)).toBe(0);
  expect((await snooze("event:2")).ok).toBe(true);
  expect((await showNotice(ann.services, ann.me, { key: "event:2" })).ok).toBe(true);
  // What came meanwhile about the record is not put aside unseen.
  for (const key of ["event:3", "event:4"]) await notify(key, "Renee asked a question");
  expect(await snooze("event:3")).toEqual({ ok: false, error: { kind: "newer" } });
  expect((await snoozeNotice(mara.services, mara.me, "UTC", { key: "event:none", until: "week" })).ok).toBe(false);
});

test("pages of the list lose none of many that come back at the same time", async () => {
  const { shop, owner, as, world } = await shopOfTwo();
  const ann = await as(owner);
  const at = world.clock.now();
  const keys = Array.from({ length: 120 }, (_, n) => `event:${String(n).padStart(3, "0")}`);
  const [event, recordKind] = ["maintenance.due", "asset"] as const;
  const rows = keys.map((key) => ({ membershipId: ann.me, key, event, title: key, href: "/", recordKind, recordId: key, at, digestAt: null }));
  for (const row of rows) await shop.db.batch([shop.db.insertOnce(staffNotices, { ...row, groupKey: row.key, isNewest: true, shownAt: at })]);
  const seen: string[] = [];
  for (let before: Parameters<typeof openNotices>[2] = null, pages = 0; pages < 5; pages += 1) {
    const page = await openNotices(ann.services, ann.me, before);
    seen.push(...page.rows.map(({ key }) => key));
    before = page.next && readNoticePlace(`${page.next.shownAt}-${page.next.key}`);
    if (!before) break;
  }
  expect(seen.toSorted()).toEqual(keys);
});
