import type { Id } from "~/kernel/ids";
import { type Cents, toCents, toQuantity } from "~/kernel/money";
import { ok } from "~/kernel/result";
import type { Job, OrderLine } from "../jobs/job";
import { type Change, type Decided, named, notAllowed, type Order, stale } from "../order";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { decisionsOn } from "./authorization";
import { jobsWith } from "./jobs-with";
import { decidedOf } from "./line-decision";
import { newLine } from "./order-lines";

const lineIn = (order: Pick<Order, "jobs">, id: Id<"line">): OrderLine | undefined => order.jobs.flatMap(({ lines }) => lines).find((line) => line.id === id);

/**
 * Whether the customer's price of a sublet line follows the vendor's invoice: not where it was offered, authorized or
 * written, and not where the shop priced the work in other lines.
 */
export const followsCost = (order: Order, id: Id<"line">): boolean => {
  const line = lineIn(order, id);
  if (!line) return true;
  return line.priceFollows === true && (line.offer === null || line.offer.price === null) && decidedOf(decisionsOn(order, id)).state === "none";
};

export type Sublet = {
  lineId: Id<"line">;
  /** For a new line of an order without jobs. */
  jobId: Id<"job">;
  vendorJobId: Id<"vendorJob">;
  text: string;
  /** The shop priced the work in other lines, so this one costs the customer nothing. */
  pricedElsewhere: boolean;
};

/** The order's line of outside work: one that is there, or a new one at the job that is not finished. */
export function placeSublet(order: Order, sublet: Sublet): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  return ok(withSublet(order, sublet));
}

function withSublet(order: Order, { lineId, jobId, vendorJobId, text, pricedElsewhere }: Sublet): Change {
  const known = lineIn(order, lineId);
  const event = workOrderJournal.of("outside-work.added", { ...named(order), name: text });
  if (known)
    return {
      event,
      jobs: jobsWith(order, (line) =>
        line.id === lineId
          ? { ...line, vendorJobId, cost: null, ...(line.each === 0 && !pricedElsewhere ? { priceFollows: true, priceOpen: true } : {}) }
          : line,
      ),
    };
  const version = order.version + 1;
  const job = order.jobs.find(({ correction }) => correction === "") ?? order.jobs[0];
  const written = { id: lineId, kind: "outside" as const, text, partNumber: null, quantity: toQuantity(1_000), each: toCents(0), cost: null, supplies: false };
  const line: OrderLine = { ...newLine(written, version), vendorJobId, ...(pricedElsewhere ? {} : { priceFollows: true, priceOpen: true }) };
  const jobless = { id: jobId, position: 1, complaint: text, cause: "", correction: "", vmrs: null, technician: null, lines: [] };
  const to = job ?? jobless;
  return { event, jobs: [{ ...to, lines: [...to.lines, line], version }] };
}

/** What a decision about a vendor's invoice does to the order's line. Allowed on a locked order too: a cost always counts. */
export type SubletCost = Sublet & {
  /** Of the approved invoice; null where its approval was taken back. */
  cost: Cents | null;
  /** The customer's price where it follows the cost. */
  price: Cents;
};

export function setSubletCost(order: Order, { cost, price, ...sublet }: SubletCost): Change {
  const placed = lineIn(order, sublet.lineId) ? order : { ...order, jobs: mergedJobs(order, withSublet(order, sublet)) };
  const follows = followsCost(placed, sublet.lineId) && order.state !== "invoiced";
  const set = (line: OrderLine): OrderLine => ({
    ...line,
    cost,
    ...(follows ? { quantity: toQuantity(1_000), each: cost === null ? line.each : price, priceOpen: cost === null } : {}),
    ...(order.state === "invoiced" ? { priceOpen: false } : {}),
  });
  return {
    event: workOrderJournal.of(cost === null ? "outside-work.cost-removed" : "outside-work.cost-set", { ...named(order), name: sublet.text }),
    jobs: jobsWith(placed, (line) => (line.id === sublet.lineId ? set(line) : line)),
  };
}

const mergedJobs = (order: Order, { jobs = [] }: Change): Job[] => [...order.jobs.filter(({ id }) => !jobs.some((job) => job.id === id)), ...jobs];

/** Outside work that ended without a cost: its line goes, unless the customer has it on an estimate or approved it. */
export function dropSublet(order: Order, lineId: Id<"line">): Decided {
  const line = lineIn(order, lineId);
  if (!line) return stale;
  const keeps = line.offer !== null || line.cost !== null || line.each !== 0 || order.decisions.some((decision) => decision.lineId === lineId);
  const event = workOrderJournal.of("outside-work.removed", { ...named(order), name: line.text });
  if (keeps)
    return ok({ event, jobs: jobsWith(order, (one) => (one.id === lineId ? { ...one, vendorJobId: null, priceOpen: false, priceFollows: false } : one)) });
  const version = order.version + 1;
  const jobs = order.jobs.filter(({ lines }) => lines.includes(line));
  return ok({ event, jobs: jobs.map((job) => ({ ...job, lines: job.lines.filter((one) => one !== line), version })) });
}
