import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { canAdd } from "./job-states";
import { outsideOrderStore } from "./outside-order.store.server";
import { mailEffect } from "./vendor-job.effects";
import { vendorJobStore } from "./vendor-job.store.server";
import { vendorMessageStore } from "./vendor-message.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"vendor">; clock: Clock };

/** Posts a message about a job. Submitted twice, it is posted once. The caller drains the outbox. */
export async function postMessage(
  s: Needs,
  id: Id<"vendorJob">,
  { messageId, text }: { messageId: Id<"event">; text: string },
): Promise<Result<null, { kind: "not-found" } | { kind: "not-allowed"; message: string }>> {
  const job = await vendorJobStore(s.db).find(id);
  if (!job) return err({ kind: "not-found" });
  const allowed = canAdd(job.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const template = s.db.scope.audience === "vendor" ? "message-from-vendor" : "message-from-shop";
  const { portalEnabled } = await outsideOrderStore(s.db).about(job);
  const added = await vendorMessageStore(s.db).add(job, messageId, text, s.clock.now(), [mailEffect(id, template, messageId, !portalEnabled)]);
  // The id belongs to another message: for this job there is none under it.
  return added.ok ? added : err({ kind: "not-found" });
}
