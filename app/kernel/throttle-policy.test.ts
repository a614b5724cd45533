import { expect, test } from "vitest";
import { delayAfter, perAccountThrottle, perLocationThrottle } from "./throttle-policy";
import { MINUTE, SECOND } from "./time";

test("four slips cost nothing; from the fifth on each waits twice as long, and never over a quarter of an hour", () => {
  const delays = [1, 4, 5, 6, 7, 8, 9, 10, 11, 500].map((count) => delayAfter(perLocationThrottle, count));
  expect(delays).toEqual([0, 0, 30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE, 15 * MINUTE, 15 * MINUTE]);
});

test("a crowd has fifty tries before it waits", () => {
  expect([49, 50, 56].map((count) => delayAfter(perAccountThrottle, count))).toEqual([0, 30 * SECOND, 15 * MINUTE]);
});
