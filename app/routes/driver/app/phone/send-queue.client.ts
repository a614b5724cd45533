import { changeQueued, dropQueued, dropToken, phoneDatabase, type QueuedReport, queuedReports, readPhoto, tokenOf } from "./phone-database.client";

/** What the header shows of the queue. */
export type QueueState = { reports: readonly QueuedReport[]; sending: boolean /** The last try found no connection. */; offline: boolean };

let state: QueueState = { reports: [], sending: false, offline: false };
const listeners = new Set<() => void>();
const publish = (next: Partial<QueueState>) => {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
};
export const readQueueState = (): QueueState => state;
export function followQueue(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const [SHORTEST, LONGEST] = [5_000, 300_000];
let retryAfter = SHORTEST;
let timer: ReturnType<typeof setTimeout> | undefined;
const plan = (after: number) => {
  clearTimeout(timer);
  timer = setTimeout(() => void sendQueue(), after);
};

/** What a try to send ended with: it went on, there was no connection, or the server asked for time. */
type Sent = { kind: "sent" } | { kind: "no-connection" } | { kind: "wait"; ms: number } | { kind: "refused" };

/**
 * Sends all that waits, oldest first, whoever of this device signed it. Every request may be repeated: the server knows
 * reports and photos by the ids that were made here. Called at the start, when the connection is back, when the app is
 * looked at again, and after signing.
 */
export async function sendQueue(): Promise<void> {
  // One page of the app sends at a time; where locks are unknown, the server still files each once.
  if (navigator.locks) await navigator.locks.request("baytrack-queue", { ifAvailable: true }, async (lock) => (lock ? sendAll() : refresh()));
  else await sendAll();
}

export const refresh = async (): Promise<void> => publish({ reports: await queuedReports() });

async function sendAll(): Promise<void> {
  await refresh();
  const waiting = state.reports.filter(({ refusal }) => refusal === null);
  if (waiting.length === 0) return;
  publish({ sending: true });
  try {
    for (const report of waiting) {
      const sent = await sendReport(report);
      await refresh();
      if (sent.kind === "no-connection") {
        publish({ offline: true });
        plan(retryAfter);
        retryAfter = Math.min(LONGEST, retryAfter * 2);
        return;
      }
      publish({ offline: false });
      if (sent.kind === "wait") return plan(sent.ms);
      retryAfter = SHORTEST;
    }
  } finally {
    publish({ sending: false });
  }
}

async function sendReport(report: QueuedReport): Promise<Sent> {
  const token = await tokenOf(report.membershipId);
  if (!token) return refuse(report, { needsSignIn: true });
  const send = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    request(path, { method: "PUT", body, headers: { Authorization: `Bearer ${token.token}`, ...headers } });

  const filed = await send(`inspections/${report.id}`, JSON.stringify(report.report), { "Content-Type": "application/json", "X-Sent-At": String(Date.now()) });
  if (!filed.ok) return notTaken(report, filed);
  const { missingPhotos } = (await filed.json()) as { missingPhotos: string[] }; // our own server's answer
  if (!report.isFiled || report.needsSignIn) await changeQueued({ ...report, isFiled: true, needsSignIn: false });
  for (const id of missingPhotos) {
    const photo = await readPhoto(id);
    if (!photo) return refuse(report, { isFiled: true, refusal: "A photo of this report is gone from this phone." });
    const kept = await send(`photos/${id}`, photo.content, { "Content-Type": "image/jpeg" });
    if (!kept.ok) return notTaken({ ...report, isFiled: true }, kept);
  }
  await dropQueued(report.id);
  return { kind: "sent" };
}

type Answer = Pick<Response, "ok" | "status" | "headers" | "json">;
const NO_CONNECTION: Answer = { ok: false, status: 0, headers: new Headers(), json: async () => ({}) };

async function request(path: string, init: RequestInit): Promise<Answer> {
  try {
    const answer = await fetch(`/api/driver/${path}`, init);
    // The body too, since a connection can break in the middle of it.
    const body: unknown = await answer.json();
    return { ok: answer.ok, status: answer.status, headers: answer.headers, json: async () => body };
  } catch {
    return NO_CONNECTION;
  }
}

async function notTaken(report: QueuedReport, answer: Answer): Promise<Sent> {
  if (answer.status === 0 || answer.status >= 500) return { kind: "no-connection" };
  if (answer.status === 401) {
    // Its driver's next sign-in brings a new one.
    await dropToken(report.membershipId);
    return refuse(report, { needsSignIn: true });
  }
  if (answer.status === 429) return { kind: "wait", ms: Math.max(1, Number(answer.headers.get("Retry-After")) || 60) * 1_000 };
  const { error } = (await answer.json()) as { error?: string };
  return refuse(report, { refusal: error ?? `The server refused it (${answer.status}).` });
}

async function refuse(report: QueuedReport, change: Partial<QueuedReport>): Promise<Sent> {
  await changeQueued({ ...report, ...change });
  return { kind: "refused" };
}

/** A person asks to try a refused report again. */
export async function sendAgain(id: string): Promise<void> {
  const report = await (await phoneDatabase()).get("queue", id);
  if (report) await changeQueued({ ...report, refusal: null });
  await sendQueue();
}
