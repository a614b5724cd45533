import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetJournal } from "../asset.journal";
import type { ReviewReason } from "./judge-reading";
import { isDistance } from "./meter";
import { freeAt, meterLog, type ReadingKey } from "./meter-log.store.server";
import { isSame, shownValue } from "./record-meter-reading.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Common = { kind: "not-found" } | { kind: "stale" };
export type CorrectionRefusal = Common | { kind: "does-not-fit"; reason: ReviewReason };

/** Accepts a reading as true although the judge doubted it, or dismisses one so that it counts for nothing. */
export async function decideReading(s: Needs, key: ReadingKey, decision: "accept" | "dismiss"): Promise<Result<null, Common>> {
  const log = meterLog(s.db);
  const reading = await log.find(key);
  if (!reading) return err({ kind: "not-found" });
  const status = decision === "accept" ? "counted" : "dismissed";
  if (reading.status === status) return ok(null);
  const code = decision === "accept" ? "meter.reading-accepted" : "meter.reading-dismissed";
  return log.decide(key, status, assetJournal.of(code, described(reading)), s.clock.now(), null);
}

/**
 * Corrects a reading that was mistyped: the wrong one is dismissed and the right one, of the same time, takes its place.
 * Both stay in the log.
 */
export async function correctReading(s: Needs, key: ReadingKey, displayValue: number): Promise<Result<null, CorrectionRefusal>> {
  const log = meterLog(s.db);
  const reading = await log.find(key);
  if (!reading) return err({ kind: "not-found" });
  const unit = s.db.scope.organization.distanceUnit;
  const source = `corrected by ${s.db.scope.actor.name}`;
  const sent = { receivedValue: displayValue, receivedUnit: isDistance(key.meter) ? unit : "h" };
  const mine = await log.minuteOf({ ...key, source });
  // Sent twice it is one correction; what somebody else dismissed meanwhile is for them to look at again.
  if (reading.status === "dismissed") return mine.some((one) => isSame(one, sent)) ? ok(null) : err({ kind: "stale" });
  const taken = { ...key, ...sent, at: freeAt(mine, key.at), source, shown: shownValue(key.meter, displayValue, unit) };
  const [right] = await log.judge([taken], key);
  if (!right) return err({ kind: "not-found" });
  if (right.status === "review") return err({ kind: "does-not-fit", reason: right.reason });
  const event = assetJournal.of("meter.reading-corrected", { ...described(reading), to: `${right.receivedValue} ${right.receivedUnit}` });
  return log.decide(key, "dismissed", event, s.clock.now(), right);
}

type Found = NonNullable<Awaited<ReturnType<ReturnType<typeof meterLog>["find"]>>>;
const described = ({ meter, at, source, receivedValue, receivedUnit }: Found) => ({ meter, readAt: at, source, shown: `${receivedValue} ${receivedUnit}` });
