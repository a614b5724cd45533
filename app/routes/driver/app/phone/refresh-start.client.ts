import { MINUTE } from "~/kernel/time";
import type { SentRefusal } from "~/modules/inspections/filing/refusals";
import type { EarlyPage } from "./early-start";
import {
  forgetStart,
  type KeptRoadside,
  keepToken,
  lastUse,
  noteUse,
  readLeft,
  readStart,
  type Start,
  tokenOf,
  writeLeft,
  writeRoadside,
  writeStart,
} from "./phone-database.client";

/** As a session on a shared tablet (kernel/session-rules.ts). */
const SHARED_IDLE = 10 * MINUTE;
/** A phone at the edge of the network would hang for minutes. */
const TIMEOUT = 20_000;
const RENEW_WITHIN = 7 * 24 * 60 * MINUTE;

export type Refreshed =
  | { kind: "current"; start: Start }
  | { kind: "offline"; start: Start | null }
  | { kind: "signed-out"; start: Start | null }
  | { kind: "closed"; refusal: SentRefusal };

let first: Promise<Refreshed> | null = null;
/** What the page that was just loaded asks for, once however often it is called: a phone that keeps nothing yet waits for it. */
export const firstRefresh = (): Promise<Refreshed> => {
  first ??= refreshStart();
  return first;
};

/** What the page asked for while its scripts were on their way (early-start.ts); only the first asker gets it. */
async function takeEarly(): Promise<Response | null> {
  const page = window as EarlyPage;
  const early = page.driverStart;
  page.driverStart = undefined;
  return (await early) ?? null;
}

/** Asks the server for what the phone keeps. */
export async function refreshStart(): Promise<Refreshed> {
  let answer: Response;
  try {
    const early = takeEarly();
    const left = await readLeft();
    if (left) await endSession();
    // What was asked for before the session was ended is its driver's.
    answer = (left ? null : await early) ?? (await fetch("/api/driver/start", { signal: AbortSignal.timeout(TIMEOUT) }));
    if (answer.status === 200) {
      const start = (await answer.json()) as Start; // our own server's answer
      await writeStart(start);
      // The session was alive, so this driver is still the one.
      await noteUse(Date.now());
      return { kind: "current", start };
    }
  } catch {
    return { kind: "offline", start: await keptStart() };
  }
  if (answer.status === 403) {
    const { code = "", unit = "", error = "" } = (await answer.json().catch(() => ({}))) as Partial<SentRefusal>; // our own server's answer
    return { kind: "closed", refusal: { code, unit, error } };
  }
  if (answer.status !== 204) return { kind: "offline", start: await keptStart() };
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

/** Notes a tap; false where a shared tablet was left alone for too long, and is whoever's now. */
export async function noteTap(): Promise<boolean> {
  if ((await readStart()) === null) return true;
  if ((await keptStart()) === null) return false;
  await noteUse(Date.now());
  return true;
}

/** Signs out, now or with the next signal; nobody sees this driver's vehicles from here on. */
export async function leave(): Promise<void> {
  await forgetStart();
  await writeLeft(true);
  await endSession().catch(() => {});
}

async function endSession(): Promise<void> {
  const answer = await fetch("/sign-out", {
    method: "POST",
    body: new URLSearchParams({ as: "driver" }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (answer.type === "opaqueredirect" || answer.ok) await writeLeft(false);
}

/** Asks for the open roadside pages of today's vehicles. What the phone has stays where there is no answer. */
export async function refreshRoadside(driverId: string): Promise<void> {
  try {
    const answer = await fetch("/api/driver/roadside", { signal: AbortSignal.timeout(TIMEOUT) });
    if (answer.ok) await writeRoadside(driverId, (await answer.json()) as KeptRoadside[]); // our own server's answer
  } catch {
    // Without signal the phone shows what it has.
  }
}

/** Asks for a token where there is none that lasts. */
export async function renewToken(driverId: string): Promise<void> {
  const kept = await tokenOf(driverId);
  if (kept && !kept.isEnded && kept.expiresAt - Date.now() > RENEW_WITHIN) return;
  const answer = await fetch("/api/driver/device", { method: "POST" });
  if (!answer.ok) return;
  const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: number }; // our own server's answer
  await keepToken({ driverId, token, expiresAt });
}
