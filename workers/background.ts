import { parseId } from "~/kernel/ids";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { deliver, drain } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { contextOf, platformOf } from "./context";
import { ingest } from "./ingest";
import { outletOf, type QueueMessage } from "./outlet";
import { partyGate } from "./party-gate";

export { BoardRoom, FleetRoom } from "./rooms";

/** What runs without a page: rooms, trackers, queue, cron. Null where a page should answer. */
export async function answerInBackground(request: Request, env: Env, execution: ExecutionContext): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/parties/")) return partyGate(request, env, platformOf(env, execution));
  if (pathname.startsWith("/api/telematics/")) return ingest(request, contextOf(env, execution));
  return null;
}

export async function consume(batch: MessageBatch<QueueMessage>, env: Env, execution: ExecutionContext): Promise<void> {
  const platform = platformOf(env, execution);
  for (const message of batch.messages) {
    const organizationId = parseId("organization", message.body.organizationId);
    if (!organizationId) {
      message.ack();
      continue;
    }
    const outlet = outletOf(env, platform, scopedDatabase(env.TENANTS, forJob(organizationId, "outbox")));
    const wait = await deliver(outlet, message.body.key);
    if (wait === null) message.ack();
    else message.retry({ delaySeconds: Math.ceil(wait / 1_000) });
  }
}

/** Each minute: sends what an answer's own drain or a lost queue message left behind. */
export async function sweep(env: Env, execution: ExecutionContext): Promise<void> {
  const platform = platformOf(env, execution);
  for (const organizationId of await platform.directory.organizationsWithLateEffects(platform.clock.now())) {
    try {
      const sent = await drain(outletOf(env, platform, scopedDatabase(env.TENANTS, forJob(organizationId, "sweep"))));
      log.info("outbox.swept", { organizationId, sent });
    } catch (cause) {
      // One organization's trouble is not the others'.
      log.error("outbox.not-swept", cause, { organizationId });
    }
  }
}

export default {
  async fetch(request, env, execution) {
    return (await answerSafely(request, env, execution)) ?? new Response("Not found", { status: 404 });
  },
  queue: consume,
  scheduled: (_event, env, execution) => sweep(env, execution),
} satisfies ExportedHandler<Env, QueueMessage>;

/** A fault inside is logged under a reference that the caller can quote; nothing of it goes out. */
export async function answerSafely(request: Request, env: Env, execution: ExecutionContext): Promise<Response | null> {
  try {
    return await answerInBackground(request, env, execution);
  } catch (cause) {
    const reference = crypto.randomUUID().slice(0, 8);
    log.error("request.failed", cause, { reference, path: new URL(request.url).pathname.split("/").slice(0, 3).join("/") });
    return new Response(`Something failed on our side. Nothing you sent was lost; send it again. Reference ${reference}.\n`, { status: 503, headers: { "Retry-After": "5" } });
  }
}
