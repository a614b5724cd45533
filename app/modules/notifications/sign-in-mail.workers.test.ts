import { expect, test } from "vitest";
import { MINUTE } from "~/kernel/time";
import { askForLink } from "~/modules/people/links/request-sign-in-link.server";
import { effectRow } from "~/platform/database/journal.server";
import { outbox } from "~/platform/database/tenant.tables";
import { deliver, type OutboxDispatcher } from "~/platform/outbox/drain.server";
import { expectConsoleError } from "../../../tests/setup/console";
import { testEffects } from "../../../tests/world/effects";
import { mailTurns } from "../../../tests/world/mail-turns";
import { createWorld } from "../../../tests/world/world";
import { mailerOf } from "./mailer.server";
import { mails, staffNotices } from "./notification.tables";
import { resendClient } from "./resend.client.server";

/** Somebody asked for a link, which is mailed at once; the provider fails in these ways, one after the other. */
async function asked(...failures: string[]) {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  await faults(...failures);
  const result = await askForLink(world.context, { audience: "customer", email: customer.email, address: "192.0.2.1", only: null });
  if (!result.ok) throw new Error(result.error.kind);
  await world.settle();
  const key = `mail:sign-in:${result.value}`;
  const rowOf = async () =>
    (
      await shop.db.query({
        from: outbox,
        columns: { dueAt: outbox.dueAt, doneAt: outbox.doneAt, problem: outbox.problem, attempts: outbox.attempts },
        limit: 1,
      })
    )[0];
  return { world, shop, customer, key, rowOf, dispatcher: world.dispatcher(shop.id) };
}

const faults = (...kinds: string[]) => fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(kinds) });
const boxOf = async (to: string) => (await (await fetch(`http://resend.test/__mailbox?to=${to}`)).json()) as { html: string; text: string; subject: string }[];

test("a response lost after the provider accepted the mail makes no second mail", async () => {
  const { customer, key, dispatcher, rowOf } = await asked("lost");
  expect(await rowOf()).toMatchObject({ doneAt: null, problem: expect.stringContaining("connection was lost") });
  expect(await boxOf(customer.email)).toHaveLength(1);
  expect(await deliver(dispatcher, key)).toBeNull();
  expect(await boxOf(customer.email)).toHaveLength(1);
  expect((await rowOf())?.doneAt).not.toBeNull();
});

test("a crash between sending and `done` retries with the same key and bytes: one mail", async () => {
  const { world, shop, customer, key, dispatcher, rowOf } = await asked("500");
  const dying: OutboxDispatcher = {
    ...dispatcher,
    handlerOf: (kind) => ({ via: "queue", timeoutMs: 60_000, handle: (...given) => dyingAfter(() => dispatcher.handlerOf(kind)?.handle(...given)) }),
  };
  void deliver(dying, key);
  await expect.poll(async () => (await boxOf(customer.email)).length).toBe(1);
  expect(await rowOf()).toMatchObject({ doneAt: null });
  world.clock.pass(3 * MINUTE);
  await world.drainOutbox(shop);
  expect(await boxOf(customer.email)).toHaveLength(1);
  // The test provider answers 409 to one key with two bodies, so `done` means the bytes were equal.
  expect(await rowOf()).toMatchObject({ doneAt: world.clock.now(), problem: null });
});

test("waits as long as a busy provider asks, retries after errors, and sends one mail", async () => {
  const { world, customer, key, dispatcher, rowOf } = await asked("429", "500");
  expect((await rowOf())?.dueAt).toBe(world.clock.now() + 1_000);
  expect(await deliver(dispatcher, key)).toBe(20_000);
  expect(await deliver(dispatcher, key)).toBeNull();
  expect(await boxOf(customer.email)).toHaveLength(1);
  expect((await rowOf())?.attempts).toBe(3);
});

test("an expired link is not mailed, and its row is done", async () => {
  const { world, customer, key, dispatcher, rowOf } = await asked("500");
  world.clock.pass(15 * MINUTE);
  expect(await deliver(dispatcher, key)).toBeNull();
  expect(await boxOf(customer.email)).toEqual([]);
  expect((await rowOf())?.doneAt).toBe(world.clock.now());
});

test("the mail has one link, to the shop's origin, and a code; the mail history has neither", async () => {
  const { world, shop, customer } = await asked();
  await world.drainOutbox(shop);
  const [mail] = await boxOf(customer.email);
  const links = [...(mail?.html.matchAll(/href="([^"]+)"/g) ?? [])].map(([, href]) => href ?? "");
  expect(links).toEqual([expect.stringMatching(/^http:\/\/shop-[\w-]+\.test\/portal\/sign-in\/[\w-]{43}$/)]);
  const code = /\b\d{6}\b/.exec(mail?.text ?? "")?.[0];
  expect(mail?.html).toContain(code);
  const history = await shop.db.query({
    from: mails,
    columns: { key: mails.key, template: mails.template, recipient: mails.recipient, subject: mails.subject, providerId: mails.providerId },
    limit: 5,
  });
  expect(history).toMatchObject([{ template: "sign-in", recipient: customer.email, subject: mail?.subject }]);
  expect(JSON.stringify(history)).not.toMatch(/\/portal\/sign-in\//);
  expect(JSON.stringify(history)).not.toContain(code);
});

test("without a provider key the mail waits with the reason, and never goes to a test provider", async () => {
  const { world, shop, customer, rowOf } = await asked("500");
  const { outboxDispatcherOf } = await import("../../../workers/outbox-dispatcher");
  const platform = { ...world.context.platform, settings: { ...world.context.platform.settings, mail: null } };
  const [row] = await shop.db.query({ from: outbox, columns: { key: outbox.key }, limit: 1 });
  expect(await deliver(outboxDispatcherOf(world.env, platform, shop.db), row?.key ?? "")).toBe(20_000);
  expect(await rowOf()).toMatchObject({ doneAt: null, problem: expect.stringContaining("not connected") });
  expect(await boxOf(customer.email)).toEqual([]);
});

test("the provider client sends one mail per key, and two bodies under one key are refused", async () => {
  const client = resendClient({ apiKey: "re_test", baseUrl: "http://resend.test" });
  const mail = {
    key: "k",
    template: "staff-digest" as const,
    from: `"Shop" <a@harbor.test>`,
    to: "twice@people.test",
    subject: "Once",
    html: "<p>Once</p>",
    text: "Once",
  };
  const first = await client.hand(mail, "org/k");
  expect(first.kind).toBe("taken");
  expect(await client.hand(mail, "org/k")).toEqual(first);
  expect(await client.hand({ ...mail, text: "Twice" }, "org/k")).toMatchObject({
    kind: "unavailable",
    message: expect.stringContaining("invalid_idempotent_request"),
  });
  expect(await boxOf("twice@people.test")).toHaveLength(1);
});

/** Does the work and crashes before recording it. */
async function dyingAfter(work: () => Promise<void> | undefined): Promise<never> {
  await work();
  return new Promise<never>(() => {});
}

test("a mail that is given up notifies the office once; a subject is one line", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const dispatcher = world.dispatcher(shop.id);
  await shop.db.batch([
    effectRow(shop.db, { ...testEffects.of("test.done", "mail:broken", { of: "nothing" }), kind: "mail.invoice-issued" }, world.clock.now()),
  ]);
  expectConsoleError(/outbox\.gave-up/);
  for (let n = 0, delay: number | null = 0; n < 40 && delay !== null; n++) delay = await deliver(dispatcher, "mail:broken");
  await deliver(dispatcher, "mail:broken");
  const { event, title } = staffNotices;
  expect(await shop.db.query({ from: staffNotices, columns: { event, title }, limit: 9 })).toEqual([
    { event: "mail.given-up", title: "An invoice couldn't be delivered" },
  ]);

  const { clock, settings } = world.context.platform;
  const to = `lines@${shop.id.slice(-8)}.test`;
  const job = { ...shop, db: dispatcher.db, clock, settings };
  await mailerOf({ ...job, turns: mailTurns() }).send({
    key: "two lines",
    template: "staff-digest",
    from: "Shop",
    to,
    subject: "Signed by Joan\r\nBcc: all@test",
    html: "<p>x</p>",
    text: "x",
  });
  expect((await boxOf(to))[0]?.subject).toBe("Signed by Joan Bcc: all@test");
});
