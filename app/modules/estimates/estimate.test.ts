import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, later, toUtcMs } from "~/kernel/time";
import { everything } from "~/modules/customers/contacts/contact-rights";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { applied as orderAfter } from "~/modules/work-orders/order";
import type { Answer, EstimateCommand } from "./command";
import { applied } from "./decide";
import { answerFields, readAnswer } from "./decisions/answer-form";
import { TOO_LOW } from "./decisions/answer-revision";
import { draftOf, latestSent, newest, reminderOf } from "./estimate";
import { linesIn } from "./estimate-snapshot";
import {
  answerCommand,
  asks,
  attempt,
  type Both,
  byLine,
  declines,
  done,
  drafted,
  edited,
  emptyDraft,
  fourLines,
  jobId,
  line,
  offerOf,
  orderWith,
  revise,
  START,
  send,
  sent,
  totalOf,
  withdraw,
  write,
  ZONE,
} from "./estimates.fixtures";
import { can, isAgreed, lifeCycle } from "./life-cycle";
import { revisionStates } from "./revision";

const latestOf = ({ estimate }: Both) => latestSent(estimate);
const statesOf = ({ estimate }: Both) => estimate.revisions.map(({ state }) => state);

describe("an answer", () => {
  test("by line approves some lines and declines the rest", () => {
    const answered = attempt(sent(), answerCommand(byLine([1], [2, 3, 4])));
    expect(answered).toMatchObject({ ok: true, value: { event: { code: "estimate.partly-approved" } } });
    const its = latestOf(done(sent(), answerCommand(byLine([1], [2, 3, 4]))));
    // 100.00 of labor, 8 % supplies on it, 7 % tax on the supplies.
    expect(its?.decision).toMatchObject({ outcome: "partially-approved", approvedTotal: 108_56, hash: its?.offer?.hash, who: "Renee" });
    expect(its?.decision).toMatchObject({ approved: ["lin_1"], declined: ["lin_2", "lin_3", "lin_4"] });
  });

  test.each([
    ["a line that is left open", byLine([1], [2, 3]), /Approve or decline "Line 4"/],
    ["a line that is answered both ways", byLine([1, 2], [2, 3, 4]), /Approve or decline "Line 2"/],
    ["half of what is all or nothing", byLine([1, 2, 3], [4]), /all or nothing/],
    ["asking for changes without saying which", { choice: { kind: "ask" } } as const, /what should change/],
  ])("is refused with %s", (_what, answer, expected) => {
    expect(attempt(sent(), answerCommand(answer))).toMatchObject({ ok: false, error: { kind: "incomplete", message: expect.stringMatching(expected) } });
  });

  describe("to half of what is all or nothing", () => {
    const half = byLine([1, 2, 3], [4]);
    const splitting = { ...half, choice: { ...half.choice, split: [jobId(2)] } } as Partial<Answer>;
    const byPhone = (answer: Partial<Answer>): EstimateCommand => {
      const command = answerCommand(answer);
      return { ...command, from: { ...command.from, how: "phone", recordedBy: "Joan", email: null } };
    };

    test("is refused from the customer, confirmed or not, and from staff who don't confirm it", () => {
      for (const command of [answerCommand(half), answerCommand(splitting), byPhone(half)])
        expect(attempt(sent(), command)).toMatchObject({ ok: false, error: { kind: "incomplete", message: expect.stringMatching(/all or nothing/) } });
    });

    test("is recorded by staff who confirm it, and the decisions show it", () => {
      const answered = done(sent(), byPhone(splitting));
      expect(latestOf(answered)?.decision).toMatchObject({ outcome: "partially-approved", split: ["lin_3", "lin_4"], declined: ["lin_4"] });
      expect(answered.order.decisions.map(({ lineId: id, outcome, splits }) => [id, outcome, splits])).toEqual([
        ["lin_1", "approved", false],
        ["lin_2", "approved", false],
        ["lin_3", "approved", true],
        ["lin_4", "declined", true],
      ]);
    });

    test("isn't marked where the job is answered whole in spite of the confirmation", () => {
      const whole = { choice: { ...byLine([1, 3, 4], [2]).choice, split: [jobId(2)] } } as Partial<Answer>;
      expect(latestOf(done(sent(), byPhone(whole)))?.decision?.split).toBeUndefined();
    });

    test("is read from a form that confirms it, and refused from one that answers a line without", () => {
      const { snapshot } = offerOf(sent());
      const typed = { choice: "lines", note: "", purchaseOrder: "", notToExceed: "", drawn: "", "answer-lin_1": "approve", "answer-lin_2": "approve" } as const;
      const lines = { ...typed, "answer-lin_3": "approve", "answer-lin_4": "decline" };
      expect(readAnswer({ ...lines, "split-job_2": "on" }, snapshot)).toMatchObject({ value: { choice: { ...half.choice, split: ["job_2"] } } });
      expect(readAnswer(lines, snapshot)).toMatchObject({ ok: false, error: expect.stringMatching(/splits this job/) });
    });
  });

  test("is refused if the approved amount is above the person's limit: a part below it passes, and so does declining", () => {
    const limited = (command: EstimateCommand) => attempt(sent(), command, START, { ...everything, decideLimit: toCents(150_00) });
    expect(limited(answerCommand())).toEqual({ ok: false, error: { kind: "right", refusal: { kind: "over-limit", limit: 150_00 } } });
    expect(limited(answerCommand(byLine([1], [2, 3, 4]))).ok).toBe(true);
    expect(limited(answerCommand(declines)).ok).toBe(true);
    expect(attempt(sent(), answerCommand(declines), START, { ...everything, decide: false })).toMatchObject({ ok: false, error: { kind: "right" } });
  });

  test("approves until midnight of the last day in the shop's time zone, and not a moment later", () => {
    const midnight = toUtcMs(Date.parse("2026-12-23T06:00:00Z"));
    expect(attempt(sent(), answerCommand(), later(midnight, -1)).ok).toBe(true);
    expect(attempt(sent(), answerCommand(), midnight)).toMatchObject({ ok: false, error: { kind: "expired" } });
    expect(attempt(sent(), answerCommand(declines), midnight).ok).toBe(true);
  });

  test("comes from the customer or is recorded by staff; only staff write and send, only customers view", () => {
    const as = (who: "staff" | "customer", both: Both, command: EstimateCommand) => attempt(both, command, START, everything, who);
    expect(as("staff", sent(), answerCommand()).ok).toBe(true);
    for (const command of [write(fourLines()), send, revise, withdraw])
      expect(as("customer", drafted(), command)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
    expect(as("staff", sent(), { intent: "view", revision: 1, by: "Joan" })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});

describe("a revision", () => {
  const revised = () => done(sent(), revise);

  test("replaces the previous one only once it is sent", () => {
    expect(latestOf(revised())).toMatchObject({ revision: 1, state: "sent" });
    expect(attempt(revised(), answerCommand()).ok).toBe(true);
    const again = done(revised(), send);
    expect(statesOf(again)).toEqual(["superseded", "sent"]);
    expect(attempt(again, answerCommand())).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/newer/) } });
  });

  test.each([
    ["approves", answerCommand(), "approved"],
    ["declines", answerCommand(declines), "declined"],
    ["wants changes", answerCommand(asks), "changes-requested"],
  ])("is discarded if the customer %s the previous one meanwhile", (_what, command, outcome) => {
    const answered = done(revised(), command);
    expect(statesOf(answered)).toEqual([outcome, "superseded"]);
    expect([draftOf(answered.estimate), newest(answered.estimate).revision]).toEqual([null, 1]);
    expect(attempt(answered, send)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });

  test("that was discarded is not read again: the next one begins with what the customer saw", () => {
    const written = done(revised(), write(fourLines(), [1], { title: "Half of it" }));
    const again = done(done(written, answerCommand(asks)), revise);
    expect(newest(again.estimate)).toMatchObject({ revision: 3, state: "draft", content: { title: "Brakes", validThrough: "2027-01-22" } });
    expect(newest(again.estimate).content.jobs.flatMap(({ lineIds }) => lineIds)).toHaveLength(4);
  });

  test("is sent only with lines, and only before it expires", () => {
    expect(attempt(emptyDraft(fourLines()), send)).toMatchObject({
      ok: false,
      error: { kind: "incomplete", message: expect.stringMatching(/at least one line/) },
    });
    expect(attempt(drafted(), send, later(START, 40 * DAY))).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/Valid until date has passed/) },
    });
  });

  test("refuses a deposit above the total", () => {
    const total = totalOf(sent());
    const asking = (deposit: number) => done(drafted(), write(fourLines(), undefined, { deposit: toCents(deposit) }));
    expect(attempt(asking(total), send).ok).toBe(true);
    expect(attempt(asking(total + 1), send)).toMatchObject({ ok: false, error: { kind: "incomplete", message: expect.stringMatching(/deposit is more/) } });
  });

  test("is refused where it would be too long for a row of the database", () => {
    const large = orderWith(Array.from({ length: 200 }, (_, at) => Array.from({ length: 40 }, (_one, n) => line(at * 40 + n, { text: "x".repeat(300) }))));
    const decided = attempt(drafted(large), send);
    expect(decided.ok ? JSON.stringify(decided.value.revisions).length : 0).toBeLessThan(2_000_000);
  });

  test("is stale for the second of two people who edit it", () => {
    const twice: EstimateCommand = { ...write(fourLines()), seen: 1 } as EstimateCommand;
    const first = done(emptyDraft(fourLines()), twice);
    expect(attempt(first, twice)).toEqual({ ok: false, error: { kind: "stale" } });
    expect(attempt(first, { ...send, seen: 1 } as EstimateCommand)).toEqual({ ok: false, error: { kind: "stale" } });
  });

  test("is refused with the new total if a line changed since the page showed the old one", () => {
    const shown: EstimateCommand = { ...send, total: totalOf(sent()) } as EstimateCommand;
    expect(attempt(drafted(), shown).ok).toBe(true);
    const dearer = edited(drafted(), 1, [line(1, { each: toCents(150_00) }), line(2)]);
    expect(attempt(dearer, shown)).toEqual({ ok: false, error: { kind: "other-total", total: totalOf(done(dearer, send)) } });
  });
});

describe("a withdrawal", () => {
  test("needs a reason, and ends a sent estimate, its draft, and one that the customer wants changed", () => {
    expect(attempt(sent(), { ...withdraw, why: "" } as EstimateCommand)).toEqual({ ok: false, error: { kind: "no-reason" } });
    expect(statesOf(done(sent(), withdraw))).toEqual(["withdrawn"]);
    expect(statesOf(done(drafted(), withdraw))).toEqual(["withdrawn"]);
    expect(statesOf(done(done(sent(), revise), withdraw))).toEqual(["withdrawn", "withdrawn"]);
    expect(statesOf(done(done(sent(), answerCommand(asks)), withdraw))).toEqual(["withdrawn"]);
    expect(latestOf(done(sent(), withdraw))?.withdrawn).toEqual({ at: START, by: "Joan", why: "The part was recalled" });
  });

  test("is refused once the customer approved or declined, and nothing can be done with a withdrawn estimate", () => {
    for (const answer of [{}, declines, byLine([1, 2], [3, 4])])
      expect(attempt(done(sent(), answerCommand(answer)), withdraw)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
    const gone = done(sent(), withdraw);
    for (const command of [send, revise, withdraw, answerCommand(), write(fourLines())])
      expect(attempt(gone, command)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: "The shop withdrew this estimate." } });
  });
});

describe("a limit that the customer sets", () => {
  const limited = (notToExceed: number, more: Partial<Answer> = {}, rights = everything) =>
    attempt(sent(), answerCommand({ notToExceed: toCents(notToExceed), ...more }), START, rights);
  const total = totalOf(sent());

  test("is refused below the approved amount, and is part of the evidence", () => {
    expect(limited(total - 1)).toMatchObject({ ok: false, error: { kind: "incomplete", message: TOO_LOW } });
    const taken = limited(total);
    expect(taken.ok && taken.value.revisions[0]?.decision).toMatchObject({ notToExceed: total, approvedTotal: total });
  });

  test("counts against the approval limit", () => {
    const upTo = { ...everything, decideLimit: toCents(total + 100) };
    expect(limited(total + 100, {}, upTo).ok).toBe(true);
    expect(limited(total + 101, {}, upTo)).toMatchObject({ ok: false, error: { kind: "right", refusal: { kind: "over-limit" } } });
  });

  test("is ignored if nothing is approved", () => {
    const declined = limited(1, declines);
    expect(declined.ok && declined.value.revisions[0]?.decision?.notToExceed).toBeNull();
    expect(declined.ok && declined.value.order?.order?.most?.named).toBeNull();
  });
});

describe("asking a colleague", () => {
  const small = { ...everything, decideLimit: toCents(1) };
  const ask: EstimateCommand = { intent: "ask-colleague", revision: 1, by: "Renee" };

  it("is done once, and only while an answer is possible", () => {
    const asked = done(sent(), ask, START, small);
    expect(latestOf(asked)?.asked).toEqual({ at: START, by: "Renee" });
    expect(attempt(asked, ask, START, small)).toMatchObject({
      ok: false,
      error: { kind: "not-allowed", message: expect.stringContaining("Renee already asked a colleague") },
    });
    expect(attempt(sent(), ask)).toMatchObject({ ok: false, error: { message: "You can approve this yourself." } });
    expect(attempt(sent(), ask, START, { ...small, decide: false })).toMatchObject({ ok: false, error: { kind: "right" } });
    expect(attempt(sent(), ask, later(START, 40 * DAY), small)).toMatchObject({ ok: false, error: { kind: "expired" } });
    expect(attempt(done(asked, answerCommand()), ask)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
    expect(attempt(sent(), ask, START, small, "staff")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});

test("the photos of a line are part of the answered snapshot", () => {
  const photo = { id: "att_1" as Id<"attachment">, name: "drum.jpg", sha256: "ab" };
  const withPhoto = done(drafted(), { ...send, photos: { lin_1: [photo] } } as EstimateCommand);
  expect(linesIn(offerOf(withPhoto).snapshot)[0]?.photos).toEqual([photo]);
  expect(offerOf(withPhoto).hash).not.toBe(offerOf(sent()).hash);
});

test("the customer is reminded two days before the last day, unless that is less than a day away", () => {
  const nine = toUtcMs(Date.parse("2026-12-20T15:00:00Z"));
  expect(reminderOf("2026-12-22", START, ZONE)).toBe(nine);
  expect(reminderOf("2026-12-22", later(nine, -DAY), ZONE)).toBeNull();
  expect(reminderOf("2026-11-23", START, ZONE)).toBeNull();
});

describe("an answer's form", () => {
  const fields = z.object(answerFields);
  const typed = { choice: "approve", signed: "Renee", purchaseOrder: "", note: "" };
  const wrong = (more: Record<string, string>) => fields.safeParse({ ...typed, ...more }).error?.issues.map(({ path }) => path[0]);

  test("accepts a limit as typed money, and a drawing made of lines only", () => {
    const read = fields.parse({ ...typed, notToExceed: "$1,200.50", drawn: "M10 20L30 40M5 5L600 150" });
    expect(readAnswer(read, { groups: [] })).toMatchObject({ ok: true, value: { notToExceed: 1_200_50, drawn: "M10 20L30 40M5 5L600 150" } });
    expect(readAnswer(fields.parse(typed), { groups: [] })).toMatchObject({ ok: true, value: { notToExceed: null, drawn: null } });
    for (const bad of ["much", "-5", "0"]) expect(wrong({ notToExceed: bad })).toEqual(["notToExceed"]);
  });

  test("refuses an answer for the whole that contradicts the choice for a line", () => {
    const readTyped = (choice: string, line: string) => readAnswer({ ...fields.parse({ ...typed, choice }), "answer-lin_1": line }, { groups: [] }).ok;
    expect([readTyped("approve", "decline"), readTyped("decline", "approve")]).toEqual([false, false]);
    expect([readTyped("approve", "approve"), readTyped("decline", "decline"), readTyped("ask", "decline"), readTyped("lines", "decline")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("refuses any other drawing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("M1 1<script>", "M1 1L2", "L1 1", "M1 1 url(#x)", 'M1 1"/>')), (text) => {
        fc.pre(text !== "");
        expect(wrong({ drawn: text })).toEqual(["drawn"]);
      }),
    );
  });
});

const commands = fc.oneof(
  fc.constantFrom(send, revise, withdraw),
  fc.record({ intent: fc.constant("view" as const), revision: fc.integer({ min: 1, max: 4 }), by: fc.constant("Renee") }),
  fc.subarray([1, 2, 3, 4]).map((only) => write(fourLines(), only, { validThrough: "2027-06-30" })),
  fc
    .tuple(fc.constantFrom<Answer["choice"]>({ kind: "approve" }, { kind: "decline" }, { kind: "ask" }), fc.integer({ min: 1, max: 4 }))
    .map(([choice, revision]) => answerCommand({ choice, note: "why" }, revision)),
);
const prices = fc.integer({ min: 0, max: 300_00 }).map((each) => [line(1, { each: toCents(each) }), line(2)]);
const steps = fc.array(fc.tuple(fc.oneof(commands, prices), fc.integer({ min: 0, max: 20 * DAY })), { maxLength: 40 });

test("no sequence of commands and edits reaches an impossible state, and no answer is stored on a replaced revision", () => {
  fc.assert(
    fc.property(steps, (all) => {
      let [both, now] = [drafted(), START];
      for (const [step, elapsed] of all) {
        now = later(now, elapsed);
        if (Array.isArray(step)) {
          both = edited(both, 1, step);
          continue;
        }
        const before = both;
        const decided = attempt(before, step, now);
        if (!decided.ok) continue;
        const { value } = decided;
        both = { estimate: applied(before.estimate, value), order: value.order ? orderAfter(before.order, value.order) : before.order };
        expect(both.estimate.version).toBe(before.estimate.version + 1);
        if (step.intent === "answer") {
          expect(before.estimate.revisions.find(({ revision }) => revision === step.revision)?.state).toBe("sent");
          expect(latestOf(before)?.revision).toBe(step.revision);
        }
        expectPossible(before, both);
      }
    }),
    { numRuns: 400 },
  );
});

function expectPossible(before: Both, { estimate, order }: Both) {
  const its = estimate.revisions;
  expect(its.map(({ revision }) => revision)).toEqual(its.map((_, at) => at + 1));
  expect(its.slice(0, -1).filter(({ state }) => state === "draft")).toEqual([]);
  // At most one revision is with the customer, and every other one that was sent is replaced.
  const current = latestSent(estimate);
  for (const one of its) {
    if (one.state === "draft") expect(one.offer).toBeNull();
    if (one.offer && one !== current) expect(one.state).toBe("superseded");
    if (one === current) expect(one.state).not.toBe("superseded");
    if (one.decision) expect(one.decision.hash).toBe(one.offer?.hash);
    // A sent snapshot never changes.
    const old = before.estimate.revisions.find(({ revision }) => revision === one.revision);
    if (old?.offer) expect([one.offer, one.content]).toEqual([old.offer, old.content]);
    if (old?.decision) expect(one.decision).toEqual(old.decision);
    if (old && isAgreed(old.state)) expect(one.state).toBe(old.state);
  }
  expect(draftOf(estimate) === null || newest(estimate).state === "draft").toBe(true);
  // Lines wait for an answer exactly while the estimate does.
  const waiting = linesOf(order).filter(({ offer }) => offer?.isOpen);
  expect(waiting.map(({ id }) => id)).toEqual(current?.state === "sent" && current.offer ? linesIn(current.offer.snapshot).map(({ id }) => id) : []);
  // What was decided before stays as it was.
  expect(order.decisions.slice(0, before.order.decisions.length)).toEqual(before.order.decisions);
}

test("the table has a reason for every refusing state, and only a sent revision can be answered", () => {
  for (const action of Object.keys(lifeCycle) as (keyof typeof lifeCycle)[])
    for (const state of revisionStates) expect(can(action, state) === true || String(can(action, state)).length > 10).toBe(true);
  expect(revisionStates.filter((state) => can("answer", state) === true)).toEqual(["sent"]);
});
