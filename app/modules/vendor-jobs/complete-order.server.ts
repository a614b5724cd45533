import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { estimatesOf, followOrderRows } from "~/modules/estimates/follow-order.store.server";
import { decide } from "~/modules/work-orders/decide-order";
import { isOpenOn } from "~/modules/work-orders/lines/authorization";
import { followerRows } from "~/modules/work-orders/lines/follower.store.server";
import { type Leftover, type LeftoverChoice, leftoverOf, withWithdrawals } from "~/modules/work-orders/lines/leftover";
import { moveLines } from "~/modules/work-orders/lines/move-lines";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { Change, Order } from "~/modules/work-orders/order";
import type { ChangeRefusal } from "~/modules/work-orders/order-command.step.server";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { isUnderWay } from "./job-states";
import { completesAnyway } from "./labels";
import { outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** A vendor job or an estimate of the order is still open; the order completes with a reason all the same. */
export type StillOpen = { kind: "still-open"; message: string };
type Completing = {
  seen: number;
  /** The reason for completing what is still open. */
  why: string;
  /** Lines that were not done. */
  notDone?: readonly string[];
  /** What becomes of those that the customer approved. */
  leftover?: LeftoverChoice;
};
export type Completed = { order: Order; followUps: number };

const ESTIMATE_OPEN = "An estimate for this order waits for the customer's answer. Enter the reason to complete the order anyway.";

/**
 * Completes a work order. While a vendor job or an estimate of it is open, that takes a reason, which stays on record.
 * Work that was not done goes to orders of its own: what the customer approved to an open one, the rest to a draft.
 */
export async function completeOrder(s: Needs, id: Id<"workOrder">, asked: Completing): Promise<Result<Completed, ChangeRefusal | StillOpen>> {
  const store = workOrderStore(s.db);
  const { actor, organization } = s.db.scope;
  const split: Id<"estimate">[] = [];
  const completed = await changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide({ order, rules }, now): Promise<Result<{ change: Change; leftover: Leftover }, ChangeRefusal | StillOpen>> {
      const [atVendor] = (await outsideOrderStore(s.db).atVendors(id)).filter(({ state }) => isUnderWay(state));
      const open = atVendor ? completesAnyway(atVendor) : hasOpenOffer(order, dayOf(now, organization.zone)) ? ESTIMATE_OPEN : null;
      if (open && asked.why === "") return err({ kind: "still-open", message: open });
      const leftover = leftoverOf(order, { notDone: asked.notDone ?? [], choice: asked.leftover ?? "follow-up", by: actor.name, now });
      const notDone = [...leftover.approved, ...leftover.undecided, ...leftover.decisions.map(({ lineId }) => lineId)];
      const move = { intent: "move", seen: asked.seen, to: "completed", holdReason: null, rulesVersion: rules.version, notDone } as const;
      const decided = decide(order, open ? { ...move, why: asked.why } : move, now);
      return decided.ok ? ok({ change: withWithdrawals(order, decided.value, leftover), leftover }) : decided;
    },
    async save({ order }, { change, leftover }, now): Promise<Result<Completed, ChangeRefusal>> {
      const followed = follow(
        order,
        change,
        [
          { state: "open", lines: leftover.approved },
          { state: "draft", lines: leftover.undecided },
        ],
        now,
      );
      split.splice(0, split.length, ...followed.split);
      const saved = await store.save(order, followed.change, now, { changes: followed.rows });
      return saved.ok ? ok({ order: saved.value, followUps: followed.count }) : saved;
    },
  });
  // What is left of an estimate isn't what the customer was offered.
  for (const estimateId of completed.ok ? split : []) await changeEstimate(s, estimateId, { intent: "withdraw", why: SPLIT });
  return completed;

  /** Moves lines to orders of their own, with the estimates that offer them. */
  function follow(order: Order, completion: Change, moves: readonly { state: "open" | "draft"; lines: readonly Id<"line">[] }[], now: UtcMs) {
    let change = completion;
    const rows: Statement[] = [];
    const apart: Id<"estimate">[] = [];
    const wanted = moves.filter(({ lines }) => lines.length > 0);
    for (const { state, lines } of wanted) {
      const to = newId("workOrder", now);
      const parts = moveLines(order, change, lines, { id: to, state, now, newJobId: () => newId("job", now) });
      change = { ...parts.change, moved: [...(change.moved ?? []), ...lines] };
      const its = estimatesOf(order, lines);
      rows.push(...followerRows(s.db, withoutOffers(parts.follower, its.split), order, now), ...followOrderRows(s.db, its.whole, to));
      apart.push(...its.split);
    }
    return { change, rows, split: apart, count: wanted.length };
  }
}

const SPLIT = "Part of this work was completed. The rest is on a work order of its own.";

/** Frees the lines of an order from these estimates. */
const withoutOffers = <O extends Order>(order: O, estimates: readonly Id<"estimate">[]): O => ({
  ...order,
  jobs: order.jobs.map((job) => ({
    ...job,
    lines: job.lines.map((line) => (line.offer && estimates.includes(line.offer.estimateId) ? { ...line, offer: null, quoted: null } : line)),
  })),
});

const hasOpenOffer = (order: Order, today: string): boolean =>
  linesOf(order).some(({ id, offer }) => isOpenOn(offer ? { lineId: id, ...offer } : undefined, today));
