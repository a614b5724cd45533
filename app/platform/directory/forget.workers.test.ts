import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import { DAY, later, MINUTE } from "~/kernel/time";
import { newSignInLink } from "~/modules/people/new-sign-in-link.server";
import { effectRow } from "~/platform/database/journal.server";
import { createWorld } from "../../../tests/world/world";

test("what is of no more use is forgotten in its time, and what still counts is not", async () => {
  // Long before what other tests write: it is old to nobody else.
  const world = await createWorld({ now: "2019-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { directory } = world.context.platform;
  const start = world.clock.now();
  const count = async (sql: string, db = env.DIRECTORY) => (await db.prepare(`select count(*) as n from ${sql}`).first<{ n: number }>())?.n;
  const left = async () => ({
    tries: await count("throttles where key = 'forget me'"),
    links: await count("sign_in_links where email = 'late@forget.test'"),
    sessions: await count(`sessions where organization_id = '${shop.id}'`),
    effects: await count(`outbox where organization_id = '${shop.id}' and key in ('done', 'given up')`, env.TENANTS),
  });
  await directory.countTry(["forget me"], 15 * MINUTE, start);
  await newSignInLink(world.context.platform, { audience: "staff", email: "late@forget.test", accountId: null, organizationId: null });
  const ended = (await shop.session(shop.ownerEmail, "staff")).session;
  const { session } = await shop.session(shop.ownerEmail, "staff");
  await directory.endSession(ended.id, start);
  await shop.db.batch(["done", "given up"].map((key) => effectRow(shop.db, { key, kind: "test.nobody", body: {} }, start)));
  await env.TENANTS.prepare("update outbox set due_at = null, done_at = case key when 'done' then ? end where organization_id = ?").bind(start, shop.id).run();
  const all = { tries: 1, links: 1, sessions: 2, effects: 2 };

  await directory.forgetOld(later(start, 6 * DAY));
  expect(await left()).toEqual(all);
  await directory.forgetOld(later(start, 8 * DAY));
  expect(await left()).toEqual({ ...all, tries: 0 });
  await directory.forgetOld(later(start, 31 * DAY));
  expect(await left()).toEqual({ tries: 0, links: 0, sessions: 1, effects: 2 });
  await directory.touchSession(session.id, later(start, 50 * DAY));
  await directory.forgetOld(later(start, 91 * DAY));
  expect(await left()).toEqual({ tries: 0, links: 0, sessions: 1, effects: 1 });
  expect(await directory.forgetOld(later(start, 141 * DAY))).toBeGreaterThan(0);
  expect(await left()).toEqual({ tries: 0, links: 0, sessions: 0, effects: 1 });
  expect(await directory.forgetOld(later(start, 141 * DAY))).toBe(0);
});
