import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Change } from "../order";
import { workOrderStore } from "../work-order.store.server";
import { expiredOffers } from "./expired-offers.store.server";
import { expireLines } from "./offer-lines";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

/**
 * Ends what waits for an answer whose last day is over, so that lists and the board count its lines as not authorized,
 * and an order isn't on hold for it. A repeat changes nothing. Returns how many orders changed.
 */
export async function expireOffers(s: Needs): Promise<number> {
  let changed = 0;
  for (let after: Id<"workOrder"> | null = null; ; ) {
    const ids: Id<"workOrder">[] = await expiredOffers(s.db, { after, today: dayOf(s.clock.now(), s.zone) });
    for (const id of ids) if ((await expireOn(s, id)).ok) changed += 1;
    const last = ids.at(-1);
    if (last === undefined) return changed;
    after = last;
  }
}

function expireOn({ db, clock, zone }: Needs, id: Id<"workOrder">) {
  const store = workOrderStore(db, zone);
  return changeRecord({
    clock,
    load: () => store.find(id),
    decide({ order }, now): Result<Change, { kind: "nothing" }> {
      const change = expireLines(order, now, dayOf(now, zone));
      return change ? ok(change) : err({ kind: "nothing" });
    },
    save: ({ order }, change, now) => store.save(order, change, now),
  });
}
