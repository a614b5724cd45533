import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { deviceStore } from "./device.store.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock };

/** Creates a key, for all trackers or for one device. The secret is only in this response. */
export async function issueKey(s: Needs, input: { label: string; deviceCode: string | null }): Promise<Result<{ secret: string }, { kind: "no-device" }>> {
  const store = deviceStore(s.db);
  const now = s.clock.now();
  if (input.deviceCode !== null && !(await store.find(input.deviceCode))) return err({ kind: "no-device" });
  const id = newId("key", now);
  const secret = `bt_${newToken()}`;
  await s.directory.addIngestKey({
    id,
    keyHash: sha256(secret),
    organizationId: s.db.scope.organizationId,
    deviceCode: input.deviceCode,
    label: input.label,
    createdAt: now,
    endedAt: null,
  });
  await store.recordKeyUse(id, "ingest-key.issued", now);
  if (input.deviceCode !== null) {
    await store.setOwnKey(input.deviceCode, true, now);
  }
  return ok({ secret });
}

/** Revokes a key. A device whose own key is revoked can use the common key again. */
export async function endKey(s: Needs, id: Id<"key">): Promise<Result<null, { kind: "not-found" }>> {
  const keys = await s.directory.ingestKeysOf(s.db.scope.organizationId);
  const key = keys.find((known) => known.id === id);
  if (!key) return err({ kind: "not-found" });
  const now = s.clock.now();
  const store = deviceStore(s.db);
  await s.directory.endIngestKey(s.db.scope.organizationId, id, now);
  await store.recordKeyUse(id, "ingest-key.ended", now);
  if (key.deviceCode !== null && !keys.some((other) => other.id !== id && other.deviceCode === key.deviceCode)) {
    await store.setOwnKey(key.deviceCode, false, now);
  }
  return ok(null);
}
