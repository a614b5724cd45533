import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceEffects } from "../maintenance.effects";
import { refreshUnits } from "../refresh-schedules.server";
import { followersAfter, followingStore } from "./followers.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };
type Following = { templateId: Id<"maintenanceTemplate">; version: number; after: string };

/** Units of one delivery: each is its own invocation, which may ask the database only so often. */
const UNITS_A_DELIVERY = 200;

export const followersEffect = (from: Following) =>
  maintenanceEffects.of("maintenance.template-changed", `maintenance.template-changed:${from.templateId}:${from.version}:${from.after}`, from);

/** Finds the schedules of a changed template's units anew, some at a time; each part causes the next. A later change of the template takes over. */
export async function refreshFollowers(s: Needs, { templateId, version, after }: Following): Promise<void> {
  const store = followingStore(s.db);
  if ((await store.version(templateId)) !== version) return;
  const units = await followersAfter(s.db, templateId, after, UNITS_A_DELIVERY);
  await refreshUnits(s, units);
  const last = units.at(-1);
  const to = last !== undefined && units.length === UNITS_A_DELIVERY ? last : null;
  await store.reached({ id: templateId, version }, to, to === null ? null : followersEffect({ templateId, version, after: to }), s.clock.now());
}
