import { gte, isNotNull } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceChecks, maintenanceTemplates } from "./maintenance.tables";

/** Through which day a shop's schedules were checked. */
export const checkStore = (db: ScopedDatabase<"job">) => ({
  async wasChecked(day: string): Promise<boolean> {
    const rows = await db.query({
      from: maintenanceChecks,
      columns: { through: maintenanceChecks.through },
      where: gte(maintenanceChecks.through, day),
      limit: 1,
    });
    return rows.length > 0;
  },
  /** The rest of a day's check, which the queue brings. */
  goOn: (rest: Effect, at: UtcMs) => db.batch([effectRow(db, rest, at)]),
  /** With all units checked, none has still to follow a changed template. */
  checked: (through: string) =>
    db.batch([
      db.upsert(maintenanceChecks, { through }, [], { through }),
      db.update(maintenanceTemplates, { refreshedTo: null }, isNotNull(maintenanceTemplates.refreshedTo)),
    ]),
});
