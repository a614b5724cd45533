import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { HOUR, later, toUtcMs } from "~/kernel/time";
import { nextStep, type OrderNow } from "./next-step";

const now = toUtcMs(Date.UTC(2026, 10, 24, 18));
const at = { now, today: "2026-11-24" };
const since = later(now, -3 * HOUR);
const order: OrderNow = {
  state: "in-progress",
  holdReason: null,
  stateSince: since,
  promisedAt: null,
  arrivedAt: since,
  isSelf: false,
  isOnInvoice: false,
  overLines: 0,
  over: toCents(0),
  estimates: [],
  vendorJobs: [],
  fleetRepairs: [],
};
const estimate = { id: "est_1", number: 4, state: "sent", isDrafting: false, validThrough: "2026-11-30", total: toCents(100_00), stateSince: since };
const job = { id: "vj_1", vendor: "Gearworks", state: "estimate-submitted", stateSince: since, laterId: null, additionWaits: false };
const kind = (more: Partial<OrderNow>) => nextStep({ ...order, ...more }, at)?.kind ?? null;

test("what the shop has to do comes before what it waits for", () => {
  const everything = { estimates: [estimate], vendorJobs: [job], overLines: 2, over: toCents(50_00), promisedAt: since };
  expect(kind(everything)).toBe("decide-vendor");
  expect(kind({ ...everything, vendorJobs: [] })).toBe("authorize");
  expect(kind({ ...everything, vendorJobs: [], overLines: 0 })).toBe("late");
  expect(kind({ estimates: [estimate] })).toBe("waiting-for-customer");
  expect(kind({ estimates: [{ ...estimate, state: "changes-requested" }] })).toBe("answer-changes");
  // The revision under way is the answer.
  expect(kind({ estimates: [{ ...estimate, state: "changes-requested", isDrafting: true }] })).toBe(null);
});

test("what the fleet repaired itself is decided about first, on a completed order too", () => {
  const repair = { defectId: "def_1", jobId: "job_1", jobVersion: 1, round: 1, text: "Northline certified it", signedName: "Joe", at: since };
  expect(kind({ fleetRepairs: [repair], vendorJobs: [job] })).toBe("fleet-repaired");
  expect(kind({ fleetRepairs: [repair], state: "completed" })).toBe("fleet-repaired");
  expect(kind({ fleetRepairs: [repair], state: "canceled" })).toBe(null);
});

test("an offer expires after its last day, not on it", () => {
  expect(kind({ estimates: [{ ...estimate, validThrough: "2026-11-24" }] })).toBe("waiting-for-customer");
  expect(kind({ estimates: [{ ...estimate, validThrough: "2026-11-23" }] })).toBe("expired");
});

test("a vendor job waits for the shop with its estimate, its invoice, an addition or a refusal, until another vendor has it", () => {
  for (const state of ["estimate-submitted", "invoiced", "declined"]) expect(kind({ vendorJobs: [{ ...job, state }] })).toBe("decide-vendor");
  expect(kind({ vendorJobs: [{ ...job, state: "approved", additionWaits: true }] })).toBe("decide-vendor");
  expect(kind({ vendorJobs: [{ ...job, state: "approved" }] })).toBe(null);
  expect(kind({ vendorJobs: [{ ...job, state: "declined", laterId: "vj_2" }] })).toBe(null);
});

test("completed work waits for its invoice, once, and the shop's own never", () => {
  expect(kind({ state: "completed" })).toBe("invoice");
  expect(kind({ state: "completed", isOnInvoice: true })).toBe(null);
  expect(kind({ state: "completed", isSelf: true })).toBe(null);
});

test("a hold, a unit that is not here yet; nothing for a closed order or one that is being worked on", () => {
  expect(kind({ state: "on-hold", holdReason: "parts" })).toBe("hold");
  expect(kind({ state: "open", arrivedAt: null })).toBe("expected");
  expect(kind({ state: "open" })).toBe(null);
  expect(kind({})).toBe(null);
  for (const state of ["canceled", "invoiced"] as const) expect(kind({ state, vendorJobs: [job], estimates: [estimate], overLines: 1 })).toBe(null);
});
