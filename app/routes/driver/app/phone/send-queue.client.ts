import { changeQueued, dropQueued, dropToken, keepToken, phoneDatabase, type QueuedReport, queuedReports, readPhoto, tokenOf } from "./phone-database.client";
import { type SendingPhone, sendRound, type VideoProgress } from "./send-round";

/** What the header shows of the queue; `reports` is null until it was read. */
export type QueueState = {
  reports: readonly QueuedReport[] | null;
  sending: boolean;
  /** The last try found no connection. */
  offline: boolean;
  /** How much of a video that is being sent has arrived, in bytes. */
  video: VideoProgress | null;
};

let state: QueueState = { reports: null, sending: false, offline: false, video: null };
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
/** For one request; a phone at the edge of the network would hang for minutes. A part of a video is much larger than the rest. */
const [TIMEOUT, PART_TIMEOUT] = [90_000, 300_000];
let retryAfter = SHORTEST;
let timer: ReturnType<typeof setTimeout> | undefined;
const plan = (after: number) => {
  clearTimeout(timer);
  timer = setTimeout(() => void sendQueue(), after);
};

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
  try {
    const { isConnected, isFaulty, waits } = await sendRound(
      phone,
      waiting.map(({ id }) => id),
    );
    publish({ offline: !isConnected });
    const isSlower = !isConnected || isFaulty;
    const next = isConnected ? [...waits, ...(isFaulty ? [Math.min(LONGEST, retryAfter * 2)] : [])] : [retryAfter];
    retryAfter = isSlower ? Math.min(LONGEST, retryAfter * 2) : SHORTEST;
    if (next.length > 0) plan(Math.min(...next));
  } finally {
    publish({ sending: false, video: null });
  }
}

const phone: SendingPhone = {
  now: () => Date.now(),
  read: async (id) => (await phoneDatabase()).get("queue", id),
  change: changeQueued,
  drop: dropQueued,
  photo: readPhoto,
  tokenOf,
  keepToken,
  dropToken,
  changed: () => refresh(),
  progress: (video) => publish({ video }),
  async put(path, body, headers) {
    const answer = await fetch(`/api/driver/${path}`, {
      method: "PUT",
      body,
      headers,
      signal: AbortSignal.timeout(path.startsWith("videos/") ? PART_TIMEOUT : TIMEOUT),
    });
    // The body too, since a connection can break in the middle of it.
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  },
};

/** A person asks to try a refused report again. */
export async function sendAgain(id: string): Promise<void> {
  const report = await (await phoneDatabase()).get("queue", id);
  if (report) await changeQueued({ ...report, refusal: null });
  await sendQueue();
}
