import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { DAY, later, MINUTE, type UtcMs } from "~/kernel/time";
import { oldNotices } from "~/modules/notifications/notice.store.server";
import { staffBells, staffNotices } from "~/modules/notifications/notification.tables";
import { newSignInLink } from "~/modules/people/links/new-sign-in-link.server";
import { effectRow } from "~/platform/database/journal.server";
import { testEffects } from "../../../tests/world/effects";
import { createWorld } from "../../../tests/world/world";

test("what is of no more use is forgotten in its time, and what still counts is not", async () => {
  // Long before what other tests write: it is old to nobody else.
  const world = await createWorld({ now: "2019-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { directory } = world.context.platform;
  const start = world.clock.now();
  const count = async (sql: string, db = env.DIRECTORY) => (await db.prepare(`select count(*) as n from ${sql}`).first<{ n: number }>())?.n;
  const left = async () => ({
    attempts: await count("throttles where key = 'forget me'"),
    links: await count("sign_in_links where email = 'late@forget.test'"),
    sessions: await count(`sessions where organization_id = '${shop.id}'`),
    effects: await count(`outbox where organization_id = '${shop.id}' and key in ('done', 'given up')`, env.TENANTS),
    notices: await count(`staff_notices where organization_id = '${shop.id}'`, env.TENANTS),
  });
  await directory.countAttempt(["forget me"], 15 * MINUTE, start);
  await newSignInLink(world.context.platform, { audience: "staff", email: "late@forget.test", accountId: null, organizationId: null });
  const ended = (await shop.session(shop.ownerEmail, "staff")).session;
  const { session } = await shop.session(shop.ownerEmail, "staff");
  await directory.endSession(ended.id, start);
  await shop.db.batch(["done", "given up"].map((key) => effectRow(shop.db, testEffects.of("test.unknown", key, { of: key }), start)));
  await env.TENANTS.prepare("update outbox set due_at = null, done_at = case key when 'done' then ? end where organization_id = ?").bind(start, shop.id).run();
  // One of two people has seen the notice that both got; no one has seen the one a day later.
  const notice = (membershipId: Id<"membership">, key: string, at: UtcMs) =>
    shop.db.insert(staffNotices, {
      membershipId,
      key,
      event: "estimate.answered",
      title: "Renee approved",
      href: "/estimates",
      recordKind: "estimate",
      recordId: newId("estimate"),
      at,
      digestAt: null,
      groupKey: key,
      isNewest: true,
      shownAt: at,
    });
  const [ann, mara] = [newId("membership"), newId("membership")];
  await shop.db.batch([
    ...[ann, mara].flatMap((me) => [notice(me, "notice:1", start), notice(me, "notice:2", later(start, DAY))]),
    shop.db.insert(staffBells, { membershipId: ann, ways: {}, seenAt: start }),
  ]);
  const all = { attempts: 1, links: 1, sessions: 2, effects: 2, notices: 4 };
  const forget = (days: number) => directory.forgetOld(later(start, days * DAY), [oldNotices(later(start, days * DAY))]);

  await forget(6);
  expect(await left()).toEqual(all);
  await forget(8);
  expect(await left()).toEqual({ ...all, attempts: 0 });
  await forget(31);
  expect(await left()).toEqual({ ...all, attempts: 0, links: 0, sessions: 1 });
  await directory.touchSession(session.id, later(start, 50 * DAY));
  await forget(91);
  expect(await left()).toEqual({ attempts: 0, links: 0, sessions: 1, effects: 1, notices: 3 });
  expect(await forget(141)).toBeGreaterThan(0);
  expect(await left()).toEqual({ attempts: 0, links: 0, sessions: 0, effects: 1, notices: 3 });
  expect(await forget(141)).toBe(0);
  await forget(366);
  expect((await left()).notices).toBe(2);
  await forget(367);
  expect((await left()).notices).toBe(0);
});
