import fc from "fast-check";
import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { bounceReasons, type Delivery, deliveryStates, describeDelivery, faultOf, further, healthField, isTrouble, rankOf } from "./delivery";

const report: fc.Arbitrary<Delivery> = fc.record({
  state: fc.constantFrom(...deliveryStates),
  reason: fc.constantFrom(null, ...bounceReasons),
  detail: fc.constant(null),
  at: fc.integer({ min: 1, max: 9 }).map(toUtcMs),
});
const outcome = (reports: readonly Delivery[]) => reports.reduce(further);

test("a mail's state only moves forward, and ends the same in whatever order and however often its reports come", () => {
  fc.assert(
    fc.property(fc.array(report, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (reports, again) => {
      let known = reports[0] as Delivery;
      for (const next of reports) {
        const after = further(known, next);
        expect(rankOf(after.state)).toBeGreaterThanOrEqual(rankOf(known.state));
        known = after;
      }
      const more = [...reports.toReversed(), ...again.map((n) => reports[n % reports.length] as Delivery)];
      const { state, at } = outcome(more);
      expect({ state, at }).toEqual({ state: known.state, at: known.at });
    }),
  );
});

test("what was delivered may still bounce or be marked as spam, but what bounced is never delivered", () => {
  const of = (state: Delivery["state"], at: number): Delivery => ({ state, reason: null, detail: null, at: toUtcMs(at) });
  expect(further(of("delivered", 2), of("sent", 3)).state).toBe("delivered");
  expect(further(of("delivered", 2), of("delayed", 3)).state).toBe("delivered");
  expect(further(of("delivered", 2), of("bounced", 3)).state).toBe("bounced");
  expect(further(of("bounced", 1), of("delivered", 3)).state).toBe("bounced");
  expect(further(of("bounced", 4), of("complained", 1)).state).toBe("complained");
  expect(further(of("bounced", 4), { ...of("bounced", 9), reason: "mailbox-full" }).reason).toBe("mailbox-full");
});

test.each([
  [{}, null],
  [{ bouncedAt: 5 }, "bounced"],
  [{ bouncedAt: 5, deliveredAt: 4 }, "bounced"],
  [{ bouncedAt: 5, deliveredAt: 6 }, null],
  [{ complainedAt: 5, deliveredAt: 9 }, "complained"],
] as const)("an address with %j is %s", (known, fault) => {
  const none = { bouncedAt: null, complainedAt: null, deliveredAt: null };
  expect(faultOf({ ...none, ...(known as object) })).toBe(fault);
});

test("only a refusal for good, a suppression or a complaint counts against an address", () => {
  expect(bounceReasons.filter((reason) => healthField({ state: "bounced", reason }) === "bouncedAt")).toEqual(["refused-for-good"]);
  expect(healthField({ state: "bounced", reason: null })).toBeNull();
  expect(healthField({ state: "suppressed", reason: null })).toBe("bouncedAt");
  expect(healthField({ state: "complained", reason: null })).toBe("complainedAt");
  expect(["sent", "delayed", "failed", "held"].map((state) => healthField({ state: state as Delivery["state"], reason: null }))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("each state has its own words, and a reason where there is one", () => {
  const labels = deliveryStates.map((state) => describeDelivery({ state, reason: null, detail: null }));
  expect(new Set(labels).size).toBe(deliveryStates.length);
  expect(describeDelivery({ state: "bounced", reason: "mailbox-full", detail: null })).toBe("Bounced: the mailbox is full");
  expect(describeDelivery({ state: "failed", reason: null, detail: "reached_daily_quota" })).toBe("Failed: reached_daily_quota");
  expect(deliveryStates.filter(isTrouble)).toEqual(["failed", "suppressed", "bounced", "complained", "held"]);
});
