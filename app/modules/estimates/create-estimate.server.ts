import { type Id, newId } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { atTodaysPrice } from "./current-price";
import { estimateStore } from "./estimate.store.server";
import type { Group, Head } from "./estimate-snapshot";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Writing = {
  id: Id<"estimate">;
  assetId: Id<"asset">;
  workOrderId: Id<"workOrder"> | null;
  head: Head;
  /** Declined lines to offer again. */
  declined: readonly string[];
};

/** Creates an estimate for the customer of the work order, or without one for the unit's current owner. Submitted twice, it is created once. */
export async function createEstimate(
  s: Needs,
  { id, assetId, workOrderId, head, declined }: Writing,
): Promise<Result<null, { kind: "no-such-unit" } | IdTaken>> {
  const store = estimateStore(s.db);
  const owner = await ownerOf(s.db, assetId);
  if (!owner) return err({ kind: "no-such-unit" });
  const customerId = workOrderId ? await store.customerOf(workOrderId) : owner;
  if (!customerId) return err({ kind: "no-such-unit" });
  const wanted = new Set(declined);
  const again = wanted.size === 0 ? [] : await store.deferred(assetId);
  const rates = again.length === 0 ? null : await store.laborRates(again.map(({ rulesVersion }) => rulesVersion));
  const now = s.clock.now();
  const groups = again
    .map(
      ({ complaint, recommendation, together, lines, rulesVersion }): Group => ({
        id: newId("job", now),
        complaint,
        recommendation,
        together,
        lines: lines
          .filter((line) => wanted.has(line.id))
          .map((line) => (rates ? atTodaysPrice(line, rates.before.get(rulesVersion) ?? [], rates.today) : line)),
      }),
    )
    .filter(({ lines }) => lines.length > 0);
  return store.create({ id, assetId, customerId, workOrderId, content: { ...head, groups } }, now);
}
