import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { changeOf, decisionOn, jobOf, lineId, NOW, orderLine, orderOf, TODAY, usd } from "../../../../tests/world/order-values";
import { decide } from "../decide-order";
import { applied } from "../order";
import { type LeftoverChoice, leftoverOf, withWithdrawals } from "./leftover";
import { authorizationIn } from "./order-authorization";

const vendorJobId = "vj_1" as Id<"vendorJob">;
/** Line 1 approved, 2 undecided, 3 declined, 4 at a vendor, 5 approved and done. */
const order = orderOf({
  state: "in-progress",
  jobs: [jobOf(1, [orderLine(1, 100), orderLine(2, 50), orderLine(3, 20), orderLine(4, 0, { vendorJobId }), orderLine(5, 10)], { correction: "Replaced" })],
  decisions: [decisionOn(1, "approved", 100), decisionOn(3, "declined"), decisionOn(4, "approved", 0), decisionOn(5, "approved", 10)],
  most: { standing: usd(5), named: usd(500), approved: usd(110) },
});
const notDone = [lineId(1), lineId(2), lineId(3), lineId(4)];
const left = (choice: LeftoverChoice) => leftoverOf(order, { notDone, choice, refusedJobs: new Set(), by: "Joan", now: NOW });

describe("work that was not done when its order is completed", () => {
  it("goes on on orders of its own: approved and undecided apart, without declined work and a vendor's", () => {
    expect(left("follow-up")).toEqual({ approved: [lineId(1)], undecided: [lineId(2)], decisions: [] });
  });

  it("is withdrawn instead where the shop chose so, and only if it was approved", () => {
    const withdrawn = left("withdraw");
    expect(withdrawn).toMatchObject({ approved: [], undecided: [lineId(2)] });
    expect(withdrawn.decisions).toMatchObject([{ lineId: lineId(1), sequence: 2, outcome: "withdrawn", amount: 0, by: "Joan", at: NOW }]);
  });

  it("lowers with a withdrawal what was approved, and leaves what was done authorized", () => {
    const completed = changeOf(decide(order, { intent: "move", to: "completed", seen: 1, holdReason: null, rulesVersion: 3, notDone }, NOW));
    expect(withWithdrawals(order, completed, left("follow-up"))).toBe(completed);
    const after = applied(order, withWithdrawals(order, completed, left("withdraw")));
    expect(after).toMatchObject({ state: "completed", rulesVersion: 3, most: { standing: usd(5), named: usd(500), approved: usd(10) } });
    expect(authorizationIn(after, TODAY)).toMatchObject({ authorized: 10_00, toBill: 10_00, over: 0 });
  });
});
