import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { noticeStore } from "~/modules/notifications/notice.store.server";
import { resendClient } from "~/modules/notifications/resend.client.server";
import { loader as estimatePage } from "~/routes/customer/estimate/route";
import { loader as jobPage } from "~/routes/vendor/job/route";
import { developmentSecrets } from "../local/settings";
import { signed } from "../local/stand-ins/resend-webhooks";
import { expectConsoleError } from "../tests/setup/console";
import { estimateShop, sentEstimate } from "../tests/world/estimates";
import { bring } from "../tests/world/resend";
import { EmailReceivedEvent, ReceivedEmail } from "../tests/world/resend-schema";
import { assigned, at, vendorShop } from "../tests/world/vendor-work";
import type { World } from "../tests/world/world";

type Reply = { from: string; to: string; subject: string; text: string; headers?: Record<string, string>; attachments?: string[] };
type Report = { headers: Record<string, string>; body: string };

/** A mail that somebody sends, and the provider's report of it. */
async function inbound(reply: Reply): Promise<{ id: string; report: Report }> {
  const answer = await fetch("http://resend.test/__inbound", { method: "POST", body: JSON.stringify(reply) });
  return answer.json();
}

/** Brings a report, signed by the world's clock. */
async function take(world: World, { headers, body }: Report): Promise<void> {
  const dated = signed(developmentSecrets.RESEND_WEBHOOK_SECRET, headers["svix-id"] ?? "", body, world.clock.now());
  expect((await bring(world, dated)).status).toBe(200);
}

/** Sends a mail and brings its report, twice. */
async function reply(world: World, shop: Awaited<ReturnType<World["shop"]>>, mail: Reply): Promise<void> {
  const { report } = await inbound(mail);
  for (const one of [report, report]) await take(world, one);
  await world.drainOutbox(shop);
  await world.drainOutbox(shop);
}

async function mailed(world: World, to: string, about: RegExp): Promise<{ replyTo: string; subject: string }> {
  const mail = (await world.mail(to)).find(({ subject }) => about.test(subject));
  if (!mail) throw new Error(`no mail to ${to}`);
  return { replyTo: mail.headers?.["Reply-To"] ?? "", subject: `Re: ${mail.subject}` };
}

async function estimated() {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  await it.world.drainOutbox(it.shop);
  const { replyTo, subject } = await mailed(it.world, it.decider.email, /Estimate|estimate/);
  const owner = await it.shop.membershipOf(it.shop.ownerEmail, "staff");
  return {
    ...it,
    id,
    replyTo,
    subject,
    reply: (mail: Partial<Reply> & { text: string }) => reply(it.world, it.shop, { from: `Pat <${it.decider.email}>`, to: replyTo, subject, ...mail }),
    async messages() {
      const page = await (await it.visitor(it.decider)).get(estimatePage, "/", { params: { estimateId: id } });
      return (page.body as { messages: { text: string; fromShop: boolean }[] }).messages.map(
        ({ text, fromShop }) => `${fromShop ? "shop" : "customer"}: ${text}`,
      );
    },
    notices: async () => (await noticeStore(it.staff.db).page(owner.id, null, it.world.clock.now())).rows.map(({ title }) => title),
  };
}

test("a reply to an estimate's mail is a message on it, once; staff reply to the mail about it; it decides nothing", async () => {
  const it = await estimated();
  await it.reply({ text: `Approved! Can the rear wait?\n\nOn Thu, Dec 3, 2026 Shop <${it.replyTo}> wrote:\n> Estimate`, attachments: ["axle.jpg"] });
  expect(await it.messages()).toEqual([
    "customer: Approved! Can the rear wait?\n\n[Attached to the email and not shown here: axle.jpg. The shop can open it at its mail provider.]",
  ]);
  it.world.clock.pass(60_000);
  const toStaff = await mailed(it.world, it.shop.ownerEmail, /about/);
  await reply(it.world, it.shop, { from: it.shop.ownerEmail.toUpperCase(), to: toStaff.replyTo, subject: toStaff.subject, text: "A month, not longer." });
  expect(await it.messages()).toEqual([
    "customer: Approved! Can the rear wait?\n\n[Attached to the email and not shown here: axle.jpg. The shop can open it at its mail provider.]",
    "shop: A month, not longer.",
  ]);
  expect((await it.world.mail(it.decider.email)).filter(({ text }) => text.includes("not longer"))).toHaveLength(1);
  const page = await (await it.visitor(it.decider)).get(estimatePage, "/", { params: { estimateId: it.id } });
  expect(page.body).toMatchObject({ estimate: { state: "sent" } });
});

test("a reply from another address goes to the shop, with its text, and an answer to it goes to who wrote", async () => {
  const it = await estimated();
  await it.reply({ from: "Lee <lee@elsewhere.test>", text: "Please call me." });
  expect(await it.messages()).toEqual([]);
  expect(await it.notices()).toContainEqual(expect.stringMatching(/^Lee replied to "[^"]*stimate[^"]*": Please call me\.$/));
  const mail = await mailed(it.world, it.shop.ownerEmail, /Lee replied/);
  expect(mail.replyTo).toBe("lee@elsewhere.test");
});

test("a reply that can't be read is a notice about it", async () => {
  const it = await estimated();
  const { report } = await inbound({ from: it.decider.email, to: it.replyTo, subject: it.subject, text: "Go on." });
  const body = JSON.stringify({ ...JSON.parse(report.body), data: { ...JSON.parse(report.body).data, email_id: "4ef9a417-02e9-4d39-ad75-9611e0fcc33c" } });
  expectConsoleError(/outbox\.gave-up.*mail\.reply/);
  await take(it.world, { ...report, body });
  await it.world.drainOutbox(it.shop);
  expect(await it.notices()).toContain("A reply to an email couldn't be read, so it isn't on its record");
});

test("an absence note is no message, and neither is a mail to an address that was never ours", async () => {
  const it = await estimated();
  const before = await it.notices();
  await it.reply({ text: "I am out until Monday.", headers: { "Auto-Submitted": "auto-replied" } });
  await it.reply({ text: "Hello", to: it.replyTo.replace(/.{8}@/, "00000000@") });
  await it.reply({ text: "Hello", to: "shop@reply.baytrack.test" });
  await it.reply({ text: "Hello", to: it.replyTo.replace(it.shop.id.slice(4), newId("organization").slice(4)) });
  expect(await it.messages()).toEqual([]);
  expect(await it.notices()).toEqual(before);
});

test("a vendor's reply is a message on its job; another vendor's goes to the shop", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.gear);
  await it.world.drainOutbox(it.shop);
  const { replyTo, subject } = await mailed(it.world, it.gear.email, /V-|job/i);
  await reply(it.world, it.shop, { from: it.gear.email, to: replyTo, subject, text: "Friday is fine." });
  await reply(it.world, it.shop, { from: it.cool.email, to: replyTo, subject, text: "Mine, too." });
  const page = JSON.stringify((await it.gear.browser.get(jobPage, "/", at(id))).body);
  expect(page).toContain("Friday is fine.");
  expect(page).not.toContain("Mine, too.");
  expect(page.split("Friday is fine.")).toHaveLength(2);
});

test("a provider that is busy is asked again, and nothing is lost", async () => {
  const it = await estimated();
  const { report } = await inbound({ from: it.decider.email, to: it.replyTo, subject: it.subject, text: "Go on." });
  await take(it.world, report);
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["500", "429"]) });
  for (let again = 0; again < 4; again += 1) {
    await it.world.drainOutbox(it.shop);
    it.world.clock.pass(120_000);
  }
  expect(await it.messages()).toEqual(["customer: Go on."]);
});

test("a mail that comes in, and its report, are as Resend publishes them", async () => {
  const { id, report } = await inbound({ from: "a@b.test", to: "r@reply.baytrack.test", subject: "Re", text: "Hello", attachments: ["a.jpg"] });
  expect(EmailReceivedEvent.safeParse(JSON.parse(report.body)).error).toBeUndefined();
  const account = { apiKey: "re_test", baseUrl: "http://resend.test" };
  const answer = await fetch(`${account.baseUrl}/emails/receiving/${id}`, { headers: { Authorization: `Bearer ${account.apiKey}` } });
  expect(ReceivedEmail.safeParse(await answer.json()).error).toBeUndefined();
  expect(await resendClient(account).received(id)).toMatchObject({ mail: { from: "a@b.test", text: "Hello", attachments: [{ filename: "a.jpg" }] } });
  expect(await resendClient(account).received("4ef9a417-02e9-4d39-ad75-9611e0fcc33c")).toMatchObject({ mail: null });
});
