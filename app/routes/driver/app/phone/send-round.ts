import type { Id } from "~/kernel/ids";
import type { SentRefusal } from "~/modules/inspections/filing/refusals";
import type { FilingToken, KeptPhoto, QueuedReport } from "./phone-database.client";

/** What sending needs of a phone. Each change is kept before it resolves, and a phone may die between any two. */
export type SendingPhone = {
  now(): number;
  /** A queued report as it is kept now. */
  read(id: string): Promise<QueuedReport | undefined>;
  change(report: QueuedReport): Promise<unknown>;
  /** Forgets a report and its photos. */
  drop(id: Id<"submission">): Promise<void>;
  photo(id: string): Promise<Pick<KeptPhoto, "content"> | null>;
  tokenOf(driverId: string): Promise<FilingToken | null>;
  keepToken(token: FilingToken): Promise<unknown>;
  dropToken(driverId: string): Promise<void>;
  /** One PUT to the server, with the whole of its answer. Throws where there is no connection. */
  put(path: string, body: string | ArrayBuffer, headers: Record<string, string>): Promise<Answer>;
  /** Something of the queue changed. */
  changed(): Promise<void>;
};
export type Answer = { status: number; headers: { get(name: string): string | null }; text: string };

/** How a request ended: taken, no connection, a fault of the server, the server asked for time, or a final refusal. */
type Sent = { kind: "sent" } | { kind: "no-connection" } | { kind: "fault" } | { kind: "wait"; ms: number } | { kind: "refused" };
/** `waits`: how long the server wants drivers to wait, in milliseconds. */
export type Round = { isConnected: boolean; isFaulty: boolean; waits: readonly number[] };

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
  for (const step of [fileReport, sendPhotos]) {
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
  if (filed.missingPhotos.length === 0) await phone.drop(report.id);
  return { kind: "sent" };
}

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
  if (problem === null) await phone.drop(report.id);
  else await phone.change({ ...report, refusal: problem });
  return { kind: "sent" };
}

async function contentOf(phone: SendingPhone, id: Id<"attachment">): Promise<ArrayBuffer | null> {
  try {
    return (await (await phone.photo(id))?.content.arrayBuffer()) ?? null;
  } catch {
    return null;
  }
}

/** Files the report, which may be filed already, and learns which photos are missing. */
async function file(phone: SendingPhone, report: QueuedReport): Promise<Sent | { missingPhotos: Id<"attachment">[] }> {
  const filed = await request(phone, report, `inspections/${report.id}`, JSON.stringify(report.report), {
    "Content-Type": "application/json",
    "X-Sent-At": String(phone.now()),
  });
  if (isOk(filed)) return JSON.parse(filed.text) as { missingPhotos: Id<"attachment">[] }; // our own server's answer
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
