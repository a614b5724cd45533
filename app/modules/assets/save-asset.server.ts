import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type AssetForm, checkAsset } from "./asset";
import { assetStore } from "./asset.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type SaveAssetRefusal =
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "not-found" }
  | { kind: "stale" }
  | { kind: "vin-taken" }
  | IdTaken;
/** `owner` for a new unit; for an existing one the version the user saw. */
export type SaveAsset = { id: Id<"asset">; form: AssetForm } & ({ owner: Id<"customer"> } | { seen: number });

/** Saves a unit. A new form submitted twice is one unit. */
export async function saveAsset(s: Needs, wanted: SaveAsset): Promise<Result<null, SaveAssetRefusal>> {
  const now = s.clock.now();
  const facts = checkAsset(wanted.form, new Date(now).getUTCFullYear());
  if (!facts.ok) return err({ kind: "invalid", fields: facts.error });
  const store = assetStore(s.db);
  if ("owner" in wanted) {
    if (!(await store.livingCustomer(wanted.owner))) return err({ kind: "not-found" });
    const added = await store.add(wanted.id, wanted.owner, facts.value, now);
    if (!added.ok) return added;
  } else {
    const asset = await store.find(wanted.id);
    if (!asset) return err({ kind: "not-found" });
    if (asset.version !== wanted.seen) return err({ kind: "stale" });
    const changed = await store.change(wanted.id, asset.customerId, facts.value, wanted.seen + 1, now);
    if (!changed.ok) return changed;
  }
  return ok(null);
}
