import { MINUTE } from "~/kernel/time";
import { forgetStart, keepToken, lastUse, readStart, type Start, tokenOf, writeStart } from "./phone-database.client";

/** As a session on a shared tablet (kernel/session-rules.ts). */
const SHARED_IDLE = 10 * MINUTE;
const RENEW_WITHIN = 7 * 24 * 60 * MINUTE;

export type Refreshed =
  | { kind: "current"; start: Start }
  | { kind: "offline"; start: Start | null }
  | { kind: "signed-out"; start: Start | null }
  | { kind: "closed"; message: string };

/** Asks the server for what the phone keeps, and for a token to file with where there is none that lasts. */
export async function refreshStart(): Promise<Refreshed> {
  let answer: Response;
  try {
    answer = await fetch("/api/driver/start");
    if (answer.ok) {
      const start = (await answer.json()) as Start; // our own server's answer
      await writeStart(start);
      await renewToken(start.membershipId);
      return { kind: "current", start };
    }
  } catch {
    return { kind: "offline", start: await keptStart() };
  }
  if (answer.status === 403) return { kind: "closed", message: ((await answer.json().catch(() => ({}))) as { error?: string }).error ?? "" };
  if (answer.status !== 401) return { kind: "offline", start: await keptStart() };
  const start = await readStart();
  // The next driver on a shared tablet sees nothing of this one's.
  if (start?.isShared) await forgetStart();
  return { kind: "signed-out", start: start?.isShared ? null : start };
}

/** What was kept; nothing where a shared tablet was left alone for too long. */
export async function keptStart(): Promise<Start | null> {
  const start = await readStart();
  if (!start?.isShared || Date.now() - (await lastUse()) < SHARED_IDLE) return start;
  await forgetStart();
  return null;
}

async function renewToken(membershipId: string): Promise<void> {
  const kept = await tokenOf(membershipId);
  if (kept && kept.expiresAt - Date.now() > RENEW_WITHIN) return;
  const answer = await fetch("/api/driver/device", { method: "POST" });
  if (!answer.ok) return;
  const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: number }; // our own server's answer
  await keepToken({ membershipId, token, expiresAt });
}
