import type { Id } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import type { Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Order } from "../order";
import { type ChangeRefusal, runOrderCommand } from "../order-command.step.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Discards a clock that was started by mistake: anybody's for who corrects labor, else one's own, soon after its start. */
export function discardClock(
  s: Needs,
  id: Id<"workOrder">,
  { entryId, why }: { entryId: Id<"laborEntry">; why: string },
): Promise<Result<Order, ChangeRefusal>> {
  const { actor, role } = s.db.scope;
  return runOrderCommand(s, id, { intent: "discard-clock", entryId, by: { id: actor.id, mayAny: may("staff", role, "labor:correct") }, why });
}
