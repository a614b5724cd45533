import { DAY, MINUTE, SECOND } from "./time.ts";

/** From which attempt on sign-in makes people wait, and how long after each; the last wait repeats. */
export type ThrottlePolicy = { from: number; delays: readonly number[] };

const delays = [30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE];

/** One account from one place: a person mistypes a few times, a program does not stop. */
export const perLocationThrottle: ThrottlePolicy = { from: 5, delays };
/** One account from anywhere: slows a crowd of strangers, who share these waits. */
export const perAccountThrottle: ThrottlePolicy = { from: 50, delays };

/** After a day without a try the count begins anew. */
export const FORGET_AFTER = DAY;

export const delayAfter = ({ from, delays: all }: ThrottlePolicy, count: number): number =>
  count < from ? 0 : (all[Math.min(count - from, all.length - 1)] ?? 0);
