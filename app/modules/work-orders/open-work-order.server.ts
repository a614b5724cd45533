import { type Id, newId } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Job, Technician } from "./jobs/job";
import { titleOf } from "./service-requests/service-request";
import { workOrderStore } from "./work-order.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock };
export type Opening = {
  id: Id<"workOrder">;
  assetId: Id<"asset">;
  /** The customer who approved the work; by default the unit's current owner. */
  agreedWith?: Id<"customer">;
  complaint: string;
  lead: Technician | null;
  promisedAt: UtcMs | null;
  purchaseOrder: string | null;
  asDraft: boolean;
  /** The first job if its lines are already known, under an id that stays the same on a repeat. */
  job?: Pick<Job, "id" | "lines">;
};

/** Opens a work order for a unit, charged to the customer who approved it or else the current owner. Submitted twice, it is one order. */
export async function openWorkOrder(s: Needs, opening: Opening): Promise<Result<null, { kind: "no-such-unit" } | IdTaken>> {
  const owner = await ownerOf(s.db, opening.assetId);
  if (!owner) return err({ kind: "no-such-unit" });
  const customerId = opening.agreedWith ?? owner;
  const { id, assetId, complaint, lead, promisedAt, purchaseOrder, asDraft, job: known } = opening;
  const now = s.clock.now();
  const first = known ?? { id: newId("job", now), lines: [] };
  const job = { ...first, position: 1, complaint, cause: "", correction: "", vmrs: null, technician: lead, version: 1 };
  const store = workOrderStore(s.db);
  const opened = await store.create(
    { id, title: titleOf(complaint), assetId, customerId, state: asDraft ? "draft" : "open", lead, promisedAt, purchaseOrder, request: null, jobs: [job] },
    now,
  );
  if (opened.ok && first.lines.length > 0) await store.saveSums(id, dayOf(now, s.db.scope.organization?.zone ?? "UTC"));
  return opened;
}
