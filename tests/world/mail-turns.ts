import { env } from "cloudflare:test";
import type { MailTurns } from "~/modules/notifications/pacing";

/** The deployment's pacer, as jobs ask it. */
export const mailTurns = (): MailTurns => env.MailPacer.getByName("all") as unknown as MailTurns; // held to its port in mail-pacer.ts
