import { MINUTE, SECOND } from "./time.ts";

/** How long to wait after too many attempts: "Wait 30 s, then try again." */
export function formatWait(seconds: number): string {
  const duration = seconds * SECOND < MINUTE ? `${seconds} s` : `${Math.ceil((seconds * SECOND) / MINUTE)} min`;
  return `Wait ${duration}, then try again.`;
}
