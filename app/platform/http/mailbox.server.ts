import type { Platform } from "~/platform/platform.server";
import { refuse } from "./problem.server";

export type CaughtMail = {
  headers?: Record<string, string>;
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  sentAt: string;
  attachments: { filename: string; content: string }[];
};

/** What the mail stand-in took, newest first. 404 unless the launcher named one. */
export async function readMailbox({ settings }: Platform, to: string | null): Promise<CaughtMail[]> {
  if (!settings.mailboxUrl) throw refuse(404, "Not found");
  const answer = await fetch(`${settings.mailboxUrl}?to=${encodeURIComponent(to ?? "")}`);
  if (!answer.ok) throw new Error(`the mail stand-in answered ${answer.status}`);
  return answer.json();
}
