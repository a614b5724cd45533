import { err, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";

/** How often a record is decided on before the caller gets `stale`. */
const MAX_ATTEMPTS = 5;

type Steps<Found, Change, Saved, Refusal, NotSaved> = {
  clock: Clock;
  /** Null if there is no such record. */
  load(): Promise<Found | null>;
  /** A refusal is final, `stale` too: that is a conflict over what the user saw, which no retry mends. */
  decide(found: Found, now: UtcMs): Result<Change, Refusal> | Promise<Result<Change, Refusal>>;
  save(found: Found, change: Change, now: UtcMs): Promise<Result<Saved, NotSaved>>;
};

/**
 * Runs one command on a record: load, decide, save once. If someone else saved in between (`save` answers `stale`), it
 * decides again on their version, so of two commands at once each is decided on what the other left.
 */
export async function changeRecord<Found, Change, Saved, Refusal, NotSaved extends { kind: string }>(
  steps: Steps<Found, Change, Saved, Refusal, NotSaved>,
): Promise<Result<Saved, { kind: "not-found" } | Refusal | NotSaved>> {
  for (let attempt = 1; ; attempt++) {
    const found = await steps.load();
    if (found === null) return err({ kind: "not-found" });
    const now = steps.clock.now();
    const decided = await steps.decide(found, now);
    if (!decided.ok) return decided;
    const saved = await steps.save(found, decided.value, now);
    if (saved.ok || saved.error.kind !== "stale" || attempt === MAX_ATTEMPTS) return saved;
  }
}
