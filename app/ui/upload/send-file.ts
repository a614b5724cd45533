import { thumbnailOf } from "./thumbnail";

export type Progress = { sent: number; state: "sending" | "waiting" | "checking" };
type Sending = {
  file: File;
  /** The upload's own address. */
  at: string;
  /** Whose session sends it, where it is not staff's. */
  as?: string;
  /** What the server asks to be told at the beginning. */
  facts: Record<string, unknown>;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
};
type Answer = { status: number; body: Record<string, unknown>; retryAfter: number };
type State = { kept: boolean; partBytes: number; parts: { number: number; sha256: string }[] };

/** The server's no, in its own words; `again` where the same file may yet be taken. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly again: boolean,
  ) {
    super(message);
  }
}

/** What is wrong with the file itself, or over for good, stays so. */
const FOR_GOOD = [404, 410, 413, 415, 422];

const MAX_ATTEMPTS = 12;

/**
 * Sends a file in parts and makes it whole at the end. Parts that the server has are compared by checksum and not sent
 * again; a broken connection is waited out. Fails with `Refused`, or with an AbortError when `signal` says so.
 */
export async function sendFile({ file, at, as, facts, signal, onProgress }: Sending): Promise<void> {
  let sent = 0;
  const address = (path: string) => `${at}${path}${as ? `?as=${as}` : ""}`;
  const retrying = (ask: () => Promise<Answer>) => withRetry(ask, signal, () => onProgress({ sent, state: "waiting" }));
  const send = (method: string, path: string, body?: Blob | string) => retrying(() => request(method, address(path), body, {}, signal));

  for (;;) {
    const state = (await send("PUT", "", JSON.stringify({ ...facts, name: file.name, bytes: file.size }))).body as State; // the server's own answer, workers/uploads.ts
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
    // A file without its small picture is a file all the same.
    if (thumbnail) await request("PUT", address("/thumbnail"), thumbnail, {}, signal).catch(() => null);
    signal.throwIfAborted();
    // What the server misses after all is sent in another round.
    if ((await send("POST", "/complete")).status !== 409) return;
  }
}

/** Asks again while the fault may pass: no connection, a server that is busy or restarting, a part that came damaged. */
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
    // Without any network the tries do not run out.
    if (!navigator.onLine) {
      await online(signal);
      attempts = 0;
    }
  }
}

function refusedBy(answer: Answer | null): Refused {
  const message = typeof answer?.body.error === "string" ? answer.body.error : "The connection keeps breaking. What was sent is kept for a day.";
  return new Refused(message, !answer || !FOR_GOOD.includes(answer.status));
}

/** By XMLHttpRequest, which alone says how far a body has gone. */
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
    return JSON.parse(text) as Record<string, unknown>; // only read by names that are checked
  } catch {
    return {};
  }
}

async function sha256Of(piece: Blob): Promise<string> {
  const bytes = await piece.arrayBuffer().catch(() => {
    throw new Refused("The file changed or went away on this device. Choose it again.", false);
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
