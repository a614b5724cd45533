import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { decide } from "../decide-order";
import { linesOf } from "../lines/order-authorization";
import type { WorkOrderRefusal } from "../order";
import { canCancelRequest } from "./service-request";
import { serviceRequestStore } from "./service-request.store.server";

type Needs = { db: ScopedDatabase<"customer">; clock: Clock };

/** A customer cancels a service request that the shop has not taken up. The shop is notified. */
export function cancelRequest(s: Needs, id: Id<"workOrder">, why: string): Promise<Result<null, WorkOrderRefusal>> {
  const store = serviceRequestStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    decide(order, now) {
      const allowed = canCancelRequest({ ...order, hasLines: linesOf(order).length > 0 });
      if (allowed !== true) return err({ kind: "not-allowed" as const, message: allowed });
      return decide(order, { intent: "cancel", why: ["Canceled in the portal", why.trim()].filter(Boolean).join(": ") }, now);
    },
    save: (order, change, now) => store.cancel(order, change, now),
  });
}
