import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { ChangeRefusal } from "../change-work-order.server";
import { decide } from "../decide-order";
import type { Change, Order } from "../order";
import { workOrderStore } from "../work-order.store.server";
import { decidedOn } from "./authorization";
import { followerRows } from "./follower.store.server";
import { isAsked, type Leftover, type LeftoverChoice, leftoverOf, withWithdrawals } from "./leftover";
import { moveLines } from "./move-lines";
import { withoutOffers } from "./offer-lines";
import { linesOf } from "./order-authorization";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** Something of the order is still open; it completes with a reason all the same. */
export type StillOpen = { kind: "still-open"; message: string };
export type Completing = {
  seen: number;
  /** The reason for completing what is still open. */
  why: string;
  /** The lines that the page asked about; without it, all of the order are taken as asked. */
  asked?: readonly string[];
  /** Those of them that were not done. */
  notDone?: readonly string[];
  /** What becomes of those that the customer approved. */
  leftover?: LeftoverChoice;
};
export type Completed = { order: Order; followUps: number };

/** An order for work that was not done, with the lines that go there. */
export type FollowUp = { to: Id<"workOrder">; state: "open" | "draft"; lines: readonly Id<"line">[] };

/** What modules above know of an order: what is open on it, and what goes along with lines to another order. */
export type Around = {
  whyOpen(order: Order, today: string): string | null;
  /** The vendor jobs that no vendor took. */
  refusedJobs: ReadonlySet<string>;
  /** The estimates that go along with lines, as rows, and the lines that each of them leaves behind. */
  follow(order: Order, followUps: readonly FollowUp[]): { left: ReadonlySet<Id<"line">>; rows: Statement[] };
};

/** Completes an order line by line. Work that was not done goes to orders of its own: what the customer approved to an open one, the rest to a draft. */
export async function completeLines(s: Needs, id: Id<"workOrder">, asked: Completing, around: Around): Promise<Result<Completed, ChangeRefusal | StillOpen>> {
  const store = workOrderStore(s.db);
  const { actor, organization } = s.db.scope;
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide({ order, rules }, now): Promise<Result<{ change: Change; leftover: Leftover }, ChangeRefusal | StillOpen>> {
      if (asked.asked && unasked(order, asked.asked, around.refusedJobs)) return err({ kind: "stale" });
      const open = around.whyOpen(order, dayOf(now, organization.zone));
      if (open && asked.why === "") return err({ kind: "still-open", message: open });
      const leftover = leftoverOf(order, {
        notDone: asked.notDone ?? [],
        choice: asked.leftover ?? "follow-up",
        refusedJobs: around.refusedJobs,
        by: actor.name,
        now,
      });
      const notDone = [...leftover.approved, ...leftover.undecided, ...leftover.decisions.map(({ lineId }) => lineId)];
      const move = { intent: "move", seen: asked.seen, to: "completed", holdReason: null, rulesVersion: rules.version, notDone } as const;
      const decided = decide(order, open ? { ...move, why: asked.why } : move, now);
      return decided.ok ? ok({ change: withWithdrawals(order, decided.value, leftover), leftover }) : decided;
    },
    async save({ order }, { change, leftover }, now): Promise<Result<Completed, ChangeRefusal>> {
      const followed = withFollowUps(order, change, leftover, now);
      const saved = await store.save(order, followed.change, now, { changes: followed.rows });
      return saved.ok ? ok({ order: saved.value, followUps: followed.count }) : saved;
    },
  });

  function withFollowUps(order: Order, completion: Change, { approved, undecided }: Leftover, now: UtcMs) {
    const followUps = [
      { state: "open" as const, lines: approved },
      { state: "draft" as const, lines: undecided },
    ].flatMap((one): FollowUp[] => (one.lines.length > 0 ? [{ ...one, to: newId("workOrder", now) }] : []));
    const { left, rows: estimates } = around.follow(order, followUps);
    let change = withoutOffers(order, completion, ({ id }) => left.has(id));
    const rows: Statement[] = [];
    const goesOn = new Set<Id<"job">>();
    for (const { state, lines, to } of followUps) {
      const parts = moveLines(order, change, lines, { id: to, state, now, today: dayOf(now, organization.zone), newJobId: () => newId("job", now) });
      change = { ...parts.change, moved: [...(change.moved ?? []), ...lines] };
      // A job goes on once: with its approved lines, or else with the others.
      const continued = parts.continued.filter(({ from }) => !goesOn.has(from));
      for (const { from } of continued) goesOn.add(from);
      rows.push(...followerRows(s.db, parts.follower, { number: order.number, continued }, now));
    }
    return { change, rows: [...rows, ...estimates], count: followUps.length };
  }
}

/** Whether somebody wrote a line after the page was opened, which nobody answered for. */
function unasked(order: Order, asked: readonly string[], refusedJobs: ReadonlySet<string>): boolean {
  return linesOf(order).some((line) => isAsked(line, decidedOn(order, line.id).state, refusedJobs) && !asked.includes(line.id));
}
