import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { sumCents, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { type Budget, budgetImpact, levelOf, percentOf } from "./budget/budget";
import { decide, type Refusal, type VendorJobCommand } from "./decide";
import { type VendorCharges, vendorChargesTotal } from "./invoicing/vendor-charges";
import { can, canAdd, isCalledOff, isClosedTo, jobStates, lifeCycle, type Who } from "./job-states";
import { keepsOrder, tabs } from "./labels";
import {
  actualOf,
  approvedEstimate,
  committedOf,
  currentCost,
  newestEstimate,
  newestInvoice,
  priceWith,
  type VendorJob,
  varianceOf,
  waitingAddition,
  waitingEstimate,
} from "./vendor-job";

const START = toUtcMs(Date.parse("2026-11-22T15:00:00Z"));
const entry = (n: number) => `ent_${n}` as Id<"entry">;
const charges = (cents: number): VendorCharges => ({
  lines: [{ kind: "labor", text: "Rebuild", quantity: toQuantity(1_000), each: toCents(cents) }],
  note: "",
});
/** The same total, including tax. */
const taxed = (cents: number, tax: number): VendorCharges => ({ ...charges(cents - tax), tax: toCents(tax) });
const fresh = (change: Partial<VendorJob> = {}): VendorJob => ({
  id: "vj_1" as Id<"vendorJob">,
  number: 7,
  workOrderId: "wo_1" as Id<"workOrder">,
  assetId: "ast_1" as Id<"asset">,
  lineId: "lin_1" as Id<"line">,
  askedLines: [],
  vendorId: "ven_1" as Id<"vendor">,
  title: "Rebuild",
  instructions: "Take it apart",
  dueDay: null,
  notToExceed: null,
  needsEstimate: true,
  sharesCustomer: false,
  state: "assigned",
  stateSince: START,
  reason: "",
  earlierId: null,
  laterId: null,
  assignedBy: { id: "mem_1", name: "Joan" },
  version: 1,
  estimates: [],
  invoices: [],
  costs: [],
  paid: null,
  ...change,
});

type More = { budgets?: readonly Budget[]; priceFixed?: string | null; holdsOrder?: boolean; speaksFor?: string | null; who?: Who };
const doing = (
  job: VendorJob,
  command: VendorJobCommand,
  { budgets = [], priceFixed = null, holdsOrder = false, speaksFor = null, who = lifeCycle[command.intent].who }: More = {},
) => decide(job, command, { now: START, who, by: who === "vendor" ? "Gearworks" : "Joan", vendor: "Gearworks", speaksFor, budgets, priceFixed, holdsOrder });
const led = (job: VendorJob, ...commands: VendorJobCommand[]): VendorJob =>
  commands.reduce((at, command) => {
    const decided = doing(at, command);
    if (!decided.ok) throw new Error(`${command.intent}: ${JSON.stringify(decided.error)}`);
    return decided.value.next;
  }, job);
const refusal = (job: VendorJob, command: VendorJobCommand, more: More = {}): Refusal => {
  const decided = doing(job, command, more);
  if (decided.ok) throw new Error(`${command.intent} was not refused`);
  return decided.error;
};

const estimated = (cents = 1_000_00) => led(fresh(), { intent: "accept" }, { intent: "submit-estimate", charges: charges(cents) });
const approve: VendorJobCommand = { intent: "approve-estimate", revision: 1, override: "" };
const invoiced = (estimate = 1_000_00, invoice = 1_000_00) =>
  led(estimated(estimate), approve, { intent: "complete", note: "" }, { intent: "submit-invoice", reference: "GW-1", charges: charges(invoice) });
const settle = (more: Partial<Extract<VendorJobCommand, { intent: "approve-invoice" }>> = {}): VendorJobCommand => ({
  intent: "approve-invoice",
  submission: 1,
  varianceReason: "",
  override: "",
  markup: toBasisPoints(2_000),
  entryId: entry(1),
  ...more,
});

test("an approved invoice is marked as paid once, and its approval is taken back only after the mark is removed", () => {
  const pay: VendorJobCommand = { intent: "mark-paid", day: "2026-12-01", reference: "Check 88" };
  expect(refusal(invoiced(), pay)).toEqual({ kind: "not-allowed", message: "Approve the invoice first." });
  const paid = led(invoiced(), settle(), pay);
  expect(paid).toMatchObject({ state: "settled", paid: { day: "2026-12-01", reference: "Check 88", by: "Joan" } });
  expect(refusal(paid, pay)).toEqual({ kind: "not-allowed", message: "It's already marked as paid." });
  const reverse: VendorJobCommand = { intent: "reverse", reason: "Wrong truck", entryId: entry(2) };
  expect(refusal(paid, reverse)).toEqual({ kind: "not-allowed", message: "It's marked as paid. Remove that mark first." });
  expect(refusal(paid, { intent: "remove-paid", reason: "" })).toMatchObject({ kind: "incomplete", field: "reason" });
  const unpaid = led(paid, { intent: "remove-paid", reason: "The check was never sent" });
  expect(refusal(unpaid, { intent: "remove-paid", reason: "Again" })).toEqual({ kind: "not-allowed", message: "It isn't marked as paid." });
  expect(led(unpaid, reverse)).toMatchObject({ state: "invoiced", paid: null });
});

describe("vendor job life cycle", () => {
  test("refuses everything before it is accepted, and needs a reason to decline", () => {
    for (const command of [
      { intent: "submit-estimate", charges: charges(1) },
      { intent: "complete", note: "" },
      { intent: "submit-invoice", reference: "1", charges: charges(1) },
    ] as const)
      expect(refusal(fresh(), command)).toMatchObject({ kind: "not-allowed", message: "The job isn't accepted yet." });
    expect(refusal(fresh(), { intent: "decline", reason: "" })).toMatchObject({ kind: "incomplete", field: "reason" });
    const declined = led(fresh(), { intent: "decline", reason: "Full" });
    expect([declined.state, declined.reason, isClosedTo(declined.state)]).toEqual(["declined", "Full", true]);
    expect(canAdd(declined.state)).not.toBe(true);
  });

  test("reassigns a declined or recalled job once", () => {
    const to = "vj_2" as Id<"vendorJob">;
    for (const over of [led(fresh(), { intent: "decline", reason: "Full" }), led(fresh(), { intent: "recall", reason: "" })]) {
      const handed = led(over, { intent: "reassign", to });
      expect([handed.state, handed.laterId]).toEqual([over.state, to]);
      expect(refusal(handed, { intent: "reassign", to })).toMatchObject({ kind: "not-allowed" });
    }
    expect(refusal(led(fresh(), { intent: "accept" }), { intent: "recall", reason: "" })).toMatchObject({ kind: "not-allowed" });
  });

  describe("an addition to an approved estimate", () => {
    const approvedJob = () => led(estimated(), approve);
    const added = () => led(approvedJob(), { intent: "submit-estimate", charges: charges(1_400_00) });

    test("waits beside the approved one, which counts until the shop decides", () => {
      expect(added()).toMatchObject({ state: "approved", estimates: [{ state: "approved" }, { revision: 2, state: "submitted" }] });
      expect(waitingAddition(added())).toMatchObject({ revision: 2 });
      expect([committedOf(added()), waitingAddition(approvedJob())]).toEqual([1_000_00, null]);
      const more: VendorJobCommand = { intent: "submit-estimate", charges: charges(1_500_00) };
      expect(refusal(added(), more)).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("waiting") });
    });

    test("becomes the new sum where the shop approves it, within its budgets", () => {
      const all: VendorJobCommand = { intent: "approve-estimate", revision: 2, override: "" };
      expect(led(added(), all)).toMatchObject({ state: "approved", estimates: [{ state: "approved" }, { state: "approved" }] });
      expect(committedOf(led(added(), all))).toBe(1_400_00);
      const budgets: Budget[] = [{ of: "assignment", limit: toCents(1_200_00), committed: toCents(0), actual: toCents(0) }];
      expect(refusal(added(), all, { budgets })).toMatchObject({ kind: "over-budget" });
    });

    test("leaves the former sum where the shop declines it or the vendor takes it back", () => {
      const declined = led(added(), { intent: "decline-estimate", revision: 2, feedback: "Not now" });
      for (const job of [declined, led(added(), { intent: "withdraw" })]) {
        expect([job.state, committedOf(job)]).toEqual(["approved", 1_000_00]);
        expect(led(job, { intent: "submit-estimate", charges: charges(1_100_00) }).estimates).toHaveLength(3);
      }
    });

    test("is closed when the work is completed, and there is nothing to decide without one", () => {
      const completed = led(added(), { intent: "complete", note: "" });
      expect(completed).toMatchObject({ state: "completed", estimates: [{ state: "approved" }, { state: "lapsed" }] });
      expect(committedOf(completed)).toBe(1_000_00);
      for (const command of [approve, { intent: "decline-estimate", revision: 1, feedback: "No" }, { intent: "withdraw" }] as const)
        expect(refusal(approvedJob(), command)).toMatchObject({ kind: "not-allowed", message: expect.stringMatching(/already approved/) });
    });
  });

  test("numbers estimates, needs feedback to decline one, and never changes a sent one", () => {
    expect(refusal(estimated(), { intent: "decline-estimate", revision: 1, feedback: "" })).toMatchObject({ kind: "incomplete", field: "feedback" });
    const job = led(
      estimated(),
      { intent: "decline-estimate", revision: 1, feedback: "Leave the shaft out" },
      { intent: "submit-estimate", charges: charges(800_00) },
    );
    expect(job.estimates.map(({ revision, state, charges: sent }) => [revision, state, vendorChargesTotal(sent)])).toEqual([
      [1, "declined", 1_000_00],
      [2, "submitted", 800_00],
    ]);
    // A page that still shows the first revision can't decide on the second.
    expect(refusal(job, approve)).toEqual({ kind: "stale" });
    const taken = led(job, { intent: "withdraw" });
    expect([taken.state, newestEstimate(taken)?.state]).toEqual(["accepted", "withdrawn"]);
    expect(refusal(taken, { ...approve, revision: 2 })).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("withdrew it") });
  });

  test("completes without an estimate only if the shop needs none", () => {
    expect(refusal(led(fresh(), { intent: "accept" }), { intent: "complete", note: "" })).toMatchObject({ kind: "not-allowed" });
    expect(led(fresh({ needsEstimate: false }), { intent: "accept" }, { intent: "complete", note: "Done" }).state).toBe("completed");
  });

  test("an invoice above the approved estimate needs a reason to approve; below or equal, none", () => {
    expect(refusal(invoiced(1_000_00, 1_000_01), settle())).toMatchObject({ kind: "incomplete", field: "varianceReason" });
    expect(led(invoiced(1_000_00, 1_000_01), settle({ varianceReason: "A cent of postage" })).invoices[0]?.decided?.reason).toBe("A cent of postage");
    for (const amount of [1_000_00, 999_99])
      expect(led(invoiced(1_000_00, amount), settle({ varianceReason: "none needed" })).invoices[0]?.decided?.reason).toBe("");
    expect(varianceOf(invoiced(1_000_00, 900_00))).toBe(-100_00);
  });

  test("tax counts in the approved amount, in the variance and in the cost of the order", () => {
    const job = led(fresh(), { intent: "accept" }, { intent: "submit-estimate", charges: taxed(1_080_00, 80_00) }, approve, { intent: "complete", note: "" });
    expect(committedOf(job)).toBe(1_080_00);
    const billed = led(job, { intent: "submit-invoice", reference: "GW-1", charges: taxed(1_081_00, 81_00) });
    expect(varianceOf(billed)).toBe(1_00);
    expect(currentCost(led(billed, settle({ varianceReason: "Their tax" })))).toMatchObject({ amount: 1_081_00, price: 1_297_20 });
  });

  test("a dispute needs a reason, and the vendor resubmits under the next number", () => {
    expect(refusal(invoiced(), { intent: "dispute", submission: 1, reason: "" })).toMatchObject({ kind: "incomplete", field: "reason" });
    const again = led(
      invoiced(),
      { intent: "dispute", submission: 1, reason: "Hours" },
      { intent: "submit-invoice", reference: "GW-1b", charges: charges(900_00) },
    );
    expect(refusal(again, settle())).toEqual({ kind: "stale" });
    const settled = led(again, settle({ submission: 2 }));
    expect([settled.state, actualOf(settled), committedOf(settled)]).toEqual(["settled", 900_00, 0]);
  });

  test("a reversal adds an opposite entry for cost and price, and the invoice needs a decision again", () => {
    const settled = led(invoiced(), settle());
    expect(currentCost(settled)).toMatchObject({ amount: 1_000_00, price: 1_200_00 });
    const back = led(settled, { intent: "reverse", reason: "Paid twice", entryId: entry(2) });
    expect(back.costs[0]).toBe(settled.costs[0]);
    expect(back.costs[1]).toMatchObject({ amount: -1_000_00, price: -1_200_00, reverses: entry(1), why: "Paid twice" });
    expect([back.state, actualOf(back), newestInvoice(back)?.state, committedOf(back)]).toEqual(["invoiced", 0, "submitted", 1_000_00]);
    expect(actualOf(led(back, settle({ entryId: entry(3) })))).toBe(1_000_00);
  });

  test("where the customer's price stays as it is only the cost is added, and only if the page showed that", () => {
    const fixed = { priceFixed: "It is invoiced." };
    expect(refusal(invoiced(), settle(), fixed)).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("It is invoiced.") });
    expect(refusal(invoiced(), settle({ markup: null }))).toMatchObject({ kind: "incomplete", field: "markup" });
    const cost = doing(invoiced(), settle({ markup: null }), fixed);
    expect(cost.ok && currentCost(cost.value.next)).toMatchObject({ amount: 1_000_00, price: 0 });
    const reverse: VendorJobCommand = { intent: "reverse", reason: "Wrong", entryId: entry(2) };
    expect(cost.ok && doing(cost.value.next, reverse, fixed).ok).toBe(true);
  });
});

describe("canceling a job", () => {
  const callOff = (job: VendorJob, pays: boolean): VendorJobCommand => ({
    intent: "call-off",
    seen: job.version,
    reason: "The truck is sold",
    pays,
    goesOn: null,
  });
  const ended = (job: VendorJob, pays = false) => led(job, callOff(job, pays));
  const order = (job: VendorJob) => keepsOrder({ ...job, vendor: "Gearworks" });

  test("needs a reason, and the version that the page showed", () => {
    const job = led(estimated(), approve);
    expect(refusal(job, { ...callOff(job, true), reason: "" } as VendorJobCommand)).toMatchObject({ kind: "incomplete", field: "reason" });
    expect(refusal(led(job, { intent: "complete", note: "" }), callOff(job, false))).toEqual({ kind: "stale" });
    expect(refusal(fresh(), callOff(fresh(), false))).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("Recall it") });
    expect(refusal(invoiced(), callOff(invoiced(), false))).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("dispute it first") });
  });

  test("needs a choice to resume the order if it was on hold only for this job", () => {
    const job = led(estimated(), approve);
    expect(refusal(job, callOff(job, true), { holdsOrder: true })).toMatchObject({ kind: "incomplete", field: "goesOn" });
    for (const goesOn of [true, false]) expect(doing(job, { ...callOff(job, true), goesOn } as VendorJobCommand, { holdsOrder: true }).ok).toBe(true);
  });

  test("without pay it ends at once: nothing is committed, the order is free, and the job can be reassigned", () => {
    const job = led(estimated(), approve);
    expect([committedOf(job), order(job)]).toEqual([1_000_00, expect.stringContaining("Cancel it first")]);
    const over = ended(job);
    expect([over.state, committedOf(over), order(over), canAdd(over.state)]).toEqual(["called-off", 0, null, "The shop canceled this job."]);
    for (const command of [
      { intent: "complete", note: "" },
      { intent: "submit-invoice", reference: "1", charges: charges(1) },
      callOff(over, true),
    ] as VendorJobCommand[])
      expect(refusal(over, command)).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("canceled") });
    expect(led(over, { intent: "reassign", to: "vj_2" as Id<"vendorJob"> }).laterId).toBe("vj_2");
    // An undecided estimate lapses unchanged.
    expect(ended(estimated()).estimates.map(({ state }) => state)).toEqual(["lapsed"]);
  });

  test("with pay it allows one final invoice; the order doesn't wait for it", () => {
    const ending = ended(led(estimated(), approve), true);
    expect([ending.state, committedOf(ending), order(ending)]).toEqual(["ending", 1_000_00, null]);
    expect(refusal(ending, { intent: "complete", note: "" })).toMatchObject({ kind: "not-allowed" });
    const billed = led(ending, { intent: "submit-invoice", reference: "GW-1", charges: charges(300_00) });
    expect([billed.state, isCalledOff(billed), order(billed)]).toEqual(["invoiced", true, null]);
    expect(led(billed, { intent: "withdraw-invoice" }).state).toBe("ending");
    const settled = led(billed, settle());
    expect([actualOf(settled), committedOf(settled)]).toEqual([300_00, 0]);
    expect(refusal(settled, { intent: "submit-invoice", reference: "GW-2", charges: charges(1) })).toMatchObject({ kind: "not-allowed" });
    // Canceling again without pay closes a job whose final invoice never comes.
    expect(committedOf(ended(ending))).toBe(0);
  });
});

test("an invoice can be withdrawn before it is decided, and resubmitted under the next number", () => {
  const taken = led(invoiced(), { intent: "withdraw-invoice" });
  expect([taken.state, newestInvoice(taken)?.state]).toEqual(["completed", "withdrawn"]);
  expect(refusal(taken, settle())).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("withdrew it") });
  expect(refusal(taken, { intent: "withdraw-invoice" })).toMatchObject({ kind: "not-allowed" });
  const again = led(taken, { intent: "submit-invoice", reference: "GW-2", charges: charges(900_00) });
  // A page that still shows the first one can't decide on the second.
  expect(refusal(again, settle())).toEqual({ kind: "stale" });
  const settled = led(again, settle({ submission: 2 }));
  expect(settled.invoices.map(({ submission, state }) => [submission, state])).toEqual([
    [1, "withdrawn"],
    [2, "approved"],
  ]);
  expect(refusal(settled, { intent: "withdraw-invoice" })).toMatchObject({ kind: "not-allowed", message: "The shop already approved it." });
});

test("staff record the answers of a vendor without a portal; a vendor with a portal answers itself", () => {
  const by: More = { who: "staff", speaksFor: "Prairie Machine" };
  expect(refusal(fresh(), { intent: "accept" }, { who: "staff" })).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("own portal") });
  const accepted = doing(fresh(), { intent: "accept" }, by);
  if (!accepted.ok) throw new Error("refused");
  expect(accepted.value.event).toMatchObject({ code: "vendor-job.accepted", body: { onBehalfOf: "Prairie Machine" } });
  const estimate = doing(accepted.value.next, { intent: "submit-estimate", charges: charges(1) }, by);
  if (!estimate.ok) throw new Error("refused");
  const approved = doing(estimate.value.next, approve, by);
  expect(newestEstimate(estimate.value.next)?.submitted.by).toBe("Joan for Prairie Machine");
  // The shop's own decisions are not recorded on behalf of the vendor.
  expect(approved.ok && [approved.value.event.code, "onBehalfOf" in approved.value.event.body, newestEstimate(approved.value.next)?.decided?.by]).toEqual([
    "vendor-job.estimate-approved",
    false,
    "Joan",
  ]);
  expect(refusal(estimated(), approve, { who: "vendor", speaksFor: "Prairie Machine" })).toMatchObject({ kind: "not-allowed" });
});

describe("budgets", () => {
  const budget = (limit: number, committed = 0, actual = 0): Budget => ({
    of: "order",
    limit: toCents(limit),
    committed: toCents(committed),
    actual: toCents(actual),
  });

  test("is near at 80 %, still within at 100 %, and over one cent later", () => {
    const level = (used: number) => levelOf(toCents(used), toCents(1_000_00));
    expect([799_99, 800_00, 1_000_00, 1_000_01].map(level)).toEqual(["within", "near", "near", "over"]);
    expect(levelOf(toCents(0), toCents(0))).toBe("within");
    expect(percentOf(toCents(1_200_00), toCents(1_000_00))).toBe(100);
  });

  test("blocks an approval over any limit, unless overridden with a recorded reason", () => {
    const budgets = [budget(1_500_00, 400_00, 200_00), budget(5_000_00)];
    const refused = refusal(estimated(), approve, { budgets });
    expect(refused.kind === "over-budget" && refused.over.map(({ after }) => after)).toEqual([1_600_00]);
    const overridden = doing(estimated(), { ...approve, override: "Owner agreed" }, { budgets });
    expect(overridden.ok && approvedEstimate(overridden.value.next)?.decided?.override).toBe("Owner agreed");
    expect(overridden.ok && overridden.value.event.body).toMatchObject({ override: "Owner agreed" });
    // A reason without an exceeded limit is not an override.
    const within = doing(estimated(), { ...approve, override: "just so" }, { budgets: [budget(1_000_00)] });
    expect(within.ok && approvedEstimate(within.value.next)?.decided?.override).toBe("");
    expect(refusal(invoiced(), settle(), { budgets: [budget(999_99)] })).toMatchObject({ kind: "over-budget" });
  });

  test("remaining and used amounts add up", () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(cents, cents, cents, cents, (limit, committed, actual, more) => {
        const [it] = budgetImpact([budget(limit, committed, actual)], toCents(more));
        expect(it?.after).toBe(committed + actual + more);
        expect(it?.level === "over").toBe(committed + actual + more > limit);
      }),
      { numRuns: 200 },
    );
  });
});

const anyCharges = fc
  .tuple(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 9_000 }))
  .map(([cents, tax]) => ({ ...charges(cents), tax: toCents(tax) }));
const commands = fc.oneof(
  fc.constantFrom<VendorJobCommand>(
    { intent: "accept" },
    { intent: "withdraw" },
    { intent: "withdraw-invoice" },
    { intent: "complete", note: "" },
    { intent: "reassign", to: "vj_2" as Id<"vendorJob"> },
    { intent: "decline", reason: "Full" },
    { intent: "recall", reason: "" },
  ),
  fc.record({ intent: fc.constant("submit-estimate" as const), charges: anyCharges }),
  fc.record({ intent: fc.constant("approve-estimate" as const), revision: fc.integer({ min: 1, max: 3 }), override: fc.constantFrom("", "Yes") }),
  fc.record({ intent: fc.constant("decline-estimate" as const), revision: fc.integer({ min: 1, max: 3 }), feedback: fc.constantFrom("", "Less") }),
  fc.record({ intent: fc.constant("submit-invoice" as const), reference: fc.constantFrom("", "GW-1"), charges: anyCharges }),
  fc.record({
    intent: fc.constant("approve-invoice" as const),
    submission: fc.integer({ min: 1, max: 3 }),
    varianceReason: fc.constantFrom("", "More work"),
    override: fc.constantFrom("", "Yes"),
    markup: fc.option(fc.integer({ min: 0, max: 5_000 }).map(toBasisPoints)),
    entryId: fc.integer({ min: 1, max: 1_000_000 }).map(entry),
  }),
  // A `seen` of 1 is replaced by the job's version.
  fc.record({
    intent: fc.constant("call-off" as const),
    seen: fc.integer({ min: 0, max: 1 }),
    reason: fc.constantFrom("", "Sold"),
    pays: fc.boolean(),
    goesOn: fc.constant(null),
  }),
  fc.record({ intent: fc.constant("dispute" as const), submission: fc.integer({ min: 1, max: 3 }), reason: fc.constantFrom("", "Hours") }),
  fc.record({ intent: fc.constant("reverse" as const), reason: fc.constantFrom("", "Twice"), entryId: fc.integer({ min: 1, max: 1_000_000 }).map(entry) }),
);

/** Runs of mostly possible commands, so that they get far, with an impossible one now and then. */
const runs = fc.array(fc.tuple(commands, fc.constantFrom<Who>("staff", "vendor"), fc.boolean(), fc.boolean()), { minLength: 30, maxLength: 120 });

test("no sequence of commands reaches an illegal state, and costs equal the approved invoices", () => {
  const seen = new Set<string>();
  const budgets: Budget[] = [{ of: "assignment", limit: toCents(120_000), committed: toCents(0), actual: toCents(0) }];
  fc.assert(
    fc.property(runs, fc.boolean(), (run, needsEstimate) => {
      let job = fresh({ needsEstimate });
      let calledOff = false;
      for (const [attempted, somebody, isWrongSide, isFixed] of run) {
        const command = attempted.intent === "call-off" ? { ...attempted, seen: attempted.seen * job.version } : attempted;
        const { who: whose, from } = lifeCycle[command.intent];
        const who = isWrongSide ? somebody : whose;
        const decided = doing(job, command, { who, budgets, priceFixed: isFixed ? "It is invoiced." : null });
        if (!decided.ok) continue;
        // Only what the table allows, by the side it allows.
        expect([from[job.state], who]).toEqual([true, whose]);
        const { next } = decided.value;
        expect(next.version).toBe(job.version + 1);
        // Sent charges never change, and the ledger only grows.
        for (const [at, old] of job.estimates.entries()) expect(next.estimates[at]?.charges).toBe(old.charges);
        for (const [at, old] of job.invoices.entries()) expect(next.invoices[at]?.charges).toBe(old.charges);
        expect(next.costs.slice(0, job.costs.length)).toEqual(job.costs);
        job = next;
        seen.add(job.state);
        calledOff ||= command.intent === "call-off";
        expect(isCalledOff(job)).toBe(calledOff);
        if (calledOff) expect(["ending", "called-off", "invoiced", "disputed", "settled"]).toContain(job.state);
        expect(job.invoices.filter(({ state }) => state === "submitted").length).toBe(job.state === "invoiced" ? 1 : 0);
        if (committedOf(job) > 0) expect(["declined", "recalled", "called-off", "settled"]).not.toContain(job.state);
        const approved = job.invoices.filter(({ state }) => state === "approved");
        expect(actualOf(job)).toBe(
          approved.reduce(
            (
              sum,
              {
                charges: {
                  lines: [line],
                  tax = 0,
                },
              },
            ) => sum + (line?.each ?? 0) + tax,
            0,
          ),
        );
        expect(approved.length).toBe(job.state === "settled" ? 1 : 0);
        expect(job.estimates.filter(({ state }) => state === "submitted").length).toBe(waitingEstimate(job) ? 1 : 0);
        if (job.needsEstimate && !calledOff && ["completed", "invoiced", "disputed", "settled"].includes(job.state))
          expect(approvedEstimate(job)).not.toBeNull();
        // Nothing went over a limit or above the estimate without a reason.
        const cost = currentCost(job);
        const last = newestInvoice(job)?.decided;
        if (cost && cost.amount > 120_000) expect(last?.override).not.toBe("");
        if (cost && (varianceOf(job) ?? 0) > 0) expect(last?.reason).not.toBe("");
        expect(sumCents(job.costs.map(({ price }) => price)) === 0 || cost !== null).toBe(true);
      }
    }),
    { numRuns: 400, seed: 7 },
  );
  expect([...seen].sort()).toEqual(jobStates.filter((state) => state !== "assigned").sort());
});

test("every state has a reason for every refused action, and is in one tab at most", () => {
  for (const action of Object.keys(lifeCycle) as (keyof typeof lifeCycle)[])
    for (const state of jobStates) {
      const allowed = can(action, state);
      expect(allowed === true || allowed.endsWith(".")).toBe(true);
    }
  expect(tabs.active).toContain("ending");
  for (const state of jobStates) {
    const found = Object.values(tabs).filter((states) => (states as readonly string[]).includes(state));
    expect(found.length).toBe(isClosedTo(state) ? 0 : 1);
  }
  expect(priceWith(toCents(333_33), toBasisPoints(2_000))).toBe(400_00);
});
