import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mails } from "~/modules/notifications/notification.tables";
import { developmentSecrets } from "../local/settings";
import { signed } from "../local/stand-ins/resend-webhooks";
import { posted } from "../tests/world/posted-mails";
import { bring, bringAll, reportsTo } from "../tests/world/resend";
import { answerInBackground } from "./background";
import { resendWebhook } from "./resend-webhook";

test.each([
  ["pat", "delivered", 0],
  ["bounced", "bounced refused-for-good", 1],
  ["full", "bounced mailbox-full", 1],
  ["complained", "complained", 1],
  ["suppressed", "suppressed", 1],
  ["failed", "failed", 1],
  ["delayed", "delayed", 0],
] as const)("reports on a mail to %s, each twice and in any order, make it %s, with %i notice", async (name, state, notices) => {
  for (const order of [<T>(all: T[]) => all, <T>(all: T[]) => [...all.toReversed(), ...all]]) {
    const its = await posted();
    await its.send(its.address(name));
    await bringAll(its.world, its.address(name), order);
    expect(await its.states(its.address(name))).toEqual([state]);
    expect(await its.notices()).toHaveLength(notices);
    expect(await its.reports()).toHaveLength((await reportsTo(its.address(name))).length);
  }
});

test("a notice names the recipient, the mail and what became of it, once", async () => {
  const its = await posted();
  const to = its.address("bounced");
  await its.send(to);
  await bringAll(its.world, to);
  await bringAll(its.world, to);
  expect(await its.notices()).toEqual([`Bounced: the address doesn't exist or takes no mail. Email to ${to}: Mail 1`]);
});

test("a report that comes before the mail is noted counts, and its notice follows", async () => {
  const its = await posted();
  const to = its.address("bounced");
  await its.send(to);
  const { db } = its.world.dispatcher(its.shop.id);
  const [mail] = await db.query({ from: mails, columns: { key: mails.key, tag: mails.tag }, limit: 1 });
  await db.batch([db.update(mails, { tag: "not noted yet" }, eq(mails.key, mail?.key ?? ""))]);
  await bringAll(its.world, to);
  expect(await its.notices()).toEqual([]);
  await db.batch([db.update(mails, { tag: mail?.tag ?? "" }, eq(mails.key, mail?.key ?? ""))]);
  its.world.clock.pass(60_000);
  await its.world.drainOutbox(its.shop);
  expect(await its.notices()).toHaveLength(1);
  expect(await its.states(to)).toEqual(["bounced refused-for-good"]);
});

test("an address that bounced for good or complained gets no more mail but to sign in, which a delivery ends for a bounce", async () => {
  const its = await posted();
  for (const name of ["bounced", "complained", "suppressed", "full"]) {
    const to = its.address(name);
    await its.send(to);
    await bringAll(its.world, to);
    await its.send(to);
    await its.send(to, "sign-in");
    expect((await its.world.mail(to)).length).toBe(name === "full" ? 3 : 2);
  }
  await its.world.settle();
  expect(await its.states(its.address("complained"))).toEqual(["complained", "held"]);
  expect(await its.notices()).toContain(`Not sent: earlier mail to this address failed. Email to ${its.address("bounced")}: Mail 2`);
  // The mailbox exists now.
  const to = its.address("bounced");
  const [report] = await reportsTo(to);
  const later = new Date(its.world.clock.now()).toISOString();
  const body = JSON.stringify({ ...JSON.parse(report?.body ?? "{}"), type: "email.delivered", created_at: later });
  await bring(its.world, await signed(developmentSecrets.RESEND_WEBHOOK_SECRET, "msg_delivered", body, its.world.clock.now()));
  await its.send(to);
  expect((await its.world.mail(to)).length).toBe(3);
});

test("a forged report, one changed byte, an old one, a large one and none at all are refused; one of another program is answered", async () => {
  const its = await posted();
  const { world } = its;
  const to = its.address("bounced");
  await its.send(to);
  const [report] = await reportsTo(to);
  if (!report) throw new Error("no report");
  const { headers, body } = report;
  expect((await bring(world, { headers, body: body.replace("{", "{ ") })).status).toBe(403);
  expect((await bring(world, { headers: { ...headers, "svix-signature": "v1,AAAA" }, body })).status).toBe(403);
  expect((await bring(world, { headers: { ...headers, "svix-id": "msg_other" }, body })).status).toBe(403);
  expect((await bring(world, { headers: {}, body })).status).toBe(403);
  expect((await bring(world, { headers, body: " ".repeat(262_145) })).status).toBe(413);
  const by = (text: string, at: number = Date.now()) => signed(developmentSecrets.RESEND_WEBHOOK_SECRET, "msg_own", text, at);
  expect((await bring(world, await by(body, world.clock.now() - 360_000))).status).toBe(403);
  expect((await bring(world, await by("{"))).status).toBe(400);
  expect((await bring(world, await by('{"type":"domain.created","data":{}}'))).status).toBe(200);
  const elsewhere = body.replace(its.shop.id, `org_${"0".repeat(26)}`);
  expect(await (await bring(world, await by(elsewhere))).text()).toBe("Unknown shop.\n");
  expect(await its.reports()).toEqual([]);
  const get = await answerInBackground(new Request("http://shop.test/webhooks/resend"), world.env, {
    waitUntil: () => {},
    passThroughOnException: () => {},
  } as unknown as ExecutionContext);
  expect(get?.status).toBe(405);
  const { platform } = world.context;
  const closed = { ...world.context, platform: { ...platform, settings: { ...platform.settings, mailWebhookSecret: null } } };
  expect((await resendWebhook(new Request("http://app.test/webhooks/resend", { method: "POST", headers, body }), closed)).status).toBe(404);
});
