import type { Id } from "~/kernel/ids";
import type { SentRefusal } from "~/modules/inspections/filing/refusals";
import { changeQueued, dropQueued, dropToken, keepToken, phoneDatabase, type QueuedReport, queuedReports, readPhoto, tokenOf } from "./phone-database.client";

/** What the header shows of the queue; `reports` is null until it was read. */
export type QueueState = { reports: readonly QueuedReport[] | null; sending: boolean /** The last try found no connection. */; offline: boolean };

let state: QueueState = { reports: null, sending: false, offline: false };
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

const [SHORTEST, LONGEST, HELD_ELSEWHERE] = [5_000, 300_000, 10_000];
/** For one request; a phone at the edge of the network would hang for minutes. */
const TIMEOUT = 90_000;
let retryAfter = SHORTEST;
let timer: ReturnType<typeof setTimeout> | undefined;
const plan = (after: number) => {
  clearTimeout(timer);
  timer = setTimeout(() => void sendQueue(), after);
};

/** How a request ended: taken, no connection, a fault of the server, the server asked for time, or a final refusal. */
type Sent = { kind: "sent" } | { kind: "no-connection" } | { kind: "fault" } | { kind: "wait"; ms: number } | { kind: "refused" };

let isAskedAgain = false;

/**
 * Sends all that waits, whoever of this device signed it. Every request may be repeated: the server knows reports and
 * photos by the ids that were made here. Called at the start, when the connection is back, when the app is looked at
 * again, and after signing.
 */
export async function sendQueue(): Promise<void> {
  isAskedAgain = true;
  // One page of the app sends at a time; where locks are unknown, the server still files each once.
  if (!navigator.locks) return run();
  await navigator.locks.request("baytrack-queue", { ifAvailable: true }, async (lock) => {
    if (lock) return run();
    await refresh();
    // Another page of the app is sending; what it doesn't know yet is sent after it.
    plan(HELD_ELSEWHERE);
  });
}

export const refresh = async (): Promise<void> => publish({ reports: await queuedReports() });

/** What is signed while this runs is sent as well. */
async function run(): Promise<void> {
  while (isAskedAgain) {
    isAskedAgain = false;
    await sendAll();
  }
}

async function sendAll(): Promise<void> {
  await refresh();
  const waiting = (state.reports ?? []).filter(({ refusal }) => refusal === null);
  if (waiting.length === 0) return;
  publish({ sending: true });
  // Drivers whose reports the server wants later, with when.
  const later = new Map<string, number>();
  let isFaulty = false;
  const goesOn = (report: QueuedReport, sent: Sent): boolean => {
    if (sent.kind === "wait") later.set(report.driverId, Math.max(sent.ms, later.get(report.driverId) ?? 0));
    if (sent.kind === "fault") isFaulty = true;
    return sent.kind !== "no-connection";
  };
  try {
    // Every report first: the shop knows of a defect before its pictures.
    for (const step of [fileReport, sendPhotos]) {
      for (const { id } of waiting) {
        const report = await (await phoneDatabase()).get("queue", id);
        if (!report || report.refusal !== null || later.has(report.driverId)) continue;
        const sent = await step(report);
        await refresh();
        if (goesOn(report, sent)) continue;
        publish({ offline: true });
        plan(retryAfter);
        retryAfter = Math.min(LONGEST, retryAfter * 2);
        return;
      }
    }
    publish({ offline: false });
    retryAfter = isFaulty ? Math.min(LONGEST, retryAfter * 2) : SHORTEST;
    const next = [...later.values(), ...(isFaulty ? [retryAfter] : [])];
    if (next.length > 0) plan(Math.min(...next));
  } finally {
    publish({ sending: false });
  }
}

async function fileReport(report: QueuedReport): Promise<Sent> {
  if (report.isFiled) return { kind: "sent" };
  const filed = await put(report);
  if ("kind" in filed) return filed;
  await changeQueued({ ...report, isFiled: true, needsSignIn: false });
  if (filed.missingPhotos.length === 0) await dropQueued(report.id);
  return { kind: "sent" };
}

async function sendPhotos(report: QueuedReport): Promise<Sent> {
  if (!report.isFiled) return { kind: "sent" };
  const filed = await put(report);
  if ("kind" in filed) return filed;
  let problem: SentRefusal | null = null;
  for (const id of filed.missingPhotos) {
    const content = await contentOf(id);
    const kept = content && (await request(report, `photos/${id}`, content, { "Content-Type": "image/jpeg" }));
    if (kept === null) problem = { code: "photo-gone", unit: "", error: "" };
    else if (!kept.ok) {
      const sent = await notTaken(report, kept);
      if (sent.kind !== "refused") return sent;
      problem = sent.problem;
    }
  }
  if (problem === null) await dropQueued(report.id);
  else await changeQueued({ ...report, refusal: problem });
  return { kind: "sent" };
}

async function contentOf(id: Id<"attachment">): Promise<ArrayBuffer | null> {
  try {
    return (await (await readPhoto(id))?.content.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
}

/** Files the report, which may be filed already, and learns which photos are missing. */
async function put(report: QueuedReport): Promise<Sent | { missingPhotos: Id<"attachment">[] }> {
  const filed = await request(report, `inspections/${report.id}`, JSON.stringify(report.report), {
    "Content-Type": "application/json",
    "X-Sent-At": String(Date.now()),
  });
  if (filed.ok) return (await filed.json()) as { missingPhotos: Id<"attachment">[] }; // our own server's answer
  const sent = await notTaken(report, filed);
  if (sent.kind === "refused" && sent.problem !== null) await changeQueued({ ...report, refusal: sent.problem });
  return sent.kind === "refused" ? { kind: "refused" } : sent;
}

type Answer = Pick<Response, "ok" | "status" | "headers" | "json">;
const none = (status: number): Answer => ({ ok: false, status, headers: new Headers(), json: async () => ({}) });
/** No connection, and no token: in place of a status. */
const [NO_CONNECTION, NO_TOKEN] = [0, 401];

async function request({ driverId }: QueuedReport, path: string, body: BodyInit, headers: Record<string, string>): Promise<Answer> {
  const token = await tokenOf(driverId);
  if (!token) return none(NO_TOKEN);
  try {
    const answer = await fetch(`/api/driver/${path}`, {
      method: "PUT",
      body,
      headers: { Authorization: `Bearer ${token.token}`, ...headers },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    // The body too, since a connection can break in the middle of it.
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, headers: answer.headers, json: async () => JSON.parse(text) as unknown };
  } catch {
    return none(NO_CONNECTION);
  }
}

/** Why it was not taken; `problem` is null where its driver has to sign in first. */
async function notTaken(
  report: QueuedReport,
  answer: Answer,
): Promise<Exclude<Sent, { kind: "sent" | "refused" }> | { kind: "refused"; problem: SentRefusal | null }> {
  if (answer.status === NO_CONNECTION) return { kind: "no-connection" };
  if (answer.status >= 500) return { kind: "fault" };
  if (answer.status === 429) return { kind: "wait", ms: Math.max(1, Number(answer.headers.get("Retry-After")) || 60) * 1_000 };
  const refusal = (await answer.json().catch(() => ({}))) as Partial<SentRefusal>; // our own server's answer
  if (answer.status === 401) {
    // Its driver's next sign-in brings a new one. What was signed before is sent with the one that ended.
    const token = refusal.code === "token-ended" ? await tokenOf(report.driverId) : null;
    await (token ? keepToken({ ...token, isEnded: true }) : dropToken(report.driverId));
    await changeQueued({ ...report, needsSignIn: true });
    return { kind: "refused", problem: null };
  }
  return { kind: "refused", problem: { code: refusal.code ?? "", unit: refusal.unit ?? "", error: refusal.error ?? String(answer.status) } };
}

/** A person asks to try a refused report again. */
export async function sendAgain(id: string): Promise<void> {
  const report = await (await phoneDatabase()).get("queue", id);
  if (report) await changeQueued({ ...report, refusal: null });
  await sendQueue();
}
