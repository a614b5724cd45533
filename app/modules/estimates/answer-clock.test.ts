import fc from "fast-check";
import { expect, test } from "vitest";
import { localText, toUtcMs } from "~/kernel/time";
import { usualHours } from "~/modules/organizations/shop-rules/opening-hours";
import { answerClock, answerHours } from "./answer-clock";

const shop = { opening: usualHours, zone: "America/Chicago" };

test("sent on Friday at three: reminded at four, the backup at five, a call on Monday at nine", () => {
  const clock = answerClock({ hours: 2, hasBackup: true, sentAt: toUtcMs(Date.parse("2026-12-04T21:00:00Z")) }, shop);
  expect(Object.values(clock).map((at) => localText(at, shop.zone))).toEqual(["2026-12-04T16:00", "2026-12-04T17:00", "2026-12-07T09:00"]);
});

test("without a backup the shop calls when the time is over", () => {
  const clock = answerClock({ hours: 4, hasBackup: false, sentAt: toUtcMs(Date.parse("2026-12-02T15:00:00Z")) }, shop);
  expect(clock.callAt).toBe(clock.answerBy);
});

test("the steps come in order, and none before it is sent", () => {
  const sent = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-12-31T00:00:00Z") }).map(toUtcMs);
  fc.assert(
    fc.property(sent, fc.constantFrom(...answerHours), fc.boolean(), (sentAt, hours, hasBackup) => {
      const { remindAt, answerBy, callAt } = answerClock({ hours, hasBackup, sentAt }, shop);
      expect(remindAt).toBeGreaterThan(sentAt);
      expect(answerBy).toBeGreaterThan(remindAt);
      expect(callAt).toBeGreaterThanOrEqual(answerBy);
    }),
  );
});
