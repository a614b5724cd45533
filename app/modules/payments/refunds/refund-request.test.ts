import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { refundableCredit } from "./refund-request";

test.each([
  ["nothing is on its way", 500, 120, 0, 120],
  ["a part of it is on its way", 400, 120, 100, 20],
  ["all of it is on its way", 380, 120, 120, 0],
  ["more than it is on its way", 200, 120, 300, 0],
  ["the payment is worth less", 50, 120, 0, 50],
])("of unapplied money, what can be refunded where %s", (_, most, free, reserved, expected) => {
  expect(refundableCredit({ most: toCents(most), free: toCents(free), reserved: toCents(reserved) })).toBe(expected);
});
