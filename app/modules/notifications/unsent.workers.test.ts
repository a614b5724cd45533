import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import { journal } from "~/platform/database/tenant.tables";
import { deliver, type OutboxDispatcher } from "~/platform/outbox/drain.server";
import { expectConsoleError } from "../../../tests/setup/console";
import { testEffects } from "../../../tests/world/effects";
import { mailTurns } from "../../../tests/world/mail-turns";
import { createWorld } from "../../../tests/world/world";
import { dismissMail, sendMailAgain } from "./correct-unsent-mail.server";
import { mailerOf } from "./mailer.server";
import { mailAddresses, unsentMails } from "./notification.tables";

const faults = (...kinds: string[]) => fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(kinds) });

/** An effect that mails each of these people, and what its mails come to. */
async function mailing(...people: string[]) {
  const world = await createWorld();
  const shop = await world.shop();
  const { clock, settings } = world.context.platform;
  const known = world.dispatcher(shop.id);
  const own = (name: string) => (name.includes(" ") ? name : `${name}@${shop.id.slice(-8)}.test`);
  const mailer = mailerOf({ db: known.db, clock, settings, turns: mailTurns() });
  const facts = { template: "statement" as const, from: "Shop", subject: "Statement", html: "<p>x</p>", text: "x" };
  const dispatcher: OutboxDispatcher = {
    ...known,
    handlerOf: () => ({
      via: "queue",
      timeoutMs: MINUTE,
      async handle(key) {
        for (const to of people.map(own)) await mailer.send({ ...facts, key: `${key}:${to}`, to });
      },
    }),
  };
  await shop.db.batch([effectRow(shop.db, { ...testEffects.of("test.done", "effect", { of: "x" }), kind: "mail.invoice-issued" }, clock.now())]);
  const { key, recipient, state, problem, version } = unsentMails;
  return {
    world,
    shop,
    staff: await shop.asStaff(),
    own,
    deliver: () => deliver(dispatcher, "effect"),
    unsent: async () => shop.db.query({ from: unsentMails, columns: { key, recipient, state, problem, version }, limit: 9 }),
    box: async (name: string) => (await world.mail(own(name))).length,
    journaled: async () =>
      (await shop.db.query({ from: journal, columns: { event: journal.event }, where: eq(journal.recordKind, "mail"), limit: 9 })).map(({ event }) => event),
  };
}

test("what the provider refuses waits for a person with its answer, and two people at once send it again once", async () => {
  const its = await mailing("no address");
  expectConsoleError(/outbox\.gave-up/);
  expect(await its.deliver()).toBeNull();
  const [mail] = await its.unsent();
  expect(mail).toMatchObject({ recipient: "no address", state: "given-up", problem: expect.stringContaining("validation_error"), version: 0 });
  const again = { key: mail?.key ?? "", seen: 0, to: its.own("joan") };
  const answers = await Promise.all([sendMailAgain(its.staff, again), sendMailAgain(its.staff, again)]);
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { kind: "stale" } });
  await its.deliver();
  expect(await sendMailAgain(its.staff, again)).toMatchObject({ error: { kind: "stale" } });
  await its.deliver();
  expect(await its.box("joan")).toBe(1);
  expect(await its.unsent()).toMatchObject([{ state: "sent", version: 1 }]);
  expect(await its.journaled()).toEqual(["mail.sent-again"]);
});

test("a mail whose answer was lost is not tried under a key that is over; sent again by a person it is a new mail", async () => {
  const its = await mailing("joan");
  await faults("lost");
  expect(await its.deliver()).toBeGreaterThan(0);
  its.world.clock.pass(24 * HOUR);
  expectConsoleError(/outbox\.gave-up/);
  expect(await its.deliver()).toBeNull();
  expect(await its.box("joan")).toBe(1);
  const [mail] = await its.unsent();
  expect(mail).toMatchObject({ state: "unclear", problem: expect.stringContaining("connection was lost") });
  expect(await sendMailAgain(its.staff, { key: mail?.key ?? "", seen: 0, to: null })).toMatchObject({ ok: true });
  expect(await its.deliver()).toBeNull();
  expect(await its.box("joan")).toBe(2);
});

test("a mail that the provider surely didn't take is tried on under its key after a day", async () => {
  const its = await mailing("joan");
  await faults("429");
  expect(await its.deliver()).toBe(1_000);
  its.world.clock.pass(24 * HOUR);
  expect(await its.deliver()).toBeNull();
  expect(await its.box("joan")).toBe(1);
  expect(await its.unsent()).toMatchObject([{ state: "sent" }]);
});

test("a held mail goes to another address, and to nobody who has it", async () => {
  const its = await mailing("pat", "joan");
  await its.shop.db.batch([its.shop.db.insert(mailAddresses, { address: its.own("joan"), bouncedAt: its.world.clock.now() })]);
  expect(await its.deliver()).toBeNull();
  const [mail] = await its.unsent();
  expect(mail).toMatchObject({ state: "held", recipient: its.own("joan") });
  expect(await sendMailAgain(its.staff, { key: mail?.key ?? "", seen: 0, to: its.own("sol") })).toMatchObject({ ok: true });
  its.world.clock.pass(48 * HOUR);
  expect(await its.deliver()).toBeNull();
  expect([await its.box("pat"), await its.box("joan"), await its.box("sol")]).toEqual([1, 0, 1]);
  await its.world.settle();
});

test("a dismissed mail needs a reason and never leaves", async () => {
  const its = await mailing("joan");
  await its.shop.db.batch([its.shop.db.insert(mailAddresses, { address: its.own("joan"), complainedAt: its.world.clock.now() })]);
  await its.deliver();
  const [mail] = await its.unsent();
  const one = { key: mail?.key ?? "", seen: 0 };
  expect(await dismissMail(its.staff, { ...one, reason: " " })).toMatchObject({ error: { kind: "no-reason" } });
  expect(await dismissMail(its.staff, { ...one, reason: "Called her" })).toMatchObject({ ok: true });
  expect(await sendMailAgain(its.staff, { ...one, to: null })).toMatchObject({ error: { kind: "stale" } });
  expect(await its.unsent()).toMatchObject([{ state: "dismissed", version: 1 }]);
  expect(await its.journaled()).toEqual(["mail.dismissed"]);
  await its.world.settle();
});

test("another shop's mail is out of reach", async () => {
  const [its, other] = [await mailing("no address"), await mailing("joan")];
  expectConsoleError(/outbox\.gave-up/);
  await its.deliver();
  const [mail] = await its.unsent();
  expect(await sendMailAgain(other.staff, { key: mail?.key ?? "", seen: 0, to: null })).toMatchObject({ error: { kind: "not-found" } });
});
