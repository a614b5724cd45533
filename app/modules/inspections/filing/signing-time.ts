import { MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";

/** A difference that the way through the network explains is none. */
const NO_DIFFERENCE = MINUTE;

export type SigningTime = { signedAt: UtcMs; startedAt: UtcMs; clockOffset: number };

/**
 * When a report was signed. A phone's clock may be wrong: `sentAt` is what it showed as it sent the report, so its
 * difference from ours is added to the times in the report. Nothing is signed in the future.
 */
export function signingTime({ signedAt, startedAt }: { signedAt: number; startedAt: number }, sentAt: number | null, receivedAt: UtcMs): SigningTime {
  const measured = sentAt === null ? 0 : receivedAt - sentAt;
  const clockOffset = Math.abs(measured) < NO_DIFFERENCE ? 0 : measured;
  const at = (device: number) => toUtcMs(Math.min(device + clockOffset, receivedAt));
  return { signedAt: at(signedAt), startedAt: at(startedAt), clockOffset };
}
