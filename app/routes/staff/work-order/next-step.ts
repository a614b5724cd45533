import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { workFilters } from "~/modules/vendor-jobs/work-filters";
import type { HoldReason, WorkOrderState } from "~/modules/work-orders/work-order";

type Estimate = { id: string; number: number; state: string; isDrafting: boolean; validThrough: string | null; total: Cents | null; stateSince: UtcMs };
type FleetRepair = { defectId: string; jobId: string; jobVersion: number; round: number; text: string; signedName: string; at: UtcMs };
type VendorJob = { id: string; vendor: string; state: string; stateSince: UtcMs; laterId: string | null; additionWaits: boolean };

export type OrderNow = {
  state: WorkOrderState;
  holdReason: HoldReason | null;
  stateSince: UtcMs;
  promisedAt: UtcMs | null;
  arrivedAt: UtcMs | null;
  isSelf: boolean;
  /** Whether it is on an invoice that isn't void. */
  isOnInvoice: boolean;
  /** Lines to bill that nobody authorized or was asked about yet. */
  overLines: number;
  over: Cents;
  estimates: readonly Estimate[];
  vendorJobs: readonly VendorJob[];
  /** What its fleet certified itself and is still a job of it. */
  fleetRepairs: readonly FleetRepair[];
};

export type NextStep =
  | { kind: "fleet-repaired"; repair: FleetRepair; others: number }
  | { kind: "decide-vendor"; job: VendorJob; others: number }
  | { kind: "expired" | "answer-changes" | "waiting-for-customer"; estimate: Estimate }
  | { kind: "authorize"; lines: number; over: Cents }
  | { kind: "late"; promisedAt: UtcMs }
  | { kind: "hold"; reason: HoldReason; since: UtcMs }
  | { kind: "expected"; promisedAt: UtcMs | null }
  | { kind: "invoice"; since: UtcMs };

const decides: readonly string[] = workFilters.decide.states;

/**
 * The one thing that an order needs next, or waits for; null where the buttons of its state are all there is to it.
 * What the shop has to do comes before what it waits for.
 */
export function nextStep(order: OrderNow, { now, today }: { now: UtcMs; today: string }): NextStep | null {
  if (order.state === "canceled" || order.state === "invoiced") return null;
  const [repair, ...repairs] = order.fleetRepairs;
  if (repair) return { kind: "fleet-repaired", repair, others: repairs.length };
  const [job, ...others] = order.vendorJobs.filter(({ state, additionWaits, laterId }) => laterId === null && (additionWaits || decides.includes(state)));
  if (job) return { kind: "decide-vendor", job, others: others.length };
  if (order.state === "completed") return order.isSelf || order.isOnInvoice ? null : { kind: "invoice", since: order.stateSince };
  const changes = order.estimates.find(({ state, isDrafting }) => state === "changes-requested" && !isDrafting);
  if (changes) return { kind: "answer-changes", estimate: changes };
  const sent = order.estimates.filter(({ state }) => state === "sent");
  const expired = sent.find(({ validThrough }) => validThrough !== null && validThrough < today);
  if (expired) return { kind: "expired", estimate: expired };
  if (order.state !== "draft" && order.overLines > 0) return { kind: "authorize", lines: order.overLines, over: order.over };
  if (order.state !== "draft" && order.promisedAt !== null && order.promisedAt < now) return { kind: "late", promisedAt: order.promisedAt };
  const [waiting] = sent;
  if (waiting) return { kind: "waiting-for-customer", estimate: waiting };
  if (order.state === "on-hold" && order.holdReason !== null) return { kind: "hold", reason: order.holdReason, since: order.stateSince };
  if (order.state === "open" && order.arrivedAt === null) return { kind: "expected", promisedAt: order.promisedAt };
  return null;
}
