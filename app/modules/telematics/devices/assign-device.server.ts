import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { checkDeviceCode } from "./device";
import { deviceStore } from "./device.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type AssignRefusal = { kind: "bad-code"; message: string } | { kind: "no-asset" } | { kind: "stale" };

/** Assigns a tracker to an asset from now on; earlier readings stay with their asset. */
export async function assignDevice(s: Needs, input: { code: string; assetId: Id<"asset"> | null }): Promise<Result<{ code: string }, AssignRefusal>> {
  const code = checkDeviceCode(input.code);
  if (!code.ok) return code;
  const store = deviceStore(s.db);
  if (!input.assetId || !(await store.assetExists(input.assetId))) return err({ kind: "no-asset" });
  const known = await store.find(code.value);
  const saved = await store.assign(code.value, input.assetId, s.clock.now(), known === null);
  if (!saved.ok) return saved;
  return ok({ code: code.value });
}
