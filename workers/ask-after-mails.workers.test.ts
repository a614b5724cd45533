import { expect, test } from "vitest";
import { DAY, HOUR } from "~/kernel/time";
import { askAfterMails } from "~/modules/notifications/ask-after-mails.server";
import { developmentSecrets } from "../local/settings";
import { signed } from "../local/stand-ins/resend-webhooks";
import { mailTurns } from "../tests/world/mail-turns";
import { posted } from "../tests/world/posted-mails";
import { bring, bringAll, reportsTo } from "../tests/world/resend";
import { sweepMails } from "./background";

test.each([
  ["pat", "delivered", 0],
  ["bounced", "bounced", 1],
  ["complained", "complained", 1],
  ["suppressed", "suppressed", 1],
  ["failed", "failed", 1],
  ["delayed", "delayed", 0],
] as const)("of a mail to %s whose reports never came, the provider is asked: %s, with %i notice, however often it is asked", async (name, state, notices) => {
  const its = await posted();
  const { env, context } = its.world;
  await its.send(its.address(name));
  for (let night = 0; night < 2; night += 1) {
    its.world.clock.pass(DAY);
    await sweepMails(env, context.platform);
    await its.world.drainOutbox(its.shop);
  }
  expect(await its.states(its.address(name))).toEqual([state]);
  expect(await its.notices()).toHaveLength(notices);
});

test("a late report with a reason counts more than the answer, and changes nothing else", async () => {
  const its = await posted();
  await its.send(its.address("bounced"));
  its.world.clock.pass(DAY);
  await sweepMails(its.world.env, its.world.context.platform);
  expect(await its.states(its.address("bounced"))).toEqual(["bounced"]);
  for (const [at, { body }] of (await reportsTo(its.address("bounced"))).entries()) {
    const now = its.world.clock.now();
    const dated = JSON.stringify({ ...JSON.parse(body), created_at: new Date(now).toISOString() });
    await bring(its.world, await signed(developmentSecrets.RESEND_WEBHOOK_SECRET, `msg_late_${at}`, dated, now));
  }
  await its.world.drainOutbox(its.shop);
  expect(await its.states(its.address("bounced"))).toEqual(["bounced refused-for-good"]);
  expect(await its.notices()).toHaveLength(1);
});

test("only mails of the last days without an end are asked about", async () => {
  const its = await posted();
  const { clock, settings } = its.world.context.platform;
  const { db } = its.world.dispatcher(its.shop.id);
  const ask = async () => (await askAfterMails({ db, clock, settings, turns: mailTurns() })).asked;
  await its.send(its.address("pat"));
  await bringAll(its.world, its.address("pat"));
  await its.send(its.address("delayed"));
  expect(await ask()).toBe(0);
  its.world.clock.pass(7 * HOUR);
  expect(await ask()).toBe(1);
  its.world.clock.pass(3 * DAY);
  expect(await ask()).toBe(0);
});

test("a provider that is busy is left alone until the next night", async () => {
  const its = await posted();
  const { clock, settings } = its.world.context.platform;
  const { db } = its.world.dispatcher(its.shop.id);
  for (const one of [1, 2, 3]) await its.send(its.address(`pat${one}`));
  its.world.clock.pass(DAY);
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["429"]) });
  const ask = () => askAfterMails({ db, clock, settings, turns: mailTurns() });
  expect(await ask()).toEqual({ asked: 0, found: 0, left: 3 });
  expect(await ask()).toEqual({ asked: 3, found: 3, left: 0 });
});
