import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { BoardNotice } from "./board";
import type { WorkOrderStanding } from "./work-order";
import { workOrders } from "./work-order.tables";

/** Staff move any order of their organization; no other audience can build this. */
export function workOrderStore(db: ScopedDatabase<"staff">) {
  return {
    async find(id: Id<"workOrder">): Promise<WorkOrderStanding | null> {
      const { state, holdReason, stateSince, version } = workOrders;
      const [row] = await db.query({ from: workOrders, columns: { state, holdReason, stateSince, version }, where: eq(workOrders.id, id), limit: 1 });
      return row ?? null;
    },

    async saveStanding(id: Id<"workOrder">, next: WorkOrderStanding, at: UtcMs, body: Record<string, unknown>): Promise<Result<null, { kind: "stale" }>> {
      const notice: BoardNotice = { kind: "work-order", id, version: next.version };
      return save(
        db,
        { record: { kind: "work-order", id, version: next.version }, at, what: "moved", body },
        [db.update(workOrders, next, eq(workOrders.id, id))],
        [{ key: `board:${id}:${next.version}`, kind: "board.changed", body: { ...notice, audiences: ["staff"] } }],
      );
    },
  };
}
