import { expect, it } from "vitest";
import { playNotices } from "./world/square-notices/play";
import { formatRun, type RunResult } from "./world/square-notices/run-result";

/*
 * Square's notices as they really come: up to five times each, in any order, a day late, never, forged; with refunds,
 * disputes, failures of Square and processes of ours that die anywhere. In the end the accounts are compared with what
 * Square has. `npm run campaign -- payments` plays as many notices as one likes; it sets these variables.
 */
const { VITE_PAYMENTS_SEED: seed = "1", VITE_PAYMENTS_SIZE: size = "80", VITE_PAYMENTS_MINUTES: minutes = "Infinity" } = import.meta.env;

declare module "vitest" {
  interface TaskMeta {
    /** For the campaign's report. */
    payments?: RunResult;
  }
}

it("Square's notices, whatever becomes of them, put each movement of money on the account once", async ({ task }) => {
  const result = await playNotices({ seed: Number(seed), notices: Number(size), minutes: Number(minutes) });
  task.meta.payments = result;
  const { lost, doubled, forgedAccepted, wrong } = result;
  expect({ lost, doubled, forgedAccepted, wrong }, formatRun(result)).toEqual({ lost: 0, doubled: 0, forgedAccepted: 0, wrong: [] });
  // Otherwise the run would prove nothing.
  expect(
    Math.min(result.forged, result.deaths, result.faults, result.refundsAsked, result.disputes, result.returnsByStatus, result.naiveTooMuch),
  ).toBeGreaterThan(0);
});
