import { env } from "cloudflare:test";
import { MINUTE, SECOND } from "~/kernel/time";
import { mailerOf } from "~/modules/notifications/mailer.server";
import type { MailTemplate } from "~/modules/notifications/notification-table";
import type { MailTurns } from "~/modules/notifications/pacing";
import { effectRow } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import type { CaughtMail } from "~/platform/http/mailbox.server";
import { deliver, drain, type OutboxDispatcher } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { delay, seeded } from "../../../bench/parts/numbers";
import { Died } from "../dying";
import { testEffects } from "../effects";
import type { Shop } from "../shop";
import { createWorld } from "../world";
import { type MailingResult, type MailStep, mailSteps } from "./mailing-result";

export type Mailing = { seed: number; mails: number; limit: number; shares: { busy: number; fails: number; lost: number; dropped: number; hangs: number } };

const SHOPS = 3;
/** Two isolates of so many deliveries at once each. */
const LANES = 8;
const TEMPLATES: readonly MailTemplate[] = ["statement", "invoice-issued", "estimate-ready", "staff-digest"];
/** One mail in so many is a link to sign in, which somebody waits for. */
const SIGN_IN_EVERY = 10;
/** So many of the control, that some of them are taken without an answer. */
const NAIVE = 60;
const MOST_ROUNDS = 10_000;

const provider = (path: string, init?: RequestInit) => fetch(`http://resend.test${path}`, init as never); // the two types of requests differ in Cloudflare's properties only

/**
 * Mails of several shops through a provider that is busy, fails, and takes mails without answering, while our processes
 * die at any of their steps. In the end the provider's box is counted.
 */
export async function playMailing({ seed, mails, limit, shares }: Mailing): Promise<MailingResult> {
  const random = seeded(seed);
  const world = await createWorld();
  const shops = await Promise.all(Array.from({ length: SHOPS }, () => world.shop()));
  const { clock, platform } = { clock: world.clock, platform: world.context.platform };
  const turns = env.MailPacer.getByName(`mailing ${shops[0]?.id}`) as unknown as MailTurns; // held to its port in mail-pacer.ts
  await provider("/__rate", { method: "POST", body: String(limit) });
  const faults = Array.from({ length: mails * 2 }, () => faultOf(random(), shares));
  await provider("/__faults", { method: "POST", body: JSON.stringify(faults) });

  const queue: { shop: Shop; key: string }[] = [];
  const all = Array.from({ length: mails }, (_, at) => {
    const shop = shops[at % SHOPS] as Shop; // one of them
    const template: MailTemplate = at % SIGN_IN_EVERY === 0 ? "sign-in" : (TEMPLATES[at % TEMPLATES.length] ?? "statement");
    return { shop, key: `mail-${at}`, template, to: `reader-${at}@${shop.id.slice(-8)}.test` };
  });
  const died: MailStep[] = [];
  const byKey = new Map(all.map((mail) => [mail.key, mail]));

  /** One process, which reaches nothing anymore once it came to the step at which it dies. */
  function processOf(shop: Shop, diesAt: MailStep | null = null): OutboxDispatcher {
    let isDead = false;
    const at = (step: MailStep) => {
      if (step === diesAt) {
        isDead = true;
        died.push(step);
      }
      alive();
    };
    const alive = () => {
      if (isDead) throw new Died("the process died");
    };
    const around = async <T>(name: "lease" | "turn" | "note" | "done", work: () => Promise<T>): Promise<T> => {
      at(`before ${name}`);
      const made = await work();
      at(`after ${name}`);
      return made;
    };
    let written = 0;
    let isNoted = true;
    const own = scopedDatabase(env.TENANTS, forJob(shop.id, "outbox"));
    const db: typeof own = {
      ...own,
      query: (query) => {
        alive();
        return own.query(query);
      },
      queries: (...all) => {
        alive();
        return own.queries(...all);
      },
      // What is written: that it is being sent, after its turn what became of it, and that it is done.
      batch: (statements) => {
        written += 1;
        if (written === 1) return around("lease", () => own.batch(statements));
        if (isNoted) return around("done", () => own.batch(statements));
        isNoted = true;
        return around("note", () => own.batch(statements));
      },
    };
    const dyingTurns: MailTurns = {
      take: (...given) => {
        isNoted = false;
        return around("turn", () => turns.take(...given));
      },
      giveBack: async (...given) => {
        at("after the provider's answer");
        await turns.giveBack(...given);
        at("after giving back");
      },
    };
    const mailer = mailerOf({ db, clock, settings: platform.settings, turns: dyingTurns });
    return {
      db,
      clock,
      handlerOf: () => ({
        via: "queue",
        timeoutMs: MINUTE,
        handle: async (key) => {
          const mail = byKey.get(key);
          if (!mail) throw new Error(`nobody wrote ${key}`);
          await mailer.send({
            key: `${key}:${mail.to}`,
            template: mail.template,
            to: mail.to,
            from: "Shop",
            subject: "Mail",
            html: "<p>Mail</p>",
            text: "Mail",
          });
        },
      }),
      enqueue: async (key) => void queue.push({ shop, key }),
    };
  }
  const isSignIn = ({ template }: { template: string }) => template === "sign-in";
  const put = ({ shop, key }: { shop: Shop; key: string }) =>
    shop.db.batch([effectRow(shop.db, { ...testEffects.of("test.done", key, { of: key }), kind: "mail.statement" } as never, clock.now())]); // a kind that has a handler
  for (const mail of all.filter((one) => !isSignIn(one))) await put(mail);

  /** Steps at which nobody died yet, in an order of their own. */
  const steps = mailSteps.toSorted(() => random() - 0.5);
  async function deliverOne({ shop, key }: { shop: Shop; key: string }, diesAt = random() < 0.3 ? (steps.shift() ?? null) : null): Promise<number | null> {
    const before = died.length;
    try {
      return await deliver(processOf(shop, diesAt), key);
    } catch (cause) {
      if (!(cause instanceof Died)) throw cause;
      return null;
    } finally {
      // It ended before it came there.
      if (diesAt && !died.slice(before).includes(diesAt)) steps.push(diesAt);
    }
  }

  const waits: number[] = [];
  const signIns = all.filter(isSignIn);
  /** While the others are on their way, somebody asks for a link now and then. */
  async function askForLinks(): Promise<void> {
    for (const mail of signIns) {
      const began = performance.now();
      await put(mail);
      for (let laterMs = await deliverOne(mail, null); laterMs !== null; laterMs = await deliverOne(mail, null)) await delay(laterMs);
      waits.push(performance.now() - began);
      await delay(50);
    }
  }
  async function lane(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) await deliverOne(next);
  }

  const asking = askForLinks();
  let asked = false;
  void asking.then(() => {
    asked = true;
  });
  const open = async () => (await Promise.all(shops.map((shop) => leftIn(shop)))).reduce((sum, n) => sum + n, 0);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const shop of shops) await drain(processOf(shop));
    await Promise.all(Array.from({ length: LANES }, lane));
    if (asked && (await open()) === 0) break;
    await delay(10);
    // Leases of the dead end, and what was to come again is due.
    clock.pass(30 * SECOND);
  }
  await asking;

  const { most } = (await (await provider("/__rate")).json()) as { most: number };
  const taken = await Promise.all(all.map(({ to }) => world.mail(to) as Promise<(CaughtMail & { key: string | null })[]>)); // the stand-in names the key as well
  const counts = taken.map(({ length }) => length);
  const keys = new Set(taken.flatMap((its) => its.flatMap(({ key }) => key ?? [])));
  const naive = await playNaively(seeded(seed + 1), { mails: NAIVE, shares });
  await provider("/__rate", { method: "POST", body: "500" });
  return {
    mails,
    limit,
    most,
    lost: counts.filter((n) => n === 0).length,
    doubled: counts.filter((n) => n > 1).length,
    keys: keys.size,
    deaths: mailSteps.filter((step) => died.includes(step)),
    faults: faults.filter((kind) => kind !== "none").length,
    signInMs: waits.sort((a, b) => a - b),
    naive,
  };
}

/** The control: no key and no turn, and again whatever failed. */
async function playNaively(random: () => number, { mails, shares }: Pick<Mailing, "mails" | "shares">): Promise<MailingResult["naive"]> {
  // Refused by the rate, it would only wait: here it is counted.
  await provider("/__rate", { method: "POST", body: "500" });
  await provider("/__faults", { method: "POST", body: JSON.stringify(Array.from({ length: mails }, () => faultOf(random(), shares))) });
  const id = crypto.randomUUID().slice(0, 8);
  const boxOf = async (to: string) => ((await (await provider(`/__mailbox?to=${encodeURIComponent(to)}`)).json()) as unknown[]).length;
  const all = Array.from({ length: mails }, (_, at) => `naive-${at}@${id}.test`);
  await Promise.all(
    all.map(async (to) => {
      const body = JSON.stringify({ from: "Shop <shop@naive.test>", to, subject: "Mail", text: "Mail" });
      const headers = { Authorization: "Bearer re_naive", "Content-Type": "application/json" };
      for (let tries = 0; tries < 100; tries++) {
        const answer = await provider("/emails", { method: "POST", headers, body });
        await answer.body?.cancel();
        if (answer.ok) return;
        await delay(200 + random() * 800);
      }
    }),
  );
  const { most } = (await (await provider("/__rate")).json()) as { most: number };
  const counts = await Promise.all(all.map(boxOf));
  return { most, doubled: counts.filter((n) => n > 1).length };
}

/** How many effects of a shop are not done. */
async function leftIn(shop: Shop): Promise<number> {
  const row = await env.TENANTS.prepare("select count(*) as n from outbox where organization_id = ? and key like 'mail-%' and done_at is null")
    .bind(shop.id)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

function faultOf(chance: number, { busy, fails, lost, dropped, hangs }: Mailing["shares"]): string {
  let left = chance;
  for (const [kind, share] of Object.entries({ "429": busy, "500": fails, lost, dropped, hangs })) {
    if (left < share) return kind;
    left -= share;
  }
  return "none";
}
