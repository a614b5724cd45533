import { MINUTE, SECOND } from "~/kernel/time";

/** What a door says to who tried too often: "Wait 30 s, then try again." */
export function formatWait(seconds: number): string {
  const duration = seconds * SECOND < MINUTE ? `${seconds} s` : `${Math.ceil((seconds * SECOND) / MINUTE)} min`;
  return `Wait ${duration}, then try again.`;
}
