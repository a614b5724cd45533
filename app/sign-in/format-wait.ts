import { MINUTE, SECOND } from "~/kernel/time";

/** What a door says to who tried too often: "Wait 30 s, then try again." */
export function waitInWords(seconds: number): string {
  const words = seconds * SECOND < MINUTE ? `${seconds} s` : `${Math.ceil((seconds * SECOND) / MINUTE)} min`;
  return `Wait ${words}, then try again.`;
}
