import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { boardChanged } from "~/platform/live/board-effects";
import { latestSent } from "../estimate";
import { estimateEffects } from "../estimate.effects";
import { estimateStore } from "../estimate.store.server";
import { linesIn } from "../estimate-snapshot";
import { messageStore } from "./message.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; directory: Directory; clock: Clock };
type Written = { id: Id<"message">; estimateId: Id<"estimate">; lineId: Id<"line"> | null; text: string };

/**
 * Posts a message about a sent estimate or one of its lines. The other side gets a mail, and open pages on both sides
 * reload. Submitted twice, it is posted once.
 */
export async function writeMessage(s: Needs, { lineId, ...message }: Written): Promise<Result<null, { kind: "not-found" } | OverQuota | IdTaken>> {
  const estimate = await estimateStore(s.db).find(message.estimateId);
  const latest = estimate && latestSent(estimate);
  if (!estimate || !latest?.offer) return err({ kind: "not-found" });
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  // A line that is only in an older revision makes the message one about the whole estimate.
  const known = linesIn(latest.offer.snapshot).find(({ id }) => id === lineId)?.id ?? null;
  const { id } = message;
  return messageStore(s.db).add({ ...message, lineId: known, email: s.db.scope.audience === "customer" ? s.db.scope.email : null }, s.clock.now(), [
    boardChanged(id, { kind: "estimate", id: estimate.id, version: estimate.version }, ["staff", `customer:${estimate.customerId}`]),
    estimateEffects.of("mail.estimate-message", `mail.estimate-message:${estimate.id}:${id}`, { estimateId: estimate.id, messageId: id }),
  ]);
}
