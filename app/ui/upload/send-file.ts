import { thumbnailOf } from "./thumbnail";

export type Progress = { sent: number; state: "sending" | "waiting" | "checking" };
type Sending = {
  file: File;
  /** The upload's URL. */
  at: string;
  /** The portal whose session sends it, if not staff. */
  as?: string;
  /** What the server needs to know about the upload at the start. */
  facts: Record<string, unknown>;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
};
type Answer = { status: number; body: Record<string, unknown>; retryAfter: number };
type State = { kept: boolean; partBytes: number; parts: { number: number; sha256: string }[] };

/** The server's refusal with its message; `again` if the same file may be accepted later. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly again: boolean,
  ) {
    super(message);
  }
}

/** Statuses that a retry can't change: something is wrong with the file, or the upload is over. */
const FOR_GOOD = [404, 410, 413, 415, 422];

const MAX_ATTEMPTS = 12;

/**
 * Sends a file in parts and completes it at the end. Parts that the server already has are compared by checksum and
 * skipped; after a lost connection it waits and retries. Fails with `Refused`, or with an AbortError if `signal` aborts.
 */
export async function sendFile({ file, at, as, facts, signal, onProgress }: Sending): Promise<void> {
  let sent = 0;
  const address = (path: string) => `${at}${path}${as ? `?as=${as}` : ""}`;
  const retrying = (ask: () => Promise<Answer>) => withRetry(ask, signal, () => onProgress({ sent, state: "waiting" }));
  const send = (method: string, path: string, body?: Blob | string) => retrying(() => request(method, address(path), body, {}, signal));

  for (;;) {
    const state = (await send("PUT", "", JSON.stringify({ ...facts, name: file.name, bytes: file.size }))).body as State; // the server's response, workers/uploads.ts
    if (state.kept) return;
    const held = new Map(state.parts.map(({ number, sha256 }) => [number, sha256]));
    sent = 0;
    for (let number = 1; sent < file.size; number++) {
      const piece = file.slice(sent, sent + state.partBytes);
      const digest = await sha256Of(piece);
      if (held.get(number) !== digest) {
        const headers = { "Content-Digest": `sha-256=:${digest}:` };
        const before = sent;
        const going = (bytes: number) => onProgress({ sent: before + bytes, state: "sending" });
        await retrying(() => request("PUT", address(`/parts/${number}`), piece, headers, signal, going));
      }
      sent += piece.size;
      onProgress({ sent, state: "sending" });
    }
    onProgress({ sent, state: "checking" });
    const thumbnail = await thumbnailOf(file);
    // A missing thumbnail doesn't matter.
    if (thumbnail) await request("PUT", address("/thumbnail"), thumbnail, {}, signal).catch(() => null);
    signal.throwIfAborted();
    // Parts that the server is missing are sent in another round.
    if ((await send("POST", "/complete")).status !== 409) return;
  }
}

/** Retries faults that may pass: no connection, a busy or restarting server, a damaged part. */
async function withRetry(ask: () => Promise<Answer>, signal: AbortSignal, onRetry: () => void): Promise<Answer> {
  for (let attempts = 1; ; attempts++) {
    signal.throwIfAborted();
    const answer = await ask().catch((cause: unknown) => {
      if (signal.aborted || cause instanceof Refused) throw cause;
      return null;
    });
    if (answer && answer.status < 400) return answer;
    if (answer?.status === 409) return answer;
    const passing = !answer || answer.status >= 500 || answer.status === 429 || answer.body.again === true;
    if (!passing || attempts >= MAX_ATTEMPTS || (answer?.retryAfter ?? 0) > 120) throw refusedBy(answer);
    onRetry();
    await pause(Math.max((answer?.retryAfter ?? 0) * 1_000, Math.min(30_000, 500 * 2 ** attempts)), signal);
    // Being offline doesn't use up attempts.
    if (!navigator.onLine) {
      await online(signal);
      attempts = 0;
    }
  }
}

function refusedBy(answer: Answer | null): Refused {
  const message =
    typeof answer?.body.error === "string" ? answer.body.error : "The connection keeps failing. What was sent is kept for a day, so you can resume.";
  return new Refused(message, !answer || !FOR_GOOD.includes(answer.status));
}

/** With XMLHttpRequest, because only it reports upload progress. */
function request(
  method: string,
  url: string,
  body: Blob | string | undefined,
  headers: Record<string, string>,
  signal: AbortSignal,
  going?: (bytes: number) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const abort = () => call.abort();
    signal.addEventListener("abort", abort, { once: true });
    call.open(method, url);
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    if (going) call.upload.onprogress = ({ loaded }) => going(loaded);
    call.onload = () => resolve({ status: call.status, body: jsonOf(call.responseText), retryAfter: Number(call.getResponseHeader("Retry-After") ?? 0) });
    call.onerror = () => reject(new Error("no connection"));
    call.onabort = () => reject(new DOMException("aborted", "AbortError"));
    call.onloadend = () => signal.removeEventListener("abort", abort);
    call.send(body);
  });
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>; // values are checked where they are read
  } catch {
    return {};
  }
}

async function sha256Of(piece: Blob): Promise<string> {
  const bytes = await piece.arrayBuffer().catch(() => {
    throw new Refused("The file was changed or removed on this device. Choose it again.", false);
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      for (const [on, name] of resumeEvents) on.removeEventListener(name, go);
      resolve();
    };
    const resumeEvents = [
      [signal, "abort"],
      [window, "online"],
    ] as const;
    const timer = setTimeout(go, ms);
    for (const [on, name] of resumeEvents) on.addEventListener(name, go);
  });
}

async function online(signal: AbortSignal): Promise<void> {
  while (!navigator.onLine && !signal.aborted) await pause(60_000, signal);
}
