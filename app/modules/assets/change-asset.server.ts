import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { decideHandOver } from "./asset";
import { assetStore } from "./asset.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Common = { kind: "not-found" } | { kind: "stale" };

/** Transfers a unit to another customer from an instant on. Its history stays with the owner of that time. */
export async function handOverAsset(
  s: Needs,
  { id, to, from }: { id: Id<"asset">; to: Id<"customer">; from: UtcMs },
): Promise<Result<null, Common | { kind: "same-owner" } | { kind: "too-early" } | { kind: "in-future" }>> {
  const store = assetStore(s.db);
  const [asset, current, known] = await Promise.all([store.find(id), store.ownership(id), store.livingCustomer(to)]);
  if (!asset || !current || !known) return err({ kind: "not-found" });
  const now = s.clock.now();
  const decided = decideHandOver(current, to, from, now);
  if (!decided.ok) return decided;
  return store.handOver(id, { customerId: current.customerId, since: current.from }, to, from, asset.version + 1, now);
}

/** Sets a unit out of service with a reason, or back in service (null). */
export async function setOutOfService(s: Needs, id: Id<"asset">, why: string | null): Promise<Result<null, Common>> {
  const store = assetStore(s.db);
  const asset = await store.find(id);
  if (!asset) return err({ kind: "not-found" });
  if ((asset.outOfServiceAt === null) === (why === null)) return ok(null);
  return store.setOutOfService(id, asset.customerId, why, asset.version + 1, s.clock.now());
}

/** Archives a unit. Its page, orders and history stay. */
export async function archiveAsset(s: Needs, id: Id<"asset">): Promise<Result<null, Common>> {
  const store = assetStore(s.db);
  const asset = await store.find(id);
  if (!asset) return err({ kind: "not-found" });
  if (asset.archivedAt !== null) return ok(null);
  return store.archive(id, asset.customerId, asset.version + 1, s.clock.now());
}
