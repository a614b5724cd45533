import type { UtcMs } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";

/** At most `most` attempts in each window of that many milliseconds. */
export type AttemptLimit = { name: string; window: number; most: number };

/** The key under which attempts of one kind are counted for one address, account or place. */
export const limitKey = ({ name }: AttemptLimit, of: string): string => `${name} ${of}`;

/**
 * Counts an attempt and returns the first limit it exceeds, or null. The limits are asked in turn, so an attempt that
 * one of them refuses doesn't count against the next.
 */
export async function exceededLimit(directory: Directory, limits: readonly AttemptLimit[], of: string, now: UtcMs): Promise<AttemptLimit | null> {
  for (const limit of limits) if ((await directory.countAttempt([limitKey(limit, of)], limit.window, now)) > limit.most) return limit;
  return null;
}
