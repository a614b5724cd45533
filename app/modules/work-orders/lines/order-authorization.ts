import { type Cents, toCents } from "~/kernel/money";
import { chargesOf } from "~/modules/organizations/shop-rules/charges";
import type { RulesVersion } from "~/modules/organizations/shop-rules/shop-rules";
import { charged, type Job, type OrderLine, priceOf } from "../jobs/job";
import { authorizationOf, decisionsOn, type LineState, type OrderAuthorization, type TotalOf } from "./authorization";
import { choiceOf, type Standing, standingIn } from "./job-options";
import { type AgreedMost, decidedOf, type LineDecision } from "./line-decision";

/** An order's lines with all that decides what is authorized and billed. */
export type OrderWork = {
  jobs: readonly Job[];
  decisions: readonly LineDecision[];
  most: AgreedMost;
  /** The rates and taxes that apply: those of its completion, until then the current ones. */
  rules: RulesVersion;
  taxExempt: boolean;
  /** Work on the shop's own fleet is internal by its customer: it is done at the shop's cost, and nothing is charged. */
  isInternal: boolean;
};

export const linesOf = ({ jobs }: Pick<OrderWork, "jobs">): OrderLine[] => jobs.flatMap(({ lines }) => lines);

/** In the order of writing, in which undecided lines are covered. */
const asWritten = (order: Pick<OrderWork, "jobs">): OrderLine[] => linesOf(order).sort((a, b) => a.writtenIn - b.writtenIn);

/** The charges of lines at these prices; a line at nothing does not count for supplies. */
export const totalUnder =
  ({ rules, taxExempt }: Pick<OrderWork, "rules" | "taxExempt">): TotalOf<OrderLine & { price: Cents }> =>
  (priced) =>
    chargesOf(
      priced.map(({ line, price }) => ({ ...charged(line), price, ...(price === 0 ? { counts: false } : {}) })),
      rules.rules,
      taxExempt,
    ).total;

/** What the lines of jobs with options are by the choice of their job. */
const standingsIn = ({ jobs, decisions }: Pick<OrderWork, "jobs" | "decisions">): Map<string, Standing> =>
  new Map(
    jobs.flatMap((job) => {
      const choice = choiceOf(job, decisions);
      return choice ? job.lines.map((line) => [line.id, standingIn(choice, line, decidedOf(decisionsOn({ decisions }, line.id)))] as const) : [];
    }),
  );

/** @param today the shop's calendar day. */
export function authorizationIn(order: OrderWork, today: string): OrderAuthorization {
  const lines = asWritten(order);
  const standings = standingsIn(order);
  return authorizationOf({
    lines: lines.map((line) => ({ ...line, price: priceOf(line), standing: standings.get(line.id) ?? "counts" })),
    decisions: order.decisions,
    offers: lines.flatMap(({ id, offer }) => (offer ? [{ lineId: id, ...offer }] : [])),
    most: order.most,
    totalOf: totalUnder(order),
    today,
    isInternal: order.isInternal,
  });
}

/** How a line is billed. A line at zero is warranty or internal work. */
export type BilledLine = OrderLine & { toBill: Cents; state: LineState; reason: string | null };
export type BilledJob = Job<BilledLine>;

/**
 * The jobs with the lines that the customer pays, and the declined ones apart. A job of which nothing is left to bill
 * stays, because its correction tells what was done.
 */
export function billedIn(order: OrderWork, today: string): { jobs: BilledJob[]; declined: OrderLine[]; authorization: OrderAuthorization } {
  const authorization = authorizationIn(order, today);
  const stateOf = (line: OrderLine) => authorization.lines.get(line.id)?.state ?? "none";
  const reasonOf = (line: OrderLine) => order.decisions.findLast(({ lineId, outcome }) => lineId === line.id && outcome === "reasoned")?.reason ?? null;
  return {
    authorization,
    declined: linesOf(order).filter((line) => stateOf(line) === "declined"),
    jobs: order.jobs.map((job) => ({
      ...job,
      lines: job.lines
        .filter((line) => !authorization.lines.get(line.id)?.isOut)
        .map((line) => ({ ...line, toBill: authorization.lines.get(line.id)?.toBill ?? toCents(0), state: stateOf(line), reason: reasonOf(line) })),
    })),
  };
}

/** The lines that cost the shop something: those that are billed, and what a vendor was paid for, whoever pays it. */
export function costedLines(order: OrderWork, jobs: readonly BilledJob[]): OrderLine[] {
  const billed = jobs.flatMap(({ lines }) => lines);
  return [...billed, ...linesOf(order).filter(({ id, vendorJobId }) => vendorJobId !== null && !billed.some((line) => line.id === id))];
}

/** The charged lines of billed jobs; work at zero doesn't count for supplies. */
export const chargedOf = (jobs: readonly BilledJob[]) =>
  jobs.flatMap(({ lines }) => lines.map((line) => ({ ...charged(line), price: line.toBill, ...(line.toBill === 0 ? { counts: false } : {}) })));
