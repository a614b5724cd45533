import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { applied, type Change, type Order } from "../order";
import { withCores } from "./core-lines";
import { agreedTotal } from "./offer-lines";
import { linesOf } from "./order-authorization";

/** Lines of a locked order that were just approved and that nobody recorded as done. */
export function movedOnApproval(order: Order, { decisions = [] }: Change): Id<"line">[] {
  const lines = linesOf(order);
  const approved = new Set(decisions.filter(({ outcome }) => outcome === "approved").map(({ lineId }) => lineId));
  const moved = lines.filter(({ id, done, vendorJobId }) => approved.has(id) && done !== true && vendorJobId === null).map(({ id }) => id);
  return withCores(lines, moved);
}

type To = { id: Id<"workOrder">; state: "open" | "draft"; now: UtcMs /** The shop's calendar day. */; today: string; newJobId(): Id<"job"> };
type Follower = Order & { state: To["state"] };
/** A job that goes on as another one, and whether something of it was done before. */
export type ContinuedJob = { from: Id<"job">; to: Id<"job">; wasDone: boolean };

/**
 * Moves lines, with their decisions, from an order to a new one of the same unit and customer. A job of which
 * lines move is on both: the new order has its complaint, and what was done before stays written on the old one.
 */
export function moveLines(
  order: Order,
  change: Change,
  moved: readonly Id<"line">[],
  to: To,
): { change: Change; follower: Follower; continued: ContinuedJob[] } {
  const after = applied(order, change);
  const leaving = after.jobs.filter(({ lines }) => lines.some(({ id }) => moved.includes(id)));
  const jobs = leaving.map((job, at) => ({
    ...job,
    id: to.newJobId(),
    position: at + 1,
    cause: "",
    correction: "",
    technician: null,
    version: 1,
    lines: job.lines.filter(({ id }) => moved.includes(id)).map((line) => ({ ...line, vendorJobId: null, done: null, version: 1, writtenIn: 1 })),
  }));
  const continued = leaving.map(({ id, lines }, at) => ({
    from: id,
    to: jobs[at]?.id ?? id,
    wasDone: lines.some((line) => line.done === true && !moved.includes(line.id)),
  }));
  const [first] = leaving;
  const isNamed = after.mostNamedOn !== null && after.mostNamedOn !== order.mostNamedOn;
  const follower: Follower = {
    ...after,
    id: to.id,
    title: first?.complaint ?? order.title,
    lead: null,
    promisedAt: null,
    state: to.state,
    holdReason: null,
    heldFrom: null,
    stateSince: to.now,
    completedAt: null,
    arrivedAt: null,
    releasedAt: null,
    rulesVersion: null,
    // A limit that was named with this approval goes with its work.
    most: { standing: order.most.standing, named: isNamed ? after.most.named : null, approved: null },
    mostNamedOn: isNamed ? after.mostNamedOn : null,
    jobs,
    decisions: after.decisions.filter(({ lineId }) => moved.includes(lineId)),
    clocks: [],
    version: 1,
    headVersion: 1,
    stateVersion: 1,
  };
  const remaining = leaving.map((job) => ({ ...job, lines: job.lines.filter(({ id }) => !moved.includes(id)) }));
  // What the customer agreed to on the old order is only what is left of it.
  const leave = [...moved, ...(change.moved ?? [])];
  const decided = (change.decisions ?? []).filter(({ lineId }) => !moved.includes(lineId));
  const approved = after.most.approved === null ? null : agreedTotal(order, decided, to.today, leave);
  const others = (change.jobs ?? []).filter(({ id }) => !remaining.some((job) => job.id === id));
  return {
    change: {
      ...change,
      jobs: [...others, ...remaining],
      moved,
      order: {
        ...change.order,
        most: { ...after.most, named: isNamed ? order.most.named : after.most.named, approved },
        mostNamedOn: isNamed ? order.mostNamedOn : after.mostNamedOn,
      },
    },
    follower,
    continued,
  };
}
