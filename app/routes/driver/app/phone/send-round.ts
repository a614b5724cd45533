import type { Id } from "~/kernel/ids";
import type { SentRefusal } from "~/modules/inspections/filing/refusals";
import { PART_BYTES, partLength } from "../../../../modules/attachments/upload/parts.ts";
import type { FilingToken, KeptPhoto, QueuedReport } from "./phone-database.client";

/** What sending needs of a phone. Each change is kept before it resolves, and a phone may die between any two. */
export type SendingPhone = {
  now(): number;
  /** A queued report as it is kept now. */
  read(id: string): Promise<QueuedReport | undefined>;
  change(report: QueuedReport): Promise<unknown>;
  /** Forgets a report with its photos and videos. */
  drop(id: Id<"submission">): Promise<void>;
  photo(id: string): Promise<Pick<KeptPhoto, "content"> | null>;
  tokenOf(driverId: string): Promise<FilingToken | null>;
  keepToken(token: FilingToken): Promise<unknown>;
  dropToken(driverId: string): Promise<void>;
  /** One PUT to the server, with the whole of its answer. Throws where there is no connection. */
  put(path: string, body: string | ArrayBuffer, headers: Record<string, string>): Promise<Answer>;
  /** How far a video is; null once it is whole, or its sending stopped. */
  progress(video: VideoProgress | null): void;
  /** Something of the queue changed. */
  changed(): Promise<void>;
};
/** In bytes. */
export type VideoProgress = { sent: number; of: number };
export type Answer = { status: number; headers: { get(name: string): string | null }; text: string };

/** How a request ended: taken, no connection, a fault of the server, the server asked for time, or a final refusal. */
type Sent = { kind: "sent" } | { kind: "no-connection" } | { kind: "fault" } | { kind: "wait"; ms: number } | { kind: "refused" };
/** `waits`: how long the server wants drivers to wait, in milliseconds. */
export type Round = { isConnected: boolean; isFaulty: boolean; waits: readonly number[] };

/** What the server still lacks of a filed report; one of an older version names no videos. */
type Filed = { missingPhotos: Id<"attachment">[]; missingVideos?: Id<"attachment">[] };

/** How often in a row the server is asked what it lacks of one video. */
const MOST_TIMES = 3;

/** No connection, and no token: in place of a status. */
const [NO_CONNECTION, NO_TOKEN] = [0, 401];

/**
 * Tries each of these reports once, then their photos. Every request may be repeated: the server knows reports and photos
 * by the ids that were made here. The round ends where there is no connection.
 */
export async function sendRound(phone: SendingPhone, ids: readonly Id<"submission">[]): Promise<Round> {
  // Drivers whose reports the server wants later, with when.
  const later = new Map<string, number>();
  let isFaulty = false;
  // Every report first: the shop knows of a defect before its pictures.
  // Photos of all reports come before the first video, which may take long.
  for (const step of [fileReport, sendPhotos, sendVideos]) {
    for (const id of ids) {
      const report = await phone.read(id);
      if (!report || report.refusal !== null || later.has(report.driverId)) continue;
      const sent = await step(phone, report);
      await phone.changed();
      if (sent.kind === "wait") later.set(report.driverId, Math.max(sent.ms, later.get(report.driverId) ?? 0));
      if (sent.kind === "fault") isFaulty = true;
      if (sent.kind === "no-connection") return { isConnected: false, isFaulty, waits: [...later.values()] };
    }
  }
  return { isConnected: true, isFaulty, waits: [...later.values()] };
}

async function fileReport(phone: SendingPhone, report: QueuedReport): Promise<Sent> {
  if (report.isFiled) return { kind: "sent" };
  const filed = await file(phone, report);
  if ("kind" in filed) return filed;
  await phone.change({ ...report, isFiled: true, needsSignIn: false });
  if (isWhole(filed)) await phone.drop(report.id);
  return { kind: "sent" };
}

const isWhole = ({ missingPhotos, missingVideos = [] }: Filed): boolean => missingPhotos.length + missingVideos.length === 0;

async function sendPhotos(phone: SendingPhone, report: QueuedReport): Promise<Sent> {
  if (!report.isFiled) return { kind: "sent" };
  const filed = await file(phone, report);
  if ("kind" in filed) return filed;
  let problem: SentRefusal | null = null;
  for (const id of filed.missingPhotos) {
    const content = await contentOf(phone, id);
    const kept = content && (await request(phone, report, `photos/${id}`, content, { "Content-Type": "image/jpeg" }));
    if (kept === null) problem = { code: "photo-gone", unit: "", error: "" };
    else if (!isOk(kept)) {
      const sent = await notTaken(phone, report, kept);
      if (sent.kind !== "refused") return sent;
      problem = sent.problem;
    }
  }
  if (problem !== null) await phone.change({ ...report, refusal: problem });
  else if ((filed.missingVideos ?? []).length === 0) await phone.drop(report.id);
  return { kind: "sent" };
}

async function sendVideos(phone: SendingPhone, report: QueuedReport): Promise<Sent> {
  const videos = report.report.units.flatMap(({ defects }) => defects.flatMap(({ video }) => video ?? []));
  if (!report.isFiled || videos.length === 0) return { kind: "sent" };
  const filed = await file(phone, report);
  if ("kind" in filed) return filed;
  let problem: SentRefusal | null = null;
  for (const video of videos.filter(({ id }) => filed.missingVideos?.includes(id))) {
    const sent = await sendVideo(phone, report, video);
    phone.progress(null);
    if (sent.kind === "refused") problem = sent.problem;
    else if (sent.kind !== "sent") return sent;
  }
  if (problem !== null) await phone.change({ ...report, refusal: problem });
  else if (filed.missingPhotos.length === 0) await phone.drop(report.id);
  return { kind: "sent" };
}

type Tried = Exclude<Sent, { kind: "refused" }> | { kind: "refused"; problem: SentRefusal | null };

/** Sends the parts that the server names as missing, until it names none. */
async function sendVideo(phone: SendingPhone, report: QueuedReport, { id, bytes }: { id: Id<"attachment">; bytes: number }): Promise<Tried> {
  const gone: Tried = { kind: "refused", problem: { code: "video-gone", unit: "", error: "" } };
  const kept = await phone.photo(id).catch(() => null);
  if (!kept) return gone;
  for (let time = 0; time < MOST_TIMES; time++) {
    const asked = await request(phone, report, `videos/${id}`, "", {});
    if (!isOk(asked)) return notTaken(phone, report, asked);
    const { missing } = JSON.parse(asked.text) as { missing: number[] }; // our own server's answer
    if (missing.length === 0) return { kind: "sent" };
    let left = missing.reduce((sum, number) => sum + (partLength(bytes, number) ?? 0), 0);
    for (const number of missing) {
      phone.progress({ sent: bytes - left, of: bytes });
      const part = await partOf(kept.content, number);
      if (!part) return gone;
      const sent = await request(phone, report, `videos/${id}/${number}`, part, { "Content-Type": "application/octet-stream" });
      if (!isOk(sent)) return notTaken(phone, report, sent);
      left -= part.byteLength;
    }
  }
  return { kind: "fault" };
}

async function partOf(content: Blob, number: number): Promise<ArrayBuffer | null> {
  try {
    return await content.slice((number - 1) * PART_BYTES, number * PART_BYTES).arrayBuffer();
  } catch {
    return null;
  }
}

async function contentOf(phone: SendingPhone, id: Id<"attachment">): Promise<ArrayBuffer | null> {
  try {
    return (await (await phone.photo(id))?.content.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
}

/** Files the report, which may be filed already, and learns which photos are missing. */
async function file(phone: SendingPhone, report: QueuedReport): Promise<Sent | Filed> {
  const filed = await request(phone, report, `inspections/${report.id}`, JSON.stringify(report.report), {
    "Content-Type": "application/json",
    "X-Sent-At": String(phone.now()),
  });
  if (isOk(filed)) return JSON.parse(filed.text) as Filed; // our own server's answer
  const sent = await notTaken(phone, report, filed);
  if (sent.kind === "refused" && sent.problem !== null) await phone.change({ ...report, refusal: sent.problem });
  return sent.kind === "refused" ? { kind: "refused" } : sent;
}

const none = (status: number): Answer => ({ status, headers: new Headers(), text: "" });
const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300;

async function request(phone: SendingPhone, { driverId }: QueuedReport, path: string, body: string | ArrayBuffer, headers: Record<string, string>) {
  const token = await phone.tokenOf(driverId);
  if (!token) return none(NO_TOKEN);
  try {
    const answer = await phone.put(path, body, { Authorization: `Bearer ${token.token}`, ...headers });
    // A hotel's Wi-Fi answers in the server's place until somebody accepts its terms: then nothing has arrived.
    return answer.status >= 500 || isOurs(answer) ? answer : none(NO_CONNECTION);
  } catch {
    return none(NO_CONNECTION);
  }
}

/** Whether the server itself answered: what it took has an id, what it refused has a reason. */
const isOurs = (answer: Answer): boolean => typeof factsIn(answer)[isOk(answer) ? "id" : "error"] === "string";

/** Why it was not taken; `problem` is null where its driver has to sign in first. */
async function notTaken(
  phone: SendingPhone,
  report: QueuedReport,
  answer: Answer,
): Promise<Exclude<Sent, { kind: "sent" | "refused" }> | { kind: "refused"; problem: SentRefusal | null }> {
  if (answer.status === NO_CONNECTION) return { kind: "no-connection" };
  if (answer.status >= 500) return { kind: "fault" };
  if (answer.status === 429) return { kind: "wait", ms: Math.max(1, Number(answer.headers.get("Retry-After")) || 60) * 1_000 };
  const refusal = factsIn(answer) as Partial<SentRefusal>; // our own server's answer
  if (answer.status === 401) {
    // Its driver's next sign-in brings a new one. What was signed before is sent with the one that ended.
    const token = refusal.code === "token-ended" ? await phone.tokenOf(report.driverId) : null;
    await (token ? phone.keepToken({ ...token, isEnded: true }) : phone.dropToken(report.driverId));
    await phone.change({ ...report, needsSignIn: true });
    return { kind: "refused", problem: null };
  }
  return { kind: "refused", problem: { code: refusal.code ?? "", unit: refusal.unit ?? "", error: refusal.error ?? String(answer.status) } };
}

function factsIn({ text }: Answer): Record<string, unknown> {
  try {
    const facts: unknown = JSON.parse(text);
    return typeof facts === "object" && facts !== null ? { ...facts } : {};
  } catch {
    return {};
  }
}
