import type { Id } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import { HOUR, later, toUtcMs } from "~/kernel/time";
import { firstRules, type ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import { decide } from "~/modules/work-orders/decide-order";
import type { Job, Line, OrderLine } from "~/modules/work-orders/jobs/job";
import type { LineDecision } from "~/modules/work-orders/lines/line-decision";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { applied, type Order, type WorkOrderCommand, type WorkOrderRefusal } from "~/modules/work-orders/order";

/* Work orders as values, for tests of rules. Short ids keep the examples readable. */

export const START = toUtcMs(Date.parse("2030-03-01T09:00:00Z"));
export const NOW = later(START, HOUR);
export const TODAY = "2030-03-01";
export const YESTERDAY = "2030-02-28";
export const TOMORROW = "2030-03-02";

export const jobId = (n: number) => `job_${n}` as Id<"job">;
export const lineId = (n: number) => `lin_${n}` as Id<"line">;
export const estimateId = (n: number) => `est_${n}` as Id<"estimate">;
export const person = (n: number) => ({ id: `mem_${n}` as Id<"membership">, name: `Tech ${n}` });
export const usd = (dollars: number) => toCents(Math.round(dollars * 100));

/** One hour or piece at this price. */
export const writtenLine = (n: number, dollars: number, more: Partial<Line> = {}): Line => ({
  id: lineId(n),
  kind: "labor",
  text: `Line ${n}`,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: usd(dollars),
  cost: null,
  supplies: true,
  ...more,
});

/** The same as the order keeps it, written at its first version. */
export const orderLine = (n: number, dollars: number, more: Partial<OrderLine> = {}): OrderLine => ({ ...newLine(writtenLine(n, dollars), 1), ...more });

/** A line that was sent on an estimate and waits for an answer, at its price unless another one is given. */
export const offeredLine = (n: number, dollars: number, offer: Partial<NonNullable<OrderLine["offer"]>> = {}): OrderLine =>
  orderLine(n, dollars, {
    quoted: usd(dollars),
    offer: { estimateId: estimateId(1), price: usd(dollars), validThrough: TOMORROW, isOpen: true, quotedBefore: null, ...offer },
  });

export const jobOf = <L extends Line = OrderLine>(n: number, lines: readonly L[] = [], more: Partial<Job<L>> = {}): Job<L> => ({
  id: jobId(n),
  position: n,
  complaint: "Air leak at rear axle",
  cause: "",
  correction: "",
  vmrs: null,
  technician: null,
  lines,
  version: 1,
  ...more,
});

export const rulesWith = (more: Partial<ShopRules>): Order["rules"] => ({ version: 1, rules: { ...firstRules, ...more } });

export const orderOf = (more: Partial<Order> = {}): Order => ({
  id: "wo_1" as Id<"workOrder">,
  number: 1_000,
  assetId: "ast_1" as Id<"asset">,
  customerId: "cus_1" as Id<"customer">,
  title: "Air leak",
  lead: null,
  promisedAt: null,
  purchaseOrder: null,
  version: 1,
  headVersion: 1,
  stateVersion: 1,
  state: "open",
  holdReason: null,
  heldFrom: null,
  stateSince: START,
  completedAt: null,
  arrivedAt: null,
  openedTaxExempt: false,
  releasedAt: null,
  rulesVersion: null,
  mostNamedOn: null,
  jobs: [jobOf(1)],
  decisions: [],
  most: { standing: null, named: null, approved: null },
  rules: rulesWith({}),
  taxExempt: false,
  isInternal: false,
  clocks: [],
  ...more,
});

/** A decision about line `n`; its sequence is 1 unless another one is given. */
export const decisionOn = (n: number, outcome: LineDecision["outcome"], dollars = 0, more: Partial<LineDecision> = {}): LineDecision => ({
  lineId: lineId(n),
  sequence: 1,
  outcome,
  amount: usd(dollars),
  ground: null,
  reason: "",
  estimateId: null,
  revision: null,
  by: "Renee",
  how: "phone",
  splits: false,
  at: START,
  ...more,
});

/** The change that was decided. */
export function changeOf<C>(decided: Result<C, unknown>): C {
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  return decided.value;
}
export const refusalOf = <E>(decided: Result<unknown, E>): E | null => (decided.ok ? null : decided.error);

/** The order after a command that must be allowed. */
export const must = (order: Order, command: WorkOrderCommand, now = NOW): Order => applied(order, changeOf(decide(order, command, now)));
export const refusal = (order: Order, command: WorkOrderCommand, now = NOW): WorkOrderRefusal | null => refusalOf(decide(order, command, now));
