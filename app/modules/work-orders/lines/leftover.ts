import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import type { OrderLine } from "../jobs/job";
import type { Change, Order } from "../order";
import { mostWithout } from "./agreed-most";
import { alternativesTo, decidedOn, decisionsOn, isRefusedWork, type LineState } from "./authorization";
import { withCores } from "./core-lines";
import type { LineDecision } from "./line-decision";
import { linesOf } from "./order-authorization";

/** What becomes of approved work that was not done when its order is completed. */
export const leftoverChoices = ["follow-up", "withdraw"] as const;
export type LeftoverChoice = (typeof leftoverChoices)[number];

export type Leftover = {
  /** Approved lines, for an open order of their own; none where they are withdrawn. */
  approved: readonly Id<"line">[];
  /** Lines that the customer did not approve, for a draft order. */
  undecided: readonly Id<"line">[];
  /** The shop's withdrawals of approved lines. */
  decisions: readonly LineDecision[];
};

type Asked = { notDone: readonly string[]; choice: LeftoverChoice; refusedJobs: ReadonlySet<string>; by: string; now: UtcMs };

/** Whether a vendor does this line, so that its vendor job answers what was done. */
export const isAtVendor = ({ vendorJobId }: Pick<OrderLine, "vendorJobId">, refusedJobs: ReadonlySet<string>): boolean =>
  vendorJobId !== null && !refusedJobs.has(vendorJobId);

/** Whether completing an order asks if this line was done: not where the customer refused it, a vendor answers, or it follows a part. */
export const isAsked = (line: Pick<OrderLine, "vendorJobId" | "ofLine">, state: LineState | undefined, refusedJobs: ReadonlySet<string>): boolean =>
  !line.ofLine && !isRefusedWork(state) && !isAtVendor(line, refusedJobs);

/**
 * The lines that were not done, by what becomes of them. Declined lines stay where they are, and so does a vendor's line.
 * Where the customer didn't choose yet and nothing of the preselected option was done, the other options go with it.
 */
export function leftoverOf(order: Order, { notDone, choice, refusedJobs, by, now }: Asked): Leftover {
  const lines = linesOf(order);
  const parts = lines.filter((line) => !line.ofLine && notDone.includes(line.id) && !isAtVendor(line, refusedJobs));
  const ids = withCores(
    lines,
    parts.map(({ id }) => id),
  );
  const left = lines.filter(({ id }) => ids.includes(id));
  const stateOf = (id: Id<"line">) => decidedOn(order, id).state;
  const agreed = left.filter(({ id }) => stateOf(id) === "authorized").map(({ id }) => id);
  const approved = withCores(left, agreed).filter((id) => !isRefusedWork(stateOf(id)));
  const done = alternativesTo(order, ({ id }) => !ids.includes(id));
  const others = alternativesTo(order, ({ id }) => ids.includes(id)).filter((line) => !done.includes(line));
  const undecided = lines
    .filter((line) => others.includes(line) || (left.includes(line) && stateOf(line.id) === "none" && !approved.includes(line.id)))
    .map(({ id }) => id);
  if (choice === "follow-up") return { approved, undecided, decisions: [] };
  const withdrawn = approved.map(
    (lineId): LineDecision => ({
      lineId,
      sequence: decisionsOn(order, lineId).length + 1,
      outcome: "withdrawn",
      amount: toCents(0),
      ground: null,
      reason: "Not done when the order was completed.",
      estimateId: null,
      revision: null,
      by,
      how: "in person",
      splits: false,
      at: now,
    }),
  );
  return { approved: [], undecided, decisions: withdrawn };
}

/** A completion with the withdrawals that it brings, which lower what the customer agreed to at most. */
export const withWithdrawals = (order: Order, change: Change, { decisions }: Leftover): Change =>
  decisions.length === 0
    ? change
    : {
        ...change,
        decisions,
        order: {
          ...change.order,
          ...mostWithout(
            order,
            decisions.map(({ lineId }) => lineId),
          ),
        },
      };
