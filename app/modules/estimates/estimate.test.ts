import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { DAY, later, toUtcMs } from "~/kernel/time";
import { everything } from "~/modules/customers/contacts/contact-rights";
import type { ChargeRules, Supplies } from "~/modules/organizations/shop-rules/charges";
import { type Line, lineKinds } from "~/modules/work-orders/jobs/job";
import type { Answer, AnswerAuthor, EstimateCommand } from "./command";
import { applied, decide } from "./decide";
import { answerFields, readAnswer } from "./decisions/answer-form";
import { TOO_LOW } from "./decisions/answer-revision";
import { draftOf, type Estimate, latestSent, newest, reminderOf } from "./estimate";
import { type Content, type Group, linesIn, splitOf, takeSnapshot } from "./estimate-snapshot";
import { can, isAgreed, lifeCycle, type Who } from "./life-cycle";
import { revisionStates } from "./revision";

const START = toUtcMs(Date.parse("2026-11-22T15:00:00Z"));
const ZONE = "America/Chicago";
const rules: ChargeRules = {
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(700), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "share", of: "labor", rate: toBasisPoints(800), most: toCents(60_00), taxed: true },
};
const facts = { unit: "2020 Freightliner Cascadia", unitNumber: "107", taxExempt: false };

const line = (n: number, change: Partial<Line> = {}): Line => ({
  id: `lin_${n}` as Id<"line">,
  kind: "labor",
  text: `Line ${n}`,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(100_00),
  cost: toCents(61_23),
  supplies: true,
  ...change,
});
const group = (n: number, lines: readonly Line[], together = false): Group => ({
  id: `job_${n}` as Id<"job">,
  complaint: `Complaint ${n}`,
  recommendation: "",
  together,
  lines,
});
const content = (groups: readonly Group[]): Content => ({
  title: "Brakes",
  note: "",
  insideNote: "Charge him double",
  validThrough: "2026-12-22",
  deposit: null,
  groups,
});
const fresh = (groups: readonly Group[] = [group(1, [line(1), line(2)]), group(2, [line(3), line(4)], true)]): Estimate => ({
  id: "est_1" as Id<"estimate">,
  number: 7,
  assetId: "ast_1" as Id<"asset">,
  customerId: "cus_1" as Id<"customer">,
  workOrderId: null,
  version: 1,
  revisions: [{ revision: 1, state: "draft", content: content(groups), version: 1, offer: null, viewed: null, asked: null, decision: null }],
});

const renee: AnswerAuthor = { who: "Renee", how: "portal", recordedBy: null, email: "r@n.test", ip: "192.0.2.1", userAgent: null };
const send: EstimateCommand = { intent: "send", seen: 99, by: "Joan", facts, photos: {}, rules: { version: 3, rules } };
const answerCommand = (answer: Partial<Answer>, revision = 1, from = renee): EstimateCommand => ({
  intent: "answer",
  revision,
  answer: { choice: { kind: "approve" }, note: "", purchaseOrder: "", notToExceed: null, drawn: null, ...answer },
  from,
});
const who = (command: EstimateCommand): Who =>
  command.intent === "answer" || command.intent === "view" || command.intent === "ask-colleague" ? "customer" : "staff";
const sha256 = (text: string) => `#${text.length}:${text.slice(0, 40)}`;
const context = { now: START, zone: ZONE, rights: everything, sha256 };
const attempt = (estimate: Estimate, command: EstimateCommand, now = START, rights = everything) =>
  decide(estimate, command, { ...context, now, who: who(command), rights });
function done(estimate: Estimate, command: EstimateCommand, now = START, rights = everything): Estimate {
  const decided = attempt(estimate, command, now, rights);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  return applied(estimate, decided.value);
}
const sent = () => done(fresh(), send);
const lines = (approved: readonly number[], declined: readonly number[]): Partial<Answer> => ({
  choice: { kind: "lines", approved: approved.map((n) => `lin_${n}`), declined: declined.map((n) => `lin_${n}`) },
});

describe("an answer", () => {
  test("by line approves some lines and defers the rest", () => {
    const answered = attempt(sent(), answerCommand(lines([1], [2, 3, 4])));
    expect(answered).toMatchObject({ ok: true, value: { event: { code: "estimate.partly-approved" }, declined: ["lin_2", "lin_3", "lin_4"] } });
    const it = latestSent(done(sent(), answerCommand(lines([1], [2, 3, 4]))));
    // 100.00 of labor, 8 % supplies on it, 7 % tax on the supplies.
    expect(it?.decision).toMatchObject({ outcome: "partially-approved", approvedTotal: 108_56, hash: it?.offer?.hash, who: "Renee" });
  });

  test.each([
    ["a line that is left open", lines([1], [2, 3]), /Approve or decline "Line 4"/],
    ["a line that is answered both ways", lines([1, 2], [2, 3, 4]), /Approve or decline "Line 2"/],
    ["half of what is all or nothing", lines([1, 2, 3], [4]), /all or nothing/],
    ["asking for changes without saying which", { choice: { kind: "ask" } } as const, /what should change/],
  ])("is refused with %s", (_what, answer, expected) => {
    expect(attempt(sent(), answerCommand(answer))).toMatchObject({ ok: false, error: { kind: "incomplete", message: expect.stringMatching(expected) } });
  });

  test("is refused if the approved amount is above the person's limit: a part below it passes, and so does declining", () => {
    const limited = (command: EstimateCommand) => attempt(sent(), command, START, { ...everything, decideLimit: toCents(150_00) });
    expect(limited(answerCommand({}))).toEqual({ ok: false, error: { kind: "right", refusal: { kind: "over-limit", limit: 150_00 } } });
    expect(limited(answerCommand(lines([1], [2, 3, 4]))).ok).toBe(true);
    expect(limited(answerCommand({ choice: { kind: "decline" } })).ok).toBe(true);
    expect(attempt(sent(), answerCommand({ choice: { kind: "decline" } }), START, { ...everything, decide: false })).toMatchObject({
      ok: false,
      error: { kind: "right" },
    });
  });

  test("approves until midnight of the last day in the shop's time zone, and not a moment later", () => {
    const midnight = toUtcMs(Date.parse("2026-12-23T06:00:00Z"));
    expect(attempt(sent(), answerCommand({}), later(midnight, -1)).ok).toBe(true);
    expect(attempt(sent(), answerCommand({}), midnight)).toMatchObject({ ok: false, error: { kind: "expired" } });
    expect(attempt(sent(), answerCommand({ choice: { kind: "decline" } }), midnight).ok).toBe(true);
  });

  test("comes from the customer or is recorded by staff; only staff write and send, only customers view", () => {
    expect(decide(sent(), answerCommand({}), { ...context, who: "staff" }).ok).toBe(true);
    expect(decide(fresh(), send, { ...context, who: "customer" })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
    const view: EstimateCommand = { intent: "view", revision: 1, by: "Joan" };
    expect(decide(sent(), view, { ...context, who: "staff" })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});

describe("a revision", () => {
  const revised = () => done(sent(), { intent: "revise", validThrough: "2027-01-22" });

  test("replaces the previous one only once it is sent", () => {
    expect(latestSent(revised())).toMatchObject({ revision: 1, state: "sent" });
    expect(attempt(revised(), answerCommand({}, 1)).ok).toBe(true);
    const again = done(revised(), send);
    expect(again.revisions.map(({ state }) => state)).toEqual(["superseded", "sent"]);
    expect(attempt(again, answerCommand({}, 1))).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/newer/) } });
  });

  test("is not sent if the customer just approved the previous one", () => {
    const approved = done(revised(), answerCommand({}, 1));
    expect(attempt(approved, send)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/approved revision 1/) } });
  });

  test("is sent only with lines, and only before it expires", () => {
    expect(attempt(fresh([]), send)).toMatchObject({ ok: false, error: { kind: "incomplete" } });
    expect(attempt(fresh([group(1, [line(1)]), group(2, [])]), send)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/Complaint 2/) } });
    expect(attempt(fresh(), send, later(START, 40 * DAY))).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/Valid until date has passed/) },
    });
  });

  test("refuses a deposit above the total", () => {
    const asking = (deposit: number): Estimate => {
      const draft = fresh();
      return { ...draft, revisions: draft.revisions.map((one) => ({ ...one, content: { ...one.content, deposit: toCents(deposit) } })) };
    };
    const total = latestSent(sent())?.offer?.snapshot.charges.total ?? 0;
    expect(attempt(asking(total), send).ok).toBe(true);
    expect(attempt(asking(total + 1), send)).toMatchObject({ ok: false, error: { kind: "incomplete", message: expect.stringMatching(/deposit is more/) } });
  });

  test("refuses content that is too long to store", () => {
    const long = Array.from({ length: 120 }, (_, at) => group(at + 1, [line(at + 1, { text: "x".repeat(3_400) })]));
    const more: EstimateCommand = { intent: "write-group", seen: 99, group: group(200, [line(200)]) };
    expect(attempt(fresh(long.slice(0, 100)), more).ok).toBe(true);
    expect(attempt(fresh(long), more)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/at its maximum length/) } });
    expect(attempt(fresh(long), { intent: "remove-group", seen: 99, groupId: long[0]?.id as Id<"job"> }).ok).toBe(true);
  });

  test("is stale for the second of two people who edit it", () => {
    const head = { title: "Other", note: "", insideNote: "", validThrough: "2026-12-24", deposit: null };
    const first = done(fresh(), { intent: "write-head", seen: 1, head });
    expect(attempt(first, { intent: "write-head", seen: 1, head })).toEqual({ ok: false, error: { kind: "stale" } });
  });
});

describe("a limit that the customer sets", () => {
  const limited = (notToExceed: number, more: Partial<Answer> = {}, rights = everything) =>
    attempt(sent(), answerCommand({ notToExceed: toCents(notToExceed), ...more }), START, rights);
  const total = latestSent(sent())?.offer?.snapshot.charges.total ?? 0;

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
    const declined = limited(1, { choice: { kind: "decline" } });
    expect(declined.ok && declined.value.revisions[0]?.decision?.notToExceed).toBeNull();
  });
});

test("a colleague is asked once, and only while an answer is possible", () => {
  const small = { ...everything, decideLimit: toCents(1) };
  const ask: EstimateCommand = { intent: "ask-colleague", revision: 1, by: "Renee" };
  const asked = done(sent(), ask, START, small);
  expect(latestSent(asked)?.asked).toEqual({ at: START, by: "Renee" });
  expect(attempt(asked, ask, START, small)).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringContaining("Renee already asked a colleague") },
  });
  expect(attempt(sent(), ask)).toMatchObject({ ok: false, error: { message: "You can approve this yourself." } });
  expect(attempt(sent(), ask, START, { ...small, decide: false })).toMatchObject({ ok: false, error: { kind: "right" } });
  expect(attempt(sent(), ask, later(START, 40 * DAY), small)).toMatchObject({ ok: false, error: { kind: "expired" } });
  expect(attempt(done(asked, answerCommand({})), ask)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(decide(sent(), ask, { ...context, who: "staff" })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("the photos of a line are part of the answered snapshot", () => {
  const photo = { id: "att_1" as Id<"attachment">, name: "drum.jpg", sha256: "ab" };
  const withPhoto = done(fresh(), { ...send, photos: { lin_1: [photo] } } as EstimateCommand);
  expect(linesIn(latestSent(withPhoto)?.offer?.snapshot ?? { groups: [] })[0]?.photos).toEqual([photo]);
  expect(latestSent(withPhoto)?.offer?.hash).not.toBe(latestSent(sent())?.offer?.hash);
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

test("the snapshot holds neither costs nor the internal note, and equal content has equal text", () => {
  const snapshot = latestSent(sent())?.offer?.snapshot;
  expect(canonical(snapshot)).not.toMatch(/cost|6123|insideNote|double/);
  const turned = Object.fromEntries(Object.entries(snapshot ?? {}).reverse());
  expect(canonical(turned)).toBe(canonical(snapshot));
  expect(canonical({ ...snapshot, note: "x" })).not.toBe(canonical(snapshot));
});

const commands = fc.oneof(
  fc.constant(send),
  fc.constant<EstimateCommand>({ intent: "revise", validThrough: "2027-06-30" }),
  fc.record({ intent: fc.constant("view" as const), revision: fc.integer({ min: 1, max: 4 }), by: fc.constant("Renee") }),
  fc.constant<EstimateCommand>({ intent: "write-head", seen: 99, head: { title: "T", note: "n", insideNote: "", validThrough: "2027-06-30", deposit: null } }),
  fc.integer({ min: 1, max: 5 }).map((n): EstimateCommand => ({ intent: "write-group", seen: 99, group: group(n, [line(n * 10)]) })),
  fc.integer({ min: 1, max: 5 }).map((n): EstimateCommand => ({ intent: "remove-group", seen: 99, groupId: `job_${n}` as Id<"job"> })),
  fc
    .tuple(fc.constantFrom<Answer["choice"]>({ kind: "approve" }, { kind: "decline" }, { kind: "ask" }), fc.integer({ min: 1, max: 4 }))
    .map(([choice, revision]) => answerCommand({ choice, note: "why" }, revision)),
);

test("no sequence of commands reaches an impossible state, and no answer is stored on a replaced revision", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(commands, fc.integer({ min: 0, max: 20 * DAY })), { maxLength: 40 }), (steps) => {
      let [estimate, now] = [fresh(), START];
      for (const [command, elapsed] of steps) {
        now = later(now, elapsed);
        const decided = attempt(estimate, command, now);
        if (!decided.ok) continue;
        const before = estimate;
        estimate = applied(estimate, decided.value);
        expect(estimate.version).toBe(before.version + 1);
        if (command.intent === "answer") {
          expect(before.revisions.find(({ revision }) => revision === command.revision)?.state).toBe("sent");
          expect(latestSent(before)?.revision).toBe(command.revision);
        }
        const its = estimate.revisions;
        expect(its.map(({ revision }) => revision)).toEqual(its.map((_, at) => at + 1));
        expect(its.slice(0, -1).filter(({ state }) => state === "draft")).toEqual([]);
        // At most one revision is with the customer, and everything before it is replaced.
        const current = latestSent(estimate);
        for (const it of its) {
          expect((it.offer === null) === (it.state === "draft")).toBe(true);
          if (it.offer && it !== current) expect(it.state).toBe("superseded");
          if (it === current) expect(it.state).not.toBe("superseded");
          if (["approved", "declined", "changes-requested", "partially-approved"].includes(it.state)) expect(it.decision?.hash).toBe(it.offer?.hash);
          // A sent snapshot never changes.
          const old = before.revisions.find(({ revision }) => revision === it.revision);
          if (old?.offer) expect([it.offer, it.content]).toEqual([old.offer, old.content]);
          if (old?.decision) expect(it.decision).toEqual(old.decision);
          if (old && isAgreed(old.state)) expect(it.state).toBe(old.state);
        }
        expect(draftOf(estimate) === null || newest(estimate).state === "draft").toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

const supplies = fc.oneof(
  fc.constant<Supplies>({ kind: "none" }),
  fc.record({ kind: fc.constant("flat" as const), amount: fc.integer({ min: 0, max: 90_00 }).map(toCents), taxed: fc.boolean() }),
  fc.record({
    kind: fc.constant("share" as const),
    of: fc.constantFrom("labor" as const, "parts" as const, "both" as const),
    rate: fc.integer({ min: 0, max: 2_000 }).map(toBasisPoints),
    most: fc.option(fc.integer({ min: 0, max: 80_00 }).map(toCents)),
    taxed: fc.boolean(),
  }),
);
const rate = fc.integer({ min: 0, max: 1_500 }).map(toBasisPoints);
const someLines = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...lineKinds),
      each: fc.integer({ min: 0, max: 900_000 }).map(toCents),
      quantity: fc.integer({ min: 1, max: 40_000 }).map(toQuantity),
      supplies: fc.boolean(),
      yes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map(({ yes, ...change }, n) => ({ line: line(n, change), yes })));

test("approved and declined totals add up to the whole, and neither is negative", () => {
  fc.assert(
    fc.property(someLines, supplies, rate, rate, fc.boolean(), (all, how, labor, parts, taxExempt) => {
      const charge: ChargeRules = { tax: { labor, parts, fees: parts, outside: labor }, supplies: how };
      const snapshot = takeSnapshot(
        content([
          group(
            1,
            all.map((one) => one.line),
          ),
        ]),
        { ...facts, taxExempt, number: 1, revision: 1, rules: charge, photos: {} },
      );
      const of = (ids: readonly string[]) => splitOf(snapshot, new Set(ids));
      const { approved, declined } = of(all.filter(({ yes }) => yes).map((one) => one.line.id));
      expect(approved + declined).toBe(snapshot.charges.total);
      expect(approved).toBeGreaterThanOrEqual(0);
      expect(declined).toBeGreaterThanOrEqual(0);
      expect(of([])).toEqual({ approved: 0, declined: snapshot.charges.total });
      expect(of(linesIn(snapshot).map(({ id }) => id))).toEqual({ approved: snapshot.charges.total, declined: 0 });
    }),
  );
});

test("the table has a reason for every refusing state, and only a sent revision can be answered", () => {
  for (const action of Object.keys(lifeCycle) as (keyof typeof lifeCycle)[])
    for (const state of revisionStates) expect(can(action, state) === true || String(can(action, state)).length > 10).toBe(true);
  expect(revisionStates.filter((state) => can("answer", state) === true)).toEqual(["sent"]);
});
