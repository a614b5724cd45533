import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { paths } from "~/kernel/paths";
import { HOUR, MINUTE, toUtcMs } from "~/kernel/time";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { forJob } from "~/platform/scope/scope.server";
import { passwordSignIn } from "~/sign-in/password-sign-in.server";
import { browserIn } from "../../../tests/world/browser";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { countRefusal, sumUpRefusals } from "./refused-sign-ins.server";

const START = toUtcMs(Date.UTC(2030, 2, 1, 9));
const rowsOf = async (shop: Shop) =>
  (await shop.db.query({ from: journal, columns: { event: journal.event, body: journal.body }, where: eq(journal.recordKind, "sign-in"), limit: 300 })).map(
    ({ event, body }) => [event, body.why ?? body.recorded, body.tries],
  );

test("a stranger who guesses for an hour leaves the first, each tenth and one sum", async () => {
  const world = await createWorld({ now: new Date(START).toISOString() });
  const [shop, other] = [await world.shop(), await world.shop()];
  const { action } = passwordSignIn("staff");
  for (let n = 0; n < 34; n++)
    await browserIn(world, { address: `198.18.7.${n}` }).post(action, paths.login, { email: shop.ownerEmail, password: `guess ${n}` });
  await browserIn(world, { address: "198.18.8.1" }).post(action, paths.login, { email: "nobody@elsewhere.test", password: "guess" });
  await world.settle();
  const written = [
    ["sign-in.refused", "wrong password", undefined],
    ["sign-in.refused", "wrong password", 10],
    ["sign-in.refused", "wrong password", 20],
    ["sign-in.refused", "wrong password", 30],
  ];
  expect((await rowsOf(shop)).sort((a, b) => Number(a[2] ?? 0) - Number(b[2] ?? 0))).toEqual(written);
  const sumUp = (at: number) =>
    sumUpRefusals({ ...world.context.platform, databaseOf: (id) => scopedDatabase(world.env.TENANTS, forJob(id, "Automatic")) }, toUtcMs(at));
  await sumUp(START + 30 * MINUTE);
  expect(await rowsOf(shop)).toHaveLength(4);
  for (const minute of [0, 1, 2]) await sumUp(START + HOUR + minute * MINUTE);
  await sumUp(START + 2 * HOUR);
  expect((await rowsOf(shop)).filter(([event]) => event === "sign-in.refusals-counted")).toEqual([["sign-in.refusals-counted", 4, 34]]);
  expect(await rowsOf(other)).toEqual([]);
});

test("two hundred entries a day and shop are the most, however many kinds there are; all are counted", async () => {
  const world = await createWorld({ now: new Date(START).toISOString() });
  const [shop, other] = [await world.shop(), await world.shop()];
  const refused = (at: number, kind: string, of = shop) => countRefusal(world.context.platform, { organizationId: of.id, kind }, toUtcMs(at));
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => refused(START + (n % 3) * HOUR, `person ${n}`)));
  expect(answers.filter((nth) => nth !== null)).toHaveLength(200);
  expect(await refused(START, "somebody", other)).toBe(1);
  expect(await refused(START + 24 * HOUR, "person 1")).toBe(1);
});
