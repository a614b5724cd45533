import { DAY, MINUTE, SECOND } from "./time.ts";

/** From which try on a door makes people wait, and how long after each; the last wait repeats. */
export type Patience = { from: number; waits: readonly number[] };

const waits = [30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE];

/** One account from one place: a person mistypes a few times, a program does not stop. */
export const placePatience: Patience = { from: 5, waits };
/** One account from anywhere: slows a crowd of strangers, who share these waits. */
export const crowdPatience: Patience = { from: 50, waits };

/** After a day without a try the count begins anew. */
export const FORGET_AFTER = DAY;

export const waitAfter = ({ from, waits: all }: Patience, count: number): number => (count < from ? 0 : (all[Math.min(count - from, all.length - 1)] ?? 0));
