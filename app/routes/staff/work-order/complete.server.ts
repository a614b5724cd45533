import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { err, ok, type Result } from "~/kernel/result";
import { parseReading } from "~/kernel/units";
import { meterOf } from "~/modules/assets/meters/meter";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { completeOrder, type StillOpen } from "~/modules/vendor-jobs/complete-order.server";
import { isUnderWay, refusedJobs } from "~/modules/vendor-jobs/job-states";
import { keepsOrder, stillOpen } from "~/modules/vendor-jobs/labels";
import { canCancelOrder } from "~/modules/work-orders/cancel";
import type { ChangeRefusal } from "~/modules/work-orders/change-work-order.server";
import { isAsked, leftoverChoices } from "~/modules/work-orders/lines/leftover";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type Answer, invalid } from "~/platform/http/refusals.server";
import { readDefectsOfOrder } from "~/queries/defects.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { doneField } from "./done-field";

type Order = Pick<NonNullable<Awaited<ReturnType<typeof readOrderRecord>>>, "order" | "authorization">;
type VendorRows = readonly (Parameters<typeof refusedJobs>[0][number] & Parameters<typeof stillOpen>[0])[];

/** What completing an order asks: which lines were done, and for a reason where something is still open. */
export function completionOf({ order, authorization }: Order, vendorJobs: VendorRows): { asked: Id<"line">[]; openReason: string | null } {
  const refused = refusedJobs(vendorJobs);
  const atVendor = vendorJobs.find(({ state }) => isUnderWay(state));
  const lines = linesOf(order).map((line) => ({ line, its: authorization.lines.get(line.id) }));
  const isWaiting = lines.some(({ its }) => its?.offered != null);
  return {
    // Declined lines were not done; what a vendor does is answered by its job.
    asked: lines.filter(({ line, its }) => !its?.isAlternative && isAsked(line, its?.state, refused)).map(({ line }) => line.id),
    openReason: atVendor ? stillOpen(atVendor) : isWaiting ? "An estimate waits for the customer's answer" : null,
  };
}

/** Why an order can't be canceled: what was done on it is completed instead, and a vendor's job ends first. */
export function whyNotCanceled(order: Parameters<typeof canCancelOrder>[0], vendorJobs: readonly Parameters<typeof keepsOrder>[0][]): string | null {
  const allowed = canCancelOrder(order);
  return allowed === true ? (vendorJobs.map(keepsOrder).find((kept) => kept !== null) ?? null) : allowed;
}

type Refusal = ChangeRefusal | StillOpen | ReturnType<typeof invalid>;

/** Completes an order: with its unit's meter reading, or without one if the meter can't be read, and an answer for each line. */
export const completeCommand = staff.command({
  permission: "work-order:write",
  form: z.looseObject({
    version: z.coerce.number().int().positive(),
    reading: z.string().default(""),
    unread: z.literal("on").optional(),
    why: z.string().trim().max(300, "Use at most 300 characters.").default(""),
    asked: z.string().default(""),
    leftover: z.enum(leftoverChoices).default("follow-up"),
  }),
  async run({ services, session, id, form }): Promise<Result<{ needsReview: boolean; followUps: number; uncertified: number }, Refusal>> {
    const { facts } = orNotFound(await readOrderRecord(services, id("workOrder")));
    const meter = meterOf[facts.kind];
    const displayValue = parseReading(form.reading);
    if (meter && form.unread !== "on" && displayValue === null)
      return err(
        invalid({ reading: form.reading.trim() === "" ? "Enter the meter reading, or check that it can't be read." : "Enter a number such as 412,345." }),
      );
    const asked = form.asked.split(" ").filter((lineId) => lineId !== "");
    const notDone = asked.filter((lineId) => form[doneField(lineId)] !== "on");
    // Withdrawing approved work is for those who may decide about it.
    const leftover = may("staff", session.membership.role, "line:authorize") ? form.leftover : "follow-up";
    const completed = await completeOrder(services, id("workOrder"), { seen: form.version, why: form.why, asked, notDone, leftover });
    if (!completed.ok) return completed;
    const { followUps, order } = completed.value;
    const uncertified = (await readDefectsOfOrder(services.db, id("workOrder"))).filter(({ state }) => state === "open").length;
    if (!meter || displayValue === null) return ok({ needsReview: false, followUps, uncertified });
    const recorded = await recordMeterReading(services, {
      assetId: facts.assetId,
      meter,
      displayValue,
      source: `work order ${facts.number}`,
      at: order.completedAt ?? services.clock.now(),
    });
    return ok({ needsReview: recorded.ok && recorded.value.status === "review", followUps, uncertified });
  },
  done: ({ needsReview, followUps, uncertified }) =>
    [
      "Order completed.",
      uncertified > 0 && `Now certify the ${uncertified === 1 ? "defect" : `${uncertified} defects`} that it repaired.`,
      followUps > 0 && `Work that wasn't done is on ${followUps === 1 ? "an order" : "orders"} of its own.`,
      needsReview && "The meter reading doesn't fit the earlier ones and needs review.",
    ]
      .filter(Boolean)
      .join(" "),
  refuse(refusal): Answer {
    switch (refusal.kind) {
      case "still-open":
        return { status: 409, message: refusal.message, fields: { why: refusal.message } };
      case "clock-elsewhere":
      case "collides":
        return "Someone else just changed this. Here is the latest version. Your entries are still here.";
      default:
        return refusal.message;
    }
  },
});
