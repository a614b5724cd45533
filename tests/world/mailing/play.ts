import { env } from "cloudflare:test";
import { MINUTE, SECOND } from "~/kernel/time";
import { mailerOf } from "~/modules/notifications/mailer.server";
import type { MailTemplate } from "~/modules/notifications/notification-table";
import type { MailTurns } from "~/modules/notifications/pacing";
import { effectRow } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { deliver, drain, type OutboxDispatcher } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { delay, seeded } from "../../../bench/parts/numbers";
import { DATABASE_CALLS, dying, type Life, lifeOf } from "../dying";
import { testEffects } from "../effects";
import type { Shop } from "../shop";
import { createWorld } from "../world";
import type { MailingResult } from "./mailing-result";

export type Mailing = { seed: number; mails: number; limit: number; deaths: number; shares: { busy: number; fails: number; lost: number } };

const SHOPS = 3;
/** Two isolates of so many deliveries at once each. */
const LANES = 8;
const TEMPLATES: readonly MailTemplate[] = ["statement", "invoice-issued", "estimate-ready", "staff-digest"];
/** One mail in so many is a link to sign in, which somebody waits for. */
const SIGN_IN_EVERY = 10;
const MOST_ROUNDS = 10_000;

const provider = (path: string, init?: RequestInit) => fetch(`http://resend.test${path}`, init as never); // the two types of requests differ in Cloudflare's properties only

/**
 * Mails of several shops through a provider that is busy, fails, and takes mails without answering, while our processes
 * die at any of their steps. In the end the provider's box is counted.
 */
export async function playMailing({ seed, mails, limit, deaths, shares }: Mailing): Promise<MailingResult> {
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
  const byKey = new Map(all.map((mail) => [mail.key, mail]));

  /** One process: whatever it asks of the database or of the pacer may be its last. */
  function processOf(shop: Shop, life: Life): OutboxDispatcher {
    const db = scopedDatabase(dying(env.TENANTS, DATABASE_CALLS, life), forJob(shop.id, "outbox"));
    const dyingTurns: MailTurns = {
      take: async (...given) => {
        life();
        return turns.take(...given);
      },
      giveBack: async (...given) => {
        life();
        return turns.giveBack(...given);
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
  const immortal = () => {};

  const isSignIn = ({ template }: { template: string }) => template === "sign-in";
  const put = ({ shop, key }: { shop: Shop; key: string }) =>
    shop.db.batch([effectRow(shop.db, { ...testEffects.of("test.done", key, { of: key }), kind: "mail.statement" } as never, clock.now())]); // a kind that has a handler
  for (const mail of all.filter((one) => !isSignIn(one))) await put(mail);

  let deathsLeft = deaths;
  let died = 0;
  async function deliverOne({ shop, key }: { shop: Shop; key: string }): Promise<number | null> {
    const dies = deathsLeft > 0 && random() < 0.3;
    if (dies) deathsLeft -= 1;
    // A delivery makes some eight calls: the death may come before, between and after all of them.
    const life = dies ? lifeOf(1 + Math.floor(random() * 8)) : immortal;
    try {
      return await deliver(processOf(shop, life), key);
    } catch {
      died += 1;
      return null;
    }
  }

  const waits: number[] = [];
  const signIns = all.filter(isSignIn);
  /** While the others are on their way, somebody asks for a link now and then. */
  async function askForLinks(): Promise<void> {
    for (const mail of signIns) {
      const began = performance.now();
      await put(mail);
      for (let laterMs = await deliverOne(mail); laterMs !== null; laterMs = await deliverOne(mail)) await delay(Math.min(laterMs, SECOND));
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
    for (const shop of shops) await drain(processOf(shop, immortal));
    await Promise.all(Array.from({ length: LANES }, lane));
    if (asked && (await open()) === 0) break;
    await delay(10);
    // Leases of the dead end, and what was to come again is due.
    clock.pass(30 * SECOND);
  }
  await asking;

  const { most } = (await (await provider("/__rate")).json()) as { most: number };
  const counts = await Promise.all(all.map(async ({ to }) => (await world.mail(to)).length));
  const naive = await playNaively(random, { mails: Math.min(mails, 200), limit, shares });
  await provider("/__rate", { method: "POST", body: "500" });
  return {
    mails,
    limit,
    most,
    lost: counts.filter((n) => n === 0).length,
    doubled: counts.filter((n) => n > 1).length,
    deaths: died,
    faults: faults.filter((kind) => kind !== "none").length,
    signInMs: waits.sort((a, b) => a - b),
    naive,
  };
}

/** The control: no key and no turn, and again whatever failed. */
async function playNaively(random: () => number, { mails, limit, shares }: Pick<Mailing, "mails" | "limit" | "shares">): Promise<MailingResult["naive"]> {
  await provider("/__rate", { method: "POST", body: String(limit) });
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

function faultOf(chance: number, { busy, fails, lost }: Mailing["shares"]): string {
  if (chance < busy) return "429";
  if (chance < busy + fails) return "500";
  return chance < busy + fails + lost ? "lost" : "none";
}
