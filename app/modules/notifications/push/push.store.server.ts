import { eq, inArray, lt } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { OldRows } from "~/platform/directory/directory.server";
import { pushChoices, sentPushes } from "../notification.tables";
import type { PushChoices } from "./push-events";

type Me = Id<"membership">;
/** Ids per statement; D1 limits bound values to 100. */
const AT_ONCE = 80;
/** Longer than any message is tried. */
const KEPT = 7 * DAY;

/** What people have pushed, and what was pushed where. */
export function pushStore(db: ScopedDatabase<Audience>) {
  return {
    cause: (effects: readonly Effect[], at: UtcMs) => db.batch(effects.map((effect) => effectRow(db, effect, at))),

    async choices(people: readonly Me[]): Promise<ReadonlyMap<Me, PushChoices>> {
      if (people.length === 0) return new Map();
      const { membershipId, choices } = pushChoices;
      const rows = await db.query({
        from: pushChoices,
        columns: { membershipId, choices },
        where: inArray(membershipId, people.slice(0, AT_ONCE)),
        limit: AT_ONCE,
      });
      return new Map(rows.map((row) => [row.membershipId, row.choices]));
    },

    async choose(membershipId: Me, choices: PushChoices): Promise<void> {
      await db.batch([db.upsert(pushChoices, { membershipId, choices }, [pushChoices.membershipId], { choices })]);
    },

    /** The browsers that have the message of this key already. */
    async sentTo(key: string): Promise<ReadonlySet<Id<"pushDevice">>> {
      const rows = await db.query({ from: sentPushes, columns: { id: sentPushes.deviceId }, where: eq(sentPushes.key, key), limit: AT_ONCE });
      return new Set(rows.map(({ id }) => id));
    },

    async noteSent(key: string, devices: readonly Id<"pushDevice">[], sentAt: UtcMs): Promise<void> {
      if (devices.length > 0) await db.batch(devices.map((deviceId) => db.insertOnce(sentPushes, { key, deviceId, sentAt })));
    },
  };
}

/** Notes of all shops that nothing asks for any more. */
export const oldPushes = (now: UtcMs): OldRows => ({ from: sentPushes, where: lt(sentPushes.sentAt, later(now, -KEPT)) });
