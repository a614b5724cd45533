import type { OpenFault, Snapshot } from "~/modules/telematics/fleet-state";
import { liveUnitOf } from "~/modules/telematics/live-unit";
import { encodePositions, fitsRecord, isNearInTime, type Position } from "~/modules/telematics/position-frame";
import { faultKey } from "~/modules/telematics/readings/reading";
import type { AssetNumbers } from "./asset-numbers";
import type { FleetMessage } from "./protocol";

/** What an arrival batch did to an asset: its state before, if it had any, and after. */
export type Change = { before: Snapshot | null; after: Snapshot };
/** A batch's number, and that of the batch before it. */
export type Batch = { seq: number; before: number };

export const movedText = (seq: number, snapshots: readonly Snapshot[], numbers: AssetNumbers): string =>
  JSON.stringify({
    type: "moved",
    seq,
    units: snapshots.map(liveUnitOf),
    numbers: snapshots.map(({ assetId }) => numbers.of(assetId)),
  } satisfies FleetMessage);

/**
 * A batch for one scope's viewers who take bytes: a record for each unit that they know and of which only its position
 * is new, and before it a text for all others. The text then bears the number of the batch before, so that who got it
 * and not the records asks for them again.
 */
export function binaryFrames({ seq, before }: Batch, changes: readonly Change[], isKnown: (change: Change) => boolean, numbers: AssetNumbers) {
  const newest = changes.reduce((latest, { after }) => Math.max(latest, after.recordedAt), 0);
  const records: Position[] = [];
  const inFull: Snapshot[] = [];
  for (const change of changes) {
    const record = isKnown(change) ? recordOf(change, newest, numbers) : null;
    if (record) records.push(record);
    else inFull.push(change.after);
  }
  const frames: (string | ArrayBuffer)[] = [];
  if (inFull.length > 0) frames.push(movedText(records.length > 0 ? before : seq, inFull, numbers));
  if (records.length > 0) frames.push(encodePositions(seq, records));
  return frames;
}

/** Null for what a record cannot say. */
function recordOf({ before, after }: Change, newest: number, numbers: AssetNumbers): Position | null {
  const moved = after.lastMovedAt === after.recordedAt;
  if (before === null || !(moved || after.lastMovedAt === before.lastMovedAt)) return null;
  if (!isNearInTime(after.recordedAt, newest) || !sameFaults(before.faults, after.faults)) return null;
  const { recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds, ignition } = after;
  const number = numbers.of(after.assetId);
  const position = { number, recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds, ignition, moved };
  return fitsRecord(position) ? position : null;
}

function sameFaults(before: readonly OpenFault[], after: readonly OpenFault[]): boolean {
  return before === after || (before.length === after.length && before.every((fault, at) => sameFault(fault, after[at])));
}

function sameFault(one: OpenFault, other: OpenFault | undefined): boolean {
  return other !== undefined && one.since === other.since && faultKey(one.fault) === faultKey(other.fault) && countOf(one) === countOf(other);
}

const countOf = ({ fault }: OpenFault): number | null => ("spn" in fault ? fault.occurrenceCount : null);
