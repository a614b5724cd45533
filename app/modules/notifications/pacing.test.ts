import fc from "fast-check";
import { expect, test } from "vitest";
import { SECOND, type UtcMs } from "~/kernel/time";
import { mailRankOf, nextOf, nextTurnAt, type Pace, slowest, withAnswer, withTurn } from "./pacing";

const at = (ms: number) => ms as UtcMs;
const none = { limit: null, retryAfterMs: null };

/** Each sender takes its turn as soon as there is one; the provider counts its request some time before the answer. */
function arrivalsOf(limit: number, journeys: readonly { there: number; back: number }[], giveBack = (answeredAt: number) => answeredAt): number[] {
  let pace: Pace = withAnswer(slowest, "none", at(0), { limit, retryAfterMs: null });
  const answers: { id: string; at: number }[] = [];
  const arrivals: number[] = [];
  let now = 0;
  for (const [id, { there, back }] of journeys.entries()) {
    for (;;) {
      const due = answers.filter((one) => one.at <= now).sort((a, b) => a.at - b.at);
      for (const one of due) {
        pace = withAnswer(pace, one.id, at(giveBack(one.at)), none);
        answers.splice(answers.indexOf(one), 1);
      }
      if (nextTurnAt(pace, at(now)) <= now) break;
      // Time goes on to the next answer, or to the end of a turn.
      now = Math.min(nextTurnAt(pace, at(now)), ...answers.map((one) => one.at));
    }
    pace = withTurn(pace, String(id), at(now));
    arrivals.push(now + there);
    answers.push({ id: String(id), at: now + there + back });
  }
  return arrivals.sort((a, b) => a - b);
}

/** The most requests in any one second. */
const mostIn = (arrivals: readonly number[]): number =>
  Math.max(...arrivals.map((start) => arrivals.filter((one) => one >= start && one < start + SECOND).length));

const journey = fc.record({ there: fc.integer({ min: 0, max: 3_000 }), back: fc.integer({ min: 1, max: 3_000 }) });

test("no second of the provider's clock sees more requests than its limit, however long they and their answers travel", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.array(journey, { minLength: 1, maxLength: 60 }), (limit, journeys) => {
      expect(mostIn(arrivalsOf(limit, journeys))).toBeLessThanOrEqual(limit);
    }),
  );
});

test("a turn that counted from when it was taken would let too many through", () => {
  const slow = { there: 900, back: 1 };
  const quick = { there: 0, back: 1 };
  const early = (answeredAt: number) => answeredAt - 901;
  expect(mostIn(arrivalsOf(2, [slow, slow, quick, quick], early))).toBeGreaterThan(2);
  expect(mostIn(arrivalsOf(2, [slow, slow, quick, quick]))).toBe(2);
});

test("a pause that the provider asks for holds everybody, and its announced limit counts from then on", () => {
  const paused = withAnswer(slowest, "one", at(0), { limit: 5, retryAfterMs: 4_000 });
  expect(nextTurnAt(paused, at(100))).toBe(4_000);
  expect(paused.limit).toBe(5);
  expect(nextTurnAt(withAnswer(paused, "two", at(200), none), at(300))).toBe(4_000);
});

test("a turn of a sender that died counts no more after a while", () => {
  const held = withTurn(withTurn(slowest, "one", at(0)), "two", at(0));
  expect(nextTurnAt(held, at(1_000))).toBe(4 * SECOND);
  expect(nextTurnAt(held, at(4 * SECOND))).toBe(4 * SECOND);
  expect(Object.keys(withTurn(held, "three", at(4 * SECOND)).turns)).toEqual(["three"]);
});

test("a link to sign in goes before a decision, and that before the rest; organizations take turns", () => {
  const waiting = [
    ...Array.from({ length: 5 }, () => ({ organizationId: "large", rank: "rest" as const })),
    { organizationId: "small", rank: "rest" as const },
    { organizationId: "large", rank: "urgent" as const },
    { organizationId: "small", rank: "sign-in" as const },
  ];
  const servedAt = new Map<string, number>();
  const order: string[] = [];
  for (let turn = 0; waiting.length > 0; turn++) {
    const next = nextOf(waiting, servedAt);
    if (!next) throw new Error("somebody waits");
    waiting.splice(waiting.indexOf(next), 1);
    servedAt.set(next.organizationId, turn);
    order.push(`${next.organizationId} ${next.rank}`);
  }
  expect(order).toEqual(["small sign-in", "large urgent", "small rest", "large rest", "large rest", "large rest", "large rest", "large rest"]);
});

test("the rank of a mail comes from the table", () => {
  expect(["sign-in", "set-password", "estimate-ready", "critical-fault", "invoice-issued", "staff-digest"].map(mailRankOf)).toEqual([
    "sign-in",
    "sign-in",
    "urgent",
    "urgent",
    "rest",
    "rest",
  ]);
});
