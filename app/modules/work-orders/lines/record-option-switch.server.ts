import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Order } from "../order";
import { workOrderStore } from "../work-order.store.server";
import type { LineRefusal } from "./decide-line";
import { type Switching, switchOption } from "./switch-option";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Records another option of a job than the one that was chosen. Where the shop decided by itself, the customer gets a mail. */
export function recordOptionSwitch(s: Needs, id: Id<"workOrder">, command: Switching): Promise<Result<Order, LineRefusal | { kind: "stale" }>> {
  const store = workOrderStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    decide: ({ order }, now) => switchOption(order, command, now, dayOf(now, s.db.scope.organization.zone)),
    async save({ order }, change, now): Promise<Result<Order, { kind: "stale" }>> {
      const saved = await store.save(order, change, now);
      return saved.ok ? saved : { ok: false, error: { kind: "stale" } };
    },
  });
}
