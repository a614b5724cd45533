import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { attachmentStore } from "./attachment.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Refusal = { kind: "not-found" } | { kind: "stale" } | { kind: "not-allowed"; message: string };

/** Shows a file in a portal, or no longer. What somebody of that portal added stays there. */
export async function shareAttachment(s: Needs, id: Id<"attachment">, portal: Portal, on: boolean): Promise<Result<null, Refusal>> {
  const store = attachmentStore(s.db);
  const found = await store.find(id);
  if (!found) return err({ kind: "not-found" });
  if (found.hiddenAt !== null) return err({ kind: "not-allowed", message: "This file is hidden, so nobody else sees it." });
  if (found.addedBy.audience !== "staff" && !on) return err({ kind: "not-allowed", message: `${found.addedBy.name} added this file, so it stays shared.` });
  // Sent twice, or somebody else was first.
  if (found.audiences.includes(portal) === on) return ok(null);
  return store.share(found, portal, on, s.clock.now());
}
