import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toQuantity } from "~/kernel/money";
import {
  changeOf,
  decisionOn,
  estimateId,
  jobId,
  jobOf,
  lineId,
  must,
  offeredLine,
  orderLine,
  orderOf,
  person,
  refusal,
  refusalOf,
  usd,
  writtenLine,
} from "../../../../tests/world/order-values";
import { linesOf } from "../lines/order-authorization";
import { MOST_JOBS, type Order, type WorkOrderCommand } from "../order";
import { removeJob, saveJob } from "./edit-job";
import type { Job, Line } from "./job";
import type { JobBase } from "./merge-job";

type Save = Extract<WorkOrderCommand, { intent: "save-job" }>;
const save = (job: Job<Line>, more: Partial<Save> = {}): Save => ({ intent: "save-job", seen: 1, job, ...more });
/** Saves what was written on a form that showed `base`. */
const from = (base: JobBase, job: Job<Line>, more: Partial<Save> = {}): Save => save(job, { base, ...more });
const remove = (n: number, seen = 1) => ({ intent: "remove-job", seen, jobId: jobId(n) }) as const;
const eventOf = (order: Order, command: Save) => changeOf(saveJob(order, command)).event.body;
const linesIn = (order: Order) => linesOf(order).map(({ text, each }) => [text, each / 100]);

const [hose, horn] = [orderLine(1, 40, { text: "Hose" }), orderLine(2, 60, { text: "Horn" })];
const order = orderOf({ state: "in-progress", version: 4, jobs: [jobOf(1, [hose, horn])] });
const [job = jobOf(1)] = order.jobs;
const approved = { ...order, decisions: [decisionOn(1, "approved", 40)] };

describe("saving a job", () => {
  it("adds a new one behind the others, at the order's next version", () => {
    const added = must(order, save(jobOf(5, [writtenLine(9, 10)])));
    expect(added.jobs).toMatchObject([
      { id: jobId(1), version: 1 },
      { id: jobId(5), position: 2, version: 5, lines: [{ id: lineId(9), version: 5, writtenIn: 5, offer: null, quoted: null, done: null }] },
    ]);
  });

  it("keeps a limit of jobs, and existing ones can still be changed", () => {
    const full = orderOf({ jobs: Array.from({ length: MOST_JOBS }, (_, at) => jobOf(at + 1)) });
    expect(refusal(full, save(jobOf(MOST_JOBS + 1), { seen: 9 }))).toMatchObject({ kind: "not-allowed", message: expect.stringMatching(/200 jobs/) });
    expect(refusal(full, save(jobOf(1), { seen: 9 }))).toBeNull();
  });

  it("gives only changed lines another version, and keeps what the order knows about them", () => {
    const kept = { ...hose, quoted: usd(40), revivedFrom: lineId(8), writtenIn: 2, version: 2 };
    const known = orderOf({ version: 4, jobs: [jobOf(1, [kept, horn])] });
    const saved = must(known, save(jobOf(1, [writtenLine(1, 45, { text: "Hose" }), writtenLine(2, 60, { text: "Horn" })])));
    expect(linesOf(saved)).toEqual([{ ...kept, each: usd(45), version: 5 }, horn]);
  });

  it("leaves the offer of a line that it changes, at the price that was sent", () => {
    const saved = must(orderOf({ jobs: [jobOf(1, [offeredLine(1, 40)])] }), save(jobOf(1, [writtenLine(1, 45)])));
    expect(linesOf(saved)).toMatchObject([{ each: usd(45), quoted: usd(40), offer: { price: usd(40), isOpen: true } }]);
  });

  it("names in the activity what was added, changed and removed", () => {
    const lines = [{ ...hose, each: usd(45) }, writtenLine(3, 5, { text: "Clamp" })];
    expect(eventOf(order, save({ ...job, cause: "Chafed", lines }))).toMatchObject({
      job: 1,
      cause: "Chafed",
      added: ["Clamp"],
      changed: ["Hose"],
      removed: ["Horn"],
    });
    expect(eventOf(order, save(job))).toMatchObject({ added: [], changed: [], removed: [] });
  });
});

describe("two people who save one job", () => {
  it("are both kept where they changed different things", () => {
    const first = must(order, from(job, { ...job, cause: "Chafed hose", lines: [{ ...hose, each: usd(45) }, horn] }));
    const second = must(first, from(job, { ...job, technician: person(2), lines: [hose, horn, writtenLine(3, 5, { text: "Clamp" })] }));
    expect(second.jobs).toMatchObject([{ cause: "Chafed hose", technician: person(2), version: 6 }]);
    expect(linesIn(second).sort()).toEqual([
      ["Clamp", 5],
      ["Horn", 60],
      ["Hose", 45],
    ]);
  });

  it("collide on the same thing, by field and line", () => {
    const first = must(order, from(job, { ...job, cause: "Chafed hose", lines: [{ ...hose, each: usd(45) }, horn] }));
    const second = { ...job, cause: "Loose fitting", lines: [{ ...hose, each: usd(50) }, horn] };
    expect(refusal(first, from(job, second))).toEqual({ kind: "collides", fields: ["cause"], lines: [lineId(1)] });
    // Compared with the first one's job, it replaces that on purpose.
    expect(linesIn(must(first, from(first.jobs[0] ?? job, second)))).toContainEqual(["Hose", 50]);
  });

  it("never lose the other's lines to a form that did not show them", () => {
    const empty = orderOf({ jobs: [jobOf(1)] });
    const first = must(empty, from(jobOf(1), jobOf(1, [hose, horn])));
    const second = must(first, from(jobOf(1), jobOf(1, [], { cause: "Chafed hose" })));
    expect(linesIn(second)).toHaveLength(2);
  });

  it("get stale instead of a merge where it is not known what the form showed", () => {
    const first = must(order, save({ ...job, cause: "Chafed hose" }));
    expect(refusal(first, save({ ...job, lines: [] }))).toEqual({ kind: "stale" });
    expect(refusal(first, save({ ...jobOf(2), cause: "Worn" }))).toBeNull();
    expect(refusal(first, save({ ...job, cause: "Loose fitting" }, { seen: 5 }))).toBeNull();
  });
});

describe("removing lines", () => {
  const without = (n: number, more: Partial<Save> = {}) => save({ ...job, lines: job.lines.filter(({ id }) => id !== lineId(n)) }, more);

  it("asks for a reason where the customer approved one, and keeps it on record", () => {
    expect(refusal(approved, without(1))).toEqual({ kind: "line-authorized", message: expect.stringContaining('"Hose"') });
    expect(refusal(approved, without(2))).toBeNull();
    expect(linesIn(must(approved, without(1, { why: "Part is not made anymore" })))).toEqual([["Horn", 60]]);
    expect(eventOf(approved, without(1, { why: "Part is not made anymore" }))).toMatchObject({ removed: ["Hose"], why: "Part is not made anymore" });
  });

  it("records no reason where nothing was removed", () => {
    expect(eventOf(approved, save(job, { why: "Part is not made anymore" }))).not.toHaveProperty("why");
  });

  it("is refused for a line the customer declined, also after an approval", () => {
    const withdrawn = { ...approved, decisions: [...approved.decisions, decisionOn(1, "declined", 0, { sequence: 2 })] };
    for (const why of ["", "Not needed"])
      expect(refusal(withdrawn, without(1, { why }))).toEqual({ kind: "not-allowed", message: expect.stringContaining("deferred work") });
  });

  it("is refused for a line on an estimate that was sent, with or without a reason", () => {
    const offered = orderOf({ jobs: [jobOf(1, [offeredLine(1, 40), horn])] });
    for (const why of ["", "Not needed"])
      expect(refusal(offered, save(jobOf(1, [horn]), { why }))).toEqual({
        kind: "line-offered",
        message: expect.stringMatching(/"Line 1".*Revise or withdraw/),
      });
    // It stays bound while the customer wants changes.
    expect(refusal(orderOf({ jobs: [jobOf(1, [offeredLine(1, 40, { isOpen: false })])] }), save(jobOf(1)))).toMatchObject({ kind: "line-offered" });
  });

  it("is possible for a line that is only on a draft of an estimate", () => {
    const drafted = orderOf({ jobs: [jobOf(1, [offeredLine(1, 40, { price: null, validThrough: null, isOpen: false })])] });
    expect(linesIn(must(drafted, save(jobOf(1))))).toEqual([]);
  });

  it("lowers what was approved by an approved line that is removed, and keeps the limit of its answer while another line of it is approved", () => {
    const both = orderOf({
      jobs: [jobOf(1, [orderLine(1, 400), orderLine(2, 300)])],
      decisions: [decisionOn(1, "approved", 400, { estimateId: estimateId(1) }), decisionOn(2, "approved", 300, { estimateId: estimateId(1) })],
      most: { standing: null, named: usd(900), approved: usd(700) },
      mostNamedOn: estimateId(1),
    });
    const one = must(both, save(jobOf(1, [writtenLine(1, 400)]), { why: "Not needed" }));
    expect(one.most).toEqual({ standing: null, named: usd(900), approved: usd(400) });
    expect(must(one, save(jobOf(1, []), { seen: 2, why: "Not needed" })).most).toEqual({ standing: null, named: null, approved: null });
  });

  it("is not needed again where somebody else removed the line", () => {
    const removed = must(approved, without(1, { why: "Part is not made anymore" }));
    expect(linesIn(must(removed, from(job, { ...job, cause: "Chafed hose" })))).toEqual([["Horn", 60]]);
  });
});

describe("saving by someone who can't see costs", () => {
  const part = orderLine(1, 100, { kind: "part", cost: usd(60) });
  const known = orderOf({ jobs: [jobOf(1, [part])] });
  /** The job as that person's page shows it. */
  const shown = jobOf(1, [{ ...part, cost: null }]);

  it("keeps the costs of lines, and sets none for new ones", () => {
    const written = jobOf(1, [{ ...part, each: usd(120), cost: usd(1) }, writtenLine(2, 10, { cost: usd(1) })]);
    const saved = must(known, from(shown, written, { keepsCosts: true }));
    expect(linesOf(saved).map(({ each, cost }) => [each, cost])).toEqual([
      [usd(120), usd(60)],
      [usd(10), null],
    ]);
  });

  it("changes nothing where nothing was changed, and doesn't collide with another's cost", () => {
    expect(linesOf(must(known, from(shown, shown, { keepsCosts: true })))).toEqual([part]);
    const dearer = must(known, from(jobOf(1, [part]), jobOf(1, [{ ...part, cost: usd(70) }])));
    expect(linesOf(must(dearer, from(shown, jobOf(1, [{ ...part, cost: null, quantity: toQuantity(2_000) }]), { keepsCosts: true })))).toMatchObject([
      { cost: usd(70), quantity: 2_000 },
    ]);
  });
});

describe("removing a job", () => {
  it("removes it with its lines, unless someone changed it or clocked time on it", () => {
    expect(must(order, remove(1)).jobs).toEqual([]);
    expect(refusal(order, remove(7))).toEqual({ kind: "not-found" });
    expect(refusal(must(order, save({ ...job, cause: "Chafed" })), remove(1))).toEqual({ kind: "stale" });
    const clocked = must(order, { intent: "start-clock", entryId: "lab_1" as Id<"laborEntry">, jobId: jobId(1), technician: person(1) });
    expect(refusal(clocked, remove(1, 9))).toMatchObject({ kind: "job-in-use" });
  });

  it("is refused while the customer has a line of it on an estimate, or approved one", () => {
    expect(refusalOf(removeJob(orderOf({ jobs: [jobOf(1, [hose, offeredLine(2, 60)])] }), remove(1)))).toMatchObject({ kind: "line-offered" });
    expect(refusalOf(removeJob(approved, remove(1)))).toMatchObject({ kind: "line-authorized" });
  });
});
