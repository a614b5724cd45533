import { env as bindings } from "cloudflare:test";
import { type Id, newId } from "~/kernel/ids";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import { openShop } from "~/modules/customers/open-shop.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import type { CaughtMail } from "~/platform/http/mailbox.server";
import { deliver, drain, type OutboxDispatcher } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { contextOf, type LoadContext } from "../../workers/context";
import { outboxDispatcherOf, type QueueMessage } from "../../workers/outbox-dispatcher";
import { cheapHash } from "./hashes";
import { type Shop, shopOf } from "./shop";

export type World = Awaited<ReturnType<typeof createWorld>>;
export type WorldContext = { env: Env; context: LoadContext; clock: MovedClock; next(): number };
export type MovedClock = { now(): UtcMs; pass(ms: number): void; set(at: UtcMs): void };

export const OWNER_PASSWORD = "correct horse battery";

/**
 * The product on real storage with a clock that only the test moves. It begins at the machine's own time,
 * because rooms and addresses that are called over HTTP live by that one.
 */
export async function createWorld(options: { now?: string; production?: boolean } = {}) {
  let at = toUtcMs(options.now ? Date.parse(options.now) : Date.now());
  let count = 0;
  const clock: MovedClock = {
    now: () => at,
    pass: (ms) => {
      at = toUtcMs(at + ms);
    },
    set: (instant) => {
      at = instant;
    },
  };
  const name = newId("event");
  const queued: QueueMessage[] = [];
  const pending: Promise<unknown>[] = [];
  // The runtime's queue would deliver in its own time; this one waits for drainOutbox.
  const env: Env = {
    ...bindings,
    ...(options.production ? { ENVIRONMENT: "production" } : {}),
    OUTBOX: { send: async (message: QueueMessage) => void queued.push(message) } as unknown as Queue,
    // Its minute is the machine's, and all worlds call from the same few addresses: each is counted by itself.
    SIGN_IN_LIMIT: { limit: ({ key }) => bindings.SIGN_IN_LIMIT.limit({ key: `${name} ${key}` }) },
  };
  const context = contextOf(env, { waitUntil: (work) => void pending.push(work) }, clock);
  const worldContext: WorldContext = { env, context, clock, next: () => ++count };

  const dispatcher = (organizationId: Id<"organization">): OutboxDispatcher =>
    outboxDispatcherOf(env, context.platform, scopedDatabase(env.TENANTS, forJob(organizationId, "outbox")));

  const shops = new Set<Id<"organization">>();
  /** Whatever was left to happen after an answer, as the guard does for pages: the outbox is drained, the journal sealed. */
  async function settle(): Promise<void> {
    for (const id of shops) await context.servicesFor(forJob(id, "test")).drainNow();
    while (pending.length > 0) await Promise.all(pending.splice(0));
  }

  return {
    env,
    context,
    clock,
    queued,
    dispatcher,
    settle,
    /** A shop that exists already. */
    shopAt: (id: Id<"organization">, ownerEmail: string, host: string): Shop => shopOf(worldContext, id, ownerEmail, host),
    /** A shop with an owner, in a zone that is 45 minutes off everybody else's. */
    async shop(): Promise<Shop> {
      const n = worldContext.next();
      const slug = `shop-${n}-${newId("event").slice(-6)}`;
      const owner = { name: `Owner ${n}`, email: `owner@${slug}.test`, password: OWNER_PASSWORD };
      const details = {
        slug,
        name: `Shop ${n}`,
        plan: "pro",
        zone: "Pacific/Chatham",
        locale: "en-NZ",
        currency: "NZD",
        distanceUnit: "km",
        brandColor: "#0b6674",
        phone: null,
        email: null,
      } as const;
      const { directory, settings } = context.platform;
      // Who has an account keeps its password: so no shop waits for a hash of the product's own.
      const passwordHash = cheapHash(OWNER_PASSWORD, settings.passwordPepper);
      await directory.addAccount({ id: newId("account"), email: owner.email, passwordHash, createdAt: clock.now() });
      const opened = await openShop(
        { ...context.platform, databaseOf: (id) => scopedDatabase(env.TENANTS, forJob(id, "test")) },
        { details, publicOrigin: `http://${slug}.test`, hosts: [`${slug}.test`], owner },
      );
      if (!opened.ok) throw new Error(opened.error.kind);
      shops.add(opened.value.organizationId);
      return shopOf(worldContext, opened.value.organizationId, owner.email, `${slug}.test`);
    },
    /** Sends all that is due, by answer's drain and by queue, as often as it takes. */
    async drainOutbox(...shops: readonly Shop[]): Promise<void> {
      await settle();
      for (const shop of shops) await drain(dispatcher(shop.id));
      // What is delivered puts the next of its record into the queue.
      for (let next = queued.shift(); next; next = queued.shift()) await deliver(dispatcher(next.organizationId as Id<"organization">), next.key); // sent by an outlet of ours
      await settle();
    },
    /** What the mail provider's stand-in took for an address, newest first. */
    async mail(to: string): Promise<CaughtMail[]> {
      return (await fetch(`${context.platform.settings.mailboxUrl}?to=${encodeURIComponent(to)}`)).json();
    },
  };
}
