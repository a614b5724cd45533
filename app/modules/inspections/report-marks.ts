import { formatDuration, MINUTE } from "~/kernel/time";

/** A device's clock that was off by more than this is named on the report. */
const MOST_OFFSET = 2 * MINUTE;

type Marked = { isTooFast: boolean; afterSwitchOff: boolean; clockOffset: number; isPaper?: number; isCorrection?: number };

/** What the shop should know of how a report was filed. Nothing of it refuses a report. */
export function reportMarks({ isTooFast, afterSwitchOff, clockOffset, isPaper, isCorrection }: Marked): string[] {
  const off = Math.abs(clockOffset);
  return [
    ...(isPaper ? ["Entered from paper"] : []),
    ...(isCorrection ? ["Corrects an earlier report"] : []),
    ...(isTooFast ? ["Faster than a walk around the unit takes"] : []),
    ...(afterSwitchOff ? ["Received after the driver was switched off"] : []),
    ...(off > MOST_OFFSET ? [`The device's clock was ${formatDuration(off)} ${clockOffset > 0 ? "slow" : "fast"}`] : []),
  ];
}

/** "3 of 6 photos arrived"; null where a report names none. */
export const photosArrived = ({ photos, arrived }: { photos: number; arrived: number }, what: "photo" | "video" = "photo"): string | null =>
  photos === 0 ? null : arrived === photos ? (photos === 1 ? `1 ${what}` : `${photos} ${what}s`) : `${arrived} of ${photos} ${what}s arrived`;
