import type { Id } from "~/kernel/ids";
import { type Cents, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { dayOf, toUtcMs, type UtcMs } from "~/kernel/time";
import { everything } from "~/modules/customers/contacts/contact-rights";
import type { ChargeRules } from "~/modules/organizations/shop-rules/charges";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { decide as decideOrder } from "~/modules/work-orders/decide-order";
import type { Line } from "~/modules/work-orders/jobs/job";
import { authorizationIn, linesOf } from "~/modules/work-orders/lines/order-authorization";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { type Order, applied as orderAfter } from "~/modules/work-orders/order";
import type { Answer, AnswerAuthor, EstimateCommand } from "./command";
import { applied, decide } from "./decide";
import { type Estimate, latestSent } from "./estimate";
import { type Head, noParties, type OfferedJob } from "./estimate-snapshot";
import type { Who } from "./life-cycle";

export const START = toUtcMs(Date.parse("2026-11-22T15:00:00Z"));
export const ZONE = "America/Chicago";
const rules: ChargeRules = {
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(700), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "share", of: "labor", rate: toBasisPoints(800), most: toCents(60_00), taxed: true },
};

export const lineId = (n: number) => `lin_${n}` as Id<"line">; // short ids keep the examples readable
export const jobId = (n: number) => `job_${n}` as Id<"job">;

/** An hour of labor for 100.00. */
export const line = (n: number, change: Partial<Line> = {}): Line => ({
  id: lineId(n),
  kind: "labor",
  text: `Line ${n}`,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(100_00),
  cost: toCents(61_23),
  supplies: true,
  ...change,
});

export const orderWith = (jobs: readonly (readonly Line[])[], change: Partial<Order> = {}): Order => ({
  id: "wo_1" as Id<"workOrder">,
  number: 1_000,
  assetId: "ast_1" as Id<"asset">,
  customerId: "cus_1" as Id<"customer">,
  title: "Brakes",
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
  releasedAt: null,
  rulesVersion: null,
  mostNamedOn: null,
  clocks: [],
  decisions: [],
  most: { standing: null, named: null, approved: null },
  rules: { version: 3, rules: { ...firstRules, ...rules } },
  taxExempt: false,
  isInternal: false,
  openedTaxExempt: false,
  jobs: jobs.map((lines, at) => ({
    id: jobId(at + 1),
    position: at + 1,
    complaint: `Complaint ${at + 1}`,
    cause: "",
    correction: "",
    vmrs: null,
    technician: null,
    lines: lines.map((one) => newLine(one, 1)),
    version: 1,
  })),
  ...change,
});

/** An order with two jobs of two lines each. */
export const fourLines = (change: Partial<Order> = {}): Order =>
  orderWith(
    [
      [line(1), line(2)],
      [line(3), line(4)],
    ],
    change,
  );

/** The lines of an order by job, all of them unless named. The second job is all or nothing. */
export const choiceOf = (order: Order, only?: readonly number[]): OfferedJob[] =>
  order.jobs.map(({ id, lines }) => ({
    jobId: id,
    recommendation: "",
    together: id === jobId(2),
    lineIds: lines.map((one) => one.id).filter((its) => only === undefined || only.map(lineId).includes(its)),
  }));
export const head: Head = { title: "Brakes", note: "", insideNote: "Charge him double", validThrough: "2026-12-22", deposit: null };

/** An estimate and the order whose lines it offers. */
export type Both = { estimate: Estimate; order: Order };

/** An estimate that is a draft without lines. */
export const emptyDraft = (order: Order): Both => ({
  order,
  estimate: {
    id: "est_1" as Id<"estimate">,
    number: 7,
    assetId: order.assetId,
    customerId: order.customerId,
    workOrderId: order.id,
    version: 1,
    revisions: [
      {
        revision: 1,
        state: "draft",
        content: { ...head, jobs: [] },
        version: 1,
        offer: null,
        viewed: null,
        asked: null,
        decision: null,
        withdrawn: null,
      },
    ],
  },
});

export const write = (order: Order, only?: readonly number[], more: Partial<Head> = {}): EstimateCommand => ({
  intent: "write",
  seen: 99,
  head: { ...head, ...more },
  jobs: choiceOf(order, only),
});
export const send: EstimateCommand = {
  intent: "send",
  seen: 99,
  total: null,
  by: "Joan",
  facts: { ...noParties, unitNumber: "107" },
  photos: {},
};
export const revise: EstimateCommand = { intent: "revise", validThrough: "2027-01-22" };
export const withdraw: EstimateCommand = { intent: "withdraw", by: "Joan", why: "The part was recalled" };

const renee: AnswerAuthor = { who: "Renee", how: "portal", recordedBy: null, email: "r@n.test", ip: "192.0.2.1", userAgent: null };
export const answerCommand = (answer: Partial<Answer> = {}, revision = 1): Extract<EstimateCommand, { intent: "answer" }> => ({
  intent: "answer",
  revision,
  answer: { choice: { kind: "approve" }, note: "", purchaseOrder: "", notToExceed: null, drawn: null, ...answer },
  from: renee,
});
export const byLine = (approved: readonly number[], declined: readonly number[]): Partial<Answer> => ({
  choice: { kind: "lines", approved: approved.map(lineId), declined: declined.map(lineId) },
});
export const declines: Partial<Answer> = { choice: { kind: "decline" } };
export const asks: Partial<Answer> = { choice: { kind: "ask" }, note: "Only the front, please" };

const whoDoes = (command: EstimateCommand): Who =>
  command.intent === "answer" || command.intent === "view" || command.intent === "ask-colleague" ? "customer" : "staff";

export const attempt = ({ estimate, order }: Both, command: EstimateCommand, now: UtcMs = START, rights = everything, who = whoDoes(command)) =>
  decide(estimate, command, {
    now,
    today: dayOf(now, ZONE),
    zone: ZONE,
    who,
    order,
    rights,
    sha256: (text: string) => `#${text.length}:${text.slice(0, 40)}`,
  });

/** The estimate and its order after a command that is allowed. */
export function done(both: Both, command: EstimateCommand, now: UtcMs = START, rights = everything): Both {
  const decided = attempt(both, command, now, rights);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  const { value } = decided;
  return { estimate: applied(both.estimate, value), order: value.order ? orderAfter(both.order, value.order) : both.order };
}

/** A draft for lines of an order, and one that was sent: all lines unless named. */
export const drafted = (order: Order = fourLines(), only?: readonly number[]): Both => done(emptyDraft(order), write(order, only));
export const sent = (order?: Order, only?: readonly number[]): Both => done(drafted(order, only), send);

/** The order after someone wrote these lines onto its job, or onto a new one. */
export function edited<B extends { order: Order }>(both: B, job: number, lines: readonly Line[], why?: string): B {
  const { complaint = `Complaint ${job}` } = both.order.jobs.find(({ id }) => id === jobId(job)) ?? {};
  const written = { id: jobId(job), complaint, cause: "", correction: "", vmrs: null, technician: null, lines };
  const decided = decideOrder(both.order, { intent: "save-job", seen: 99, job: written, ...(why ? { why } : {}) }, START);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  return { ...both, order: orderAfter(both.order, decided.value) };
}

export const offerOf = ({ estimate }: Both) => {
  const offer = latestSent(estimate)?.offer;
  if (!offer) throw new Error("nothing was sent");
  return offer;
};
export const totalOf = (both: Both): Cents => offerOf(both).snapshot.charges.total;
export const authorizationOf = ({ order }: Pick<Both, "order">, now: UtcMs = START) => authorizationIn(order, dayOf(now, ZONE));
/** A line with what is authorized of it. */
export function lineOf(both: Pick<Both, "order">, n: number) {
  const found = linesOf(both.order).find(({ id }) => id === lineId(n));
  const its = authorizationOf(both).lines.get(lineId(n));
  if (!found || !its) throw new Error(`no line ${n}`);
  return { ...found, ...its };
}
