import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { attachmentStore } from "./attachment.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Hides a file, with a reason. The file stays in storage, and the record shows who hid it. */
export async function hideAttachment(s: Needs, id: Id<"attachment">, reason: string): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = attachmentStore(s.db);
  const found = await store.find(id);
  if (!found) return err({ kind: "not-found" });
  // Already hidden, by a repeated form or by someone else: keep the first reason.
  if (found.hiddenAt !== null) return ok(null);
  return store.hide(found, reason, s.clock.now());
}
