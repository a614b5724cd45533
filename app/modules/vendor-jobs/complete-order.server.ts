import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { estimatesOf, type Followed, followOrderRows, reviseToLines } from "~/modules/estimates/follow-order.step.server";
import { whyUndecided } from "~/modules/inspections/defects/fleet-repair";
import { findFleetRepairs } from "~/modules/inspections/defects/fleet-repairs.step.server";
import type { ChangeRefusal } from "~/modules/work-orders/change-work-order.server";
import { isOpenOn } from "~/modules/work-orders/lines/authorization";
import { type Completed, type Completing, completeLines, type StillOpen } from "~/modules/work-orders/lines/complete-lines.step.server";
import { authorizationIn, linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { isUnderWay, refusedJobs } from "./job-states";
import { completesAnyway } from "./labels";
import { outsideOrderStore } from "./outside-order.store.server";

export type { StillOpen };

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };

const ESTIMATE_OPEN = "An estimate for this order waits for the customer's answer. Enter the reason to complete the order anyway.";
const UNASKED = "This order has work that isn't authorized. Each line needs an answer.";

/** Completes a work order. While a vendor job or an estimate of it is open, that takes a reason, which stays on record. */
export async function completeOrder(s: Needs, id: Id<"workOrder">, asked: Completing): Promise<Result<Completed, ChangeRefusal | StillOpen>> {
  let followed: Followed[] = [];
  const [vendorJobs, fleetRepairs] = await Promise.all([outsideOrderStore(s.db).atVendors(id), findFleetRepairs(s.db, [id])]);
  const undecided = whyUndecided(fleetRepairs);
  if (undecided) return err({ kind: "not-allowed", message: undecided });
  const completed = await completeLines(s, id, asked, {
    refusedJobs: refusedJobs(vendorJobs),
    whyOpen(order, today) {
      const atVendor = vendorJobs.find(({ state }) => isUnderWay(state));
      if (atVendor) return completesAnyway(atVendor);
      const { applies, over } = authorizationIn(order, today);
      if (asked.asked === undefined && applies && over > 0) return UNASKED;
      const isOffered = linesOf(order).some(({ offer }) => isOpenOn(offer, today));
      return isOffered ? ESTIMATE_OPEN : null;
    },
    follow(order, followUps) {
      followed = estimatesOf(order, followUps);
      return { left: new Set(followed.flatMap(({ left }) => left)), rows: followOrderRows(s.db, followed) };
    },
  });
  // What is left of an estimate isn't what the customer was offered.
  for (const { id: estimateId, left } of completed.ok ? followed : []) if (left.length > 0) await reviseToLines(s, estimateId);
  return completed;
}
