import { expect, test } from "vitest";
import { HOUR, MINUTE, toUtcMs } from "~/kernel/time";
import { signingTime } from "./signing-time";

const received = toUtcMs(Date.parse("2030-03-01T12:00:00Z"));

test.each([
  { what: "a clock three hours slow", sentAt: received - 3 * HOUR, signed: received - 4 * HOUR, at: received - HOUR, offset: 3 * HOUR },
  { what: "a clock an hour fast", sentAt: received + HOUR, signed: received + 30 * MINUTE, at: received - 30 * MINUTE, offset: -HOUR },
  { what: "the time on the way", sentAt: received - 59_000, signed: received - 2 * MINUTE, at: received - 2 * MINUTE, offset: 0 },
  { what: "no time of sending", sentAt: null, signed: received - 5, at: received - 5, offset: 0 },
  { what: "a signature in the future", sentAt: null, signed: received + HOUR, at: received, offset: 0 },
])("corrects $what", ({ sentAt, signed, at, offset }) => {
  expect(signingTime({ signedAt: signed, startedAt: signed - MINUTE }, sentAt, received)).toMatchObject({ signedAt: at, clockOffset: offset });
});
