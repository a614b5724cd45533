import { createElement } from "react";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, HOUR, MINUTE } from "~/kernel/time";
import { setOutOfService } from "~/modules/assets/change-asset.server";
import { addPerson } from "~/modules/people/add-person.server";
import { removeStaff } from "~/modules/people/staff-people.server";
import { fromSession } from "~/platform/scope/scope.server";
import { expectConsoleError } from "../../../../tests/setup/console";
import { mailTurns } from "../../../../tests/world/mail-turns";
import { addBrowser, atService, newSubscription } from "../../../../tests/world/push";
import { testRequest } from "../../../../tests/world/request";
import { openSocket } from "../../../../tests/world/socket";
import { createWorld } from "../../../../tests/world/world";
import { mailerOf } from "../mailer.server";
import { openNotices, saveNotificationPreference, snoozeNotice } from "../my-notifications.server";
import type { StaffEvent } from "../notification-table";
import { notifyStaff } from "../notify-staff.server";
import { staffEventNames } from "../staff-events";
import { pushClient } from "./push.client.server";
import { addPushDevice, readPushSettings, savePushEvents } from "./push-devices.server";
import { pushedRows } from "./push-events";

type Event = { key: string; title: string; event?: StaffEvent; about?: { kind: string; id: string; href: string } };

async function shopWithPush() {
  const world = await createWorld();
  const shop = await world.shop();
  const manager = `manager@${shop.id.slice(-8)}.test`;
  await addPerson(world.context.platform, { organizationId: shop.id, audience: "staff", name: "Mara", email: manager, role: "manager" });
  const estimate = { kind: "estimate", id: newId("estimate") as string, href: "/estimates/est_1" };
  /** What causes a notification, up to what is pushed. */
  const notifyIn = async (at: typeof shop, { key, title, event = "estimate.answered", about = estimate }: Event) => {
    const { db } = world.dispatcher(at.id);
    const s = {
      ...world.context.platform,
      db,
      ring: async () => {},
      enqueue: async (keys: readonly string[]) => void world.queued.push(...keys.map((one) => ({ organizationId: at.id as string, key: one }))),
    };
    const mail = { template: "staff-digest" as const, subject: title, html: createElement("p", null, title), text: title };
    await notifyStaff({ ...s, mailer: mailerOf({ ...s, turns: mailTurns() }) }, key, { event, about, mail });
  };
  const notify = (it: Event) => notifyIn(shop, it);
  const push = async (it: Event) => {
    await notify(it);
    await world.drainOutbox(shop);
  };
  /** As if that much time had passed: the outbox hands over what is due by then. */
  const pass = async (ms: number) => {
    world.clock.pass(ms);
    await world.drainOutbox(shop);
  };
  return { world, shop, owner: shop.ownerEmail, manager, notify, notifyIn, push, pass };
}
const answer: Event = { key: "event:1", title: "Renee approved $1,240.00" };

test("a notice comes to the browsers of who turned push on, once, encrypted and signed, with its page and its group; to nobody else", async () => {
  const { world, shop, owner, notify } = await shopWithPush();
  const [desk, phone] = [await addBrowser(world, shop, owner), await addBrowser(world, shop, owner)];
  for (let again = 0; again < 2; again++) {
    await notify(answer);
    await world.drainOutbox(shop);
  }
  for (const browser of [desk, phone]) {
    const { messages, refusals } = await browser.received();
    expect(refusals).toEqual([]);
    expect(messages).toMatchObject([{ urgency: "normal", bytes: 4_096, topic: expect.stringMatching(/^[\w-]{32}$/) }]);
    expect(messages[0]?.ttl).toBeGreaterThan(86_000);
    expect(await browser.shown()).toEqual([
      { title: answer.title, body: expect.stringMatching(/^Shop \d+$/), path: "/estimates/est_1", tag: messages[0]?.topic },
    ]);
  }
  // Mara never turned it on, so nothing is even caused for her.
  const rows = await world.env.TENANTS.prepare("select count(*) as n from outbox where organization_id = ? and kind = 'push.notice'").bind(shop.id).first();
  expect(rows).toEqual({ n: 1 });
});

test("nothing is pushed to who has a page open, on whichever device; closed again, the next one is", async () => {
  const { world, shop, owner, manager, push } = await shopWithPush();
  const [desk, mara] = [await addBrowser(world, shop, owner), await addBrowser(world, shop, manager)];
  const page = await openSocket(`board-room/${shop.id}?as=staff`, (await shop.session(owner, "staff")).cookie);
  await page.soFar();
  await push(answer);
  expect([await desk.titles(), await mara.titles()]).toEqual([[], [answer.title]]);
  page.socket.close(1000);
  await expect.poll(() => world.context.servicesFor(fromSession(desk.session, testRequest)).board.withOpenPage([desk.session.membership.id])).toEqual([]);
  await push({ key: "event:2", title: "Renee asked a question", event: "estimate.question" });
  expect(await desk.titles()).toEqual(["Renee asked a question"]);
});

test("each person decides by event; what is off in the app, handled or seen is not pushed either", async () => {
  const { world, shop, owner, push, notify } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  const me = browser.session.membership.id;
  const on = pushedRows("staff").filter(({ push: usual }) => usual === "on");
  await savePushEvents(
    browser.services,
    browser.session,
    new Set(["maintenance.due", ...on.map(({ event }) => event).filter((one) => one !== "estimate.answered")]),
  );
  await push(answer);
  await push({ key: "event:2", title: "Unit 104 is due", event: "maintenance.due" });
  await push({ key: "event:3", title: "Unit 105 was driven", event: "inspection.missing" });
  expect(await browser.titles()).toEqual(["Unit 104 is due"]);
  // Switched off between the event and the message.
  await notify({ key: "event:4", title: "Unit 106 is due", event: "maintenance.due" });
  await savePushEvents(browser.services, browser.session, new Set());
  await world.drainOutbox(shop);
  await savePushEvents(browser.services, browser.session, new Set(["maintenance.due"]));
  const asset = await shop.asset({ customer: await shop.customer() });
  world.clock.pass(HOUR);
  await notify({ key: "event:5", title: "Unit 107 is due", event: "maintenance.due", about: { kind: "asset", id: asset, href: `/assets/${asset}` } });
  world.clock.pass(MINUTE);
  expect((await setOutOfService(await shop.asStaff(), asset, "Starter")).ok).toBe(true);
  await world.drainOutbox(shop);
  await notify({ key: "event:6", title: "Unit 108 is due", event: "maintenance.due" });
  world.clock.pass(1);
  await openNotices(browser.services, me, null);
  await world.drainOutbox(shop);
  const off = Object.fromEntries(staffEventNames.map((event) => [event, "never"])) as Record<StaffEvent, "never">; // keys of the table
  world.clock.pass(1);
  const mara = await addBrowser(world, shop, `manager@${shop.id.slice(-8)}.test`);
  await saveNotificationPreference(mara.services, mara.session.membership.id, off);
  await push({ key: "event:7", title: "Unit 109 is due", event: "maintenance.due" });
  expect([await browser.titles(), await mara.titles()]).toEqual([["Unit 104 is due", "Unit 109 is due"], []]);
});

test("of many that come together three are pushed, as one group that shows the newest with a count; what is left waits on the page", async () => {
  const { world, shop, owner, notify } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  for (let n = 1; n <= 6; n++) await notify({ key: `event:${n}`, title: `Fault ${n}`, event: "fault.critical" });
  await world.drainOutbox(shop);
  expect(await browser.shown()).toMatchObject([{ title: "Fault 6", body: expect.stringMatching(/ · 6 notifications$/) }]);
  await notify({ key: "event:7", title: "Fault 7", event: "fault.critical" });
  await world.drainOutbox(shop);
  expect(await browser.titles()).toEqual(["Fault 6"]);
  const one = await addBrowser(world, shop, owner);
  for (let n = 1; n <= 5; n++) {
    world.clock.pass(MINUTE);
    await notify({ key: `other:${n}`, title: `Other ${n}`, event: "fault.critical", about: { kind: "asset", id: "ast_1", href: "/assets/ast_1" } });
    await world.drainOutbox(shop);
  }
  const { messages } = await one.received();
  expect([await one.titles(), messages.map(({ urgency }) => urgency), new Set(messages.map(({ topic }) => topic)).size]).toEqual([
    ["Other 1", "Other 2", "Other 3"],
    ["high", "high", "high"],
    1,
  ]);
});

test("a snoozed notice is pushed when it is back", async () => {
  const { world, shop, owner, notify, pass } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  const me = browser.session.membership.id;
  await notify(answer);
  expect((await snoozeNotice(browser.services, me, "UTC", { key: answer.key, until: "hour" })).ok).toBe(true);
  await world.drainOutbox(shop);
  expect(await browser.titles()).toEqual([]);
  await pass(HOUR);
  expect(await browser.titles()).toEqual([answer.title]);
});

test("a browser that its push service no longer knows is forgotten; the person's others go on", async () => {
  const { world, shop, owner, push } = await shopWithPush();
  const [gone, gone404, kept] = [await addBrowser(world, shop, owner), await addBrowser(world, shop, owner), await addBrowser(world, shop, owner)];
  await gone.fail("410");
  await gone404.fail("404");
  await push(answer);
  await push({ key: "event:2", title: "Renee asked a question", event: "estimate.question" });
  expect([await gone.titles(), await gone404.titles()]).toEqual([[], []]);
  expect((await gone.received()).refusals).toHaveLength(1);
  expect(await kept.titles()).toEqual([answer.title, "Renee asked a question"]);
  expect((await readPushSettings(kept.services, kept.session, testRequest))?.devices).toHaveLength(1);
});

test.each([
  ["429 with Retry-After", "429:600", 9 * MINUTE, 2 * MINUTE],
  ["500", "500", 5_000, MINUTE],
])("%s: it is tried again for that browser alone, when it may be", async (_name, fault, tooEarly, then) => {
  const { world, shop, owner, push, pass } = await shopWithPush();
  const [busy, other] = [await addBrowser(world, shop, owner), await addBrowser(world, shop, owner)];
  await busy.fail(fault);
  await push(answer);
  expect([await busy.titles(), await other.titles()]).toEqual([[], [answer.title]]);
  await pass(tooEarly);
  expect(await busy.titles()).toEqual([]);
  await pass(then);
  expect([await busy.titles(), await other.titles()]).toEqual([[answer.title], [answer.title]]);
});

test("413 is answered with the title alone", async () => {
  const { world, shop, owner, push } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  await browser.fail("413");
  await push({ ...answer, title: "Renee approved ".repeat(20) });
  const [shown] = await browser.shown();
  expect(shown).toMatchObject({ body: "", path: "/estimates/est_1", title: expect.stringMatching(/^Renee approved .{50,65}…$/) });
  expect((await browser.received()).messages[0]?.bytes).toBeLessThan(600);
});

test("a message that a push service refuses for good is given up, and one that is a day old is not sent", async () => {
  const { world, shop, owner, push, pass } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  expectConsoleError(/outbox\.gave-up.*push\.notice/);
  await browser.fail("403");
  await push(answer);
  await pass(HOUR);
  expect(await browser.titles()).toEqual([]);
  expect((await browser.received()).refusals).toHaveLength(1);
  await browser.fail("429:90000");
  await push({ key: "event:2", title: "Renee asked a question", event: "estimate.question" });
  await pass(DAY + 2 * HOUR);
  expect([await browser.titles(), (await browser.received()).refusals.length]).toEqual([[], 2]);
});

test("a push service that doesn't answer counts as one that can't now", async () => {
  const subscription = await newSubscription();
  await atService(subscription).fail("hang");
  const { push } = (await createWorld()).context.platform.settings;
  if (!push) throw new Error("the tests have keys");
  const pushed = await pushClient(push, { answerMs: 200 }).send(
    { endpoint: subscription.endpoint, ...subscription.keys },
    { title: "a", body: "b", path: "/", tag: "t", urgent: false },
    HOUR,
  );
  expect(pushed).toMatchObject({ kind: "unavailable", retryAfterMs: null });
});

test("with another key than a browser was added for, nothing is sent, and its settings ask to turn it on again", async () => {
  const { world, shop, owner, push } = await shopWithPush();
  const browser = await addBrowser(world, shop, owner);
  await world.env.DIRECTORY.prepare("update push_devices set server_key = 'B-of-before' where membership_id = ?").bind(browser.session.membership.id).run();
  await push(answer);
  expect((await browser.received()).messages).toEqual([]);
  expect((await readPushSettings(browser.services, browser.session, testRequest))?.devices).toEqual([]);
});

test("people who left get nothing more, nor does another shop's person with the same address", async () => {
  const { world, shop, owner, manager, notify, notifyIn } = await shopWithPush();
  const other = await world.shop();
  await addPerson(world.context.platform, { organizationId: other.id, audience: "staff", name: "Mara", email: manager, role: "manager" });
  const [here, there, boss] = [await addBrowser(world, shop, manager), await addBrowser(world, other, manager), await addBrowser(world, shop, owner)];
  await notify(answer);
  expect((await removeStaff(await shop.asStaff(), [], here.session.membership.id)).ok).toBe(true);
  await world.drainOutbox(shop, other);
  expect([await here.titles(), await there.titles(), await boss.titles()]).toEqual([[], [], [answer.title]]);
  await notifyIn(other, { ...answer, title: "Of the other shop" });
  await world.drainOutbox(shop, other);
  expect([await here.titles(), await there.titles(), await boss.titles()]).toEqual([[], ["Of the other shop"], [answer.title]]);
});

test("addresses of anything but push services are refused, keys that are none, and the eleventh browser", async () => {
  const { world, shop, owner } = await shopWithPush();
  const { services, session, subscription } = await addBrowser(world, shop, owner);
  const add = (given: Partial<{ endpoint: string; p256dh: string; auth: string }>) =>
    addPushDevice(services, session, testRequest, { endpoint: `${subscription.endpoint}x`, ...subscription.keys, ...given });
  for (const endpoint of ["https://127.0.0.1/1", "http://push.baytrack.test/push/1", "https://evil.test/"])
    expect(await add({ endpoint })).toEqual({ ok: false, error: { kind: "unknown-service" } });
  expect(await add({ p256dh: `B${"A".repeat(86)}` })).toEqual({ ok: false, error: { kind: "unknown-service" } });
  for (let n = 2; n <= 10; n++) expect((await add({ endpoint: `${subscription.endpoint}${n}` })).ok).toBe(true);
  expect(await add({})).toEqual({ ok: false, error: { kind: "too-many-devices", most: 10 } });
  // One that is there already is renewed.
  expect((await add({ endpoint: subscription.endpoint })).ok).toBe(true);
});
