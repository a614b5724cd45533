import { DurableObject } from "cloudflare:workers";
import { fateOf, reportsOf, signed, type Tags } from "./resend-webhooks.ts";

/**
 * A stand-in for Resend's HTTP API (https://resend.com/docs/api-reference): POST /emails with an
 * Idempotency-Key that is remembered for 24 h, the documented errors, and a page of its own, /__mailbox,
 * which shows what was taken; /__taken names it without what is in it. Each answer announces the rate, and requests above it are refused
 * (https://resend.com/docs/api-reference/rate-limit); /__rate shows the most that came in one second, and takes another limit. /__faults makes the next requests fail as the provider documents it. What became of a
 * mail is reported by signed webhooks; /__events shows them, and GET /emails/:id answers with the last. /__inbound takes a mail that
 * somebody sends to a receiving domain.
 */
type Env = {
  MAILBOX: DurableObjectNamespace<Mailbox>;
  RESEND_WEBHOOK_SECRET: string;
  /** Where webhooks go. Without it they stay in /__events. */
  DELIVER_TO?: string;
};
type Sent = {
  from?: unknown;
  to?: unknown;
  subject?: unknown;
  html?: unknown;
  text?: unknown;
  attachments?: unknown;
  tags?: unknown;
  headers?: unknown;
  reply_to?: unknown;
};
type Inbound = {
  from: string;
  to: string;
  subject: string;
  text?: string | null;
  html?: string | null;
  headers?: Record<string, string>;
  attachments?: string[];
};
type Event = { id: string; recipient: string; body: string; attempts: number };
type Attached = { mail: string; filename: string; content: string };
type Row = { id: string; recipient: string; subject: string; text: string; html: string; at: number };

/** When a report that wasn't taken is sent again, as Resend documents it. */
const RETRY_AFTER_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
/** Longer than any sender waits. */
const HANGS_MS = 30_000;
const KEPT_MS = 24 * 3_600_000;
/** Of all attachments of a mail together, once they are base64. */
const MOST_ATTACHED = 40 * 1_048_576;
const fault = (statusCode: number, name: string, message: string, headers: HeadersInit = {}) =>
  Response.json({ statusCode, name, message }, { status: statusCode, headers });

export class Mailbox extends DurableObject<Env> {
  /** When each request of the last second came. */
  #recent: number[] = [];
  /** Requests a second, so high that only tests of the rate meet it; and the most that came. On disk: an idle object is put away. */
  #rate = this.ctx.storage.kv.get<{ limit: number; most: number }>("rate") ?? { limit: 500, most: 0 };

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      create table if not exists mails (id text primary key, recipient text not null, subject text not null, text text not null, html text not null, at integer not null);
      create table if not exists keys (key text primary key, body text not null, id text not null, at integer not null);
      create table if not exists headers (mail text primary key, json text not null);
      create table if not exists attachments (mail text not null, filename text not null, content text not null);
      create table if not exists events (id text primary key, recipient text not null, body text not null, attempts integer not null, due integer);
      create table if not exists received (id text primary key, json text not null);
      create table if not exists faults (n integer primary key autoincrement, kind text not null);
    `);
  }

  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { sql } = this.ctx.storage;
    if (url.pathname === "/__mailbox") {
      const to = url.searchParams.get("to");
      const rows = sql
        .exec<Row & { key: string | null }>(
          "select mails.*, (select group_concat(key) from keys where keys.id = mails.id) as key from mails where ?1 = '' or recipient = ?1 order by at desc, mails.rowid desc limit 200",
          to ?? "",
        )
        .toArray();
      const attached = (id: string) => sql.exec<Attached>("select * from attachments where mail = ? order by rowid", id).toArray();
      const headersOf = (id: string) => JSON.parse(sql.exec<{ json: string }>("select json from headers where mail = ?", id).toArray()[0]?.json ?? "{}");
      return Response.json(
        rows.map(({ id, key, recipient, subject, text, html, at }) => ({
          id,
          key,
          to: recipient,
          subject,
          text,
          html,
          sentAt: new Date(at).toISOString(),
          headers: headersOf(id),
          attachments: attached(id).map(({ filename, content }) => ({ filename, content })),
        })),
      );
    }
    if (url.pathname === "/__taken") {
      const after = Number(url.searchParams.get("after"));
      return Response.json(sql.exec("select rowid as n, id, recipient as 'to' from mails where rowid > ? order by rowid", after).toArray());
    }
    if (url.pathname === "/__events") {
      const rows = sql.exec<Event>("select id, recipient, body, attempts from events where recipient = ? order by rowid", url.searchParams.get("to")).toArray();
      return Response.json(await Promise.all(rows.map(({ id, body }) => signed(this.env.RESEND_WEBHOOK_SECRET, id, body, Date.now()))));
    }
    if (url.pathname === "/__faults" && request.method === "POST") {
      for (const kind of (await request.json()) as string[]) sql.exec("insert into faults (kind) values (?)", kind);
      return Response.json({ ok: true });
    }
    if (url.pathname === "/__inbound" && request.method === "POST") return Response.json(await this.#receive((await request.json()) as Inbound));
    if (url.pathname === "/__rate") {
      if (request.method === "POST") this.#keepRate({ limit: Number(await request.text()), most: 0 });
      return Response.json(this.#rate);
    }
    const answer = await this.#answer(request, url);
    answer.headers.set("ratelimit-limit", String(this.#rate.limit));
    answer.headers.set("ratelimit-remaining", String(Math.max(0, this.#rate.limit - this.#recent.length)));
    answer.headers.set("ratelimit-reset", "1");
    return answer;
  }

  /** Whether this request is within the rate; all are counted. */
  #isInTime(): boolean {
    const now = Date.now();
    this.#recent = [...this.#recent.filter((at) => at > now - 1_000), now];
    if (this.#recent.length > this.#rate.most) this.#keepRate({ ...this.#rate, most: this.#recent.length });
    return this.#recent.length <= this.#rate.limit;
  }

  #keepRate(rate: { limit: number; most: number }): void {
    this.#rate = rate;
    this.ctx.storage.kv.put("rate", rate);
  }

  async #answer(request: Request, url: URL): Promise<Response> {
    const { sql } = this.ctx.storage;
    const tooMany = () =>
      fault(429, "rate_limit_exceeded", `Too many requests. You can only make ${this.#rate.limit} requests per second.`, { "retry-after": "1" });
    const [, asked, inbound] = /^\/emails\/(?:(?!receiving\/)([\w@.+-]+)|receiving\/([\w-]+))$/.exec(url.pathname) ?? [];
    if (!(url.pathname === "/emails" && request.method === "POST") && !((asked || inbound) && request.method === "GET"))
      return fault(404, "not_found", "The requested endpoint does not exist.");
    if (!/^Bearer re_\w+$/.test(request.headers.get("Authorization") ?? ""))
      return fault(401, "missing_api_key", "Missing API key in the authorization header.");
    // Read first: a body that nobody reads is an error of its own in workerd.
    const body = await request.text();
    if (!this.#isInTime()) return tooMany();
    const [next] = sql.exec<{ n: number; kind: string }>("select * from faults order by n limit 1").toArray();
    if (next) sql.exec("delete from faults where n = ?", next.n);
    if (next?.kind === "429") return tooMany();
    if (next?.kind === "500") return fault(500, "application_error", "An unexpected error occurred.");
    if (asked) return this.#found(asked);
    if (inbound) return this.#received(inbound);
    const answer = this.take(request, body);
    if (this.env.DELIVER_TO !== undefined) await this.ctx.storage.setAlarm(Date.now());
    // The documented worst case of at-least-once: it was taken, and the answer is lost, ends in the middle, or comes too late for anybody.
    if (next?.kind === "lost") return fault(500, "application_error", "The connection was lost.");
    if (next?.kind === "dropped") return new Response('{"id":"', { headers: { "Content-Type": "application/json" } });
    if (next?.kind === "hangs") await scheduler.wait(HANGS_MS);
    return answer;
  }

  /** A mail that somebody sends to a receiving domain: kept, and reported by a signed webhook without its body. */
  async #receive({ from, to, subject, text = null, html = null, headers = {}, attachments = [] }: Inbound) {
    const { sql } = this.ctx.storage;
    const [id, now] = [crypto.randomUUID(), Date.now()];
    const files = attachments.map((filename) => ({
      id: crypto.randomUUID(),
      filename,
      content_type: "application/octet-stream",
      content_id: null,
      content_disposition: "attachment",
    }));
    const facts = { from, to: [to], subject, message_id: `<${id}@people.test>`, bcc: [], cc: [], created_at: new Date(now).toISOString() };
    const mail = { object: "email", id, ...facts, reply_to: [], html, text, headers, attachments: files };
    sql.exec("insert into received values (?, ?)", id, JSON.stringify(mail));
    const body = JSON.stringify({ type: "email.received", created_at: facts.created_at, data: { email_id: id, ...facts, attachments: files } });
    const event = `msg_${crypto.randomUUID()}`;
    sql.exec("insert into events values (?, ?, ?, 0, ?)", event, to, body, now);
    if (this.env.DELIVER_TO !== undefined) await this.ctx.storage.setAlarm(now);
    return { id, report: await signed(this.env.RESEND_WEBHOOK_SECRET, event, body, now) };
  }

  /** (https://resend.com/docs/api-reference/emails/retrieve-received-email) */
  #received(id: string): Response {
    const [row] = this.ctx.storage.sql.exec<{ json: string }>("select json from received where id = ?", id).toArray();
    return row ? new Response(row.json, { headers: { "Content-Type": "application/json" } }) : fault(404, "not_found", "Email not found");
  }

  /** A mail with what became of it last (https://resend.com/docs/api-reference/emails/retrieve-email). */
  #found(id: string): Response {
    const { sql } = this.ctx.storage;
    const [mail] = sql.exec<Row>("select * from mails where id = ?", id).toArray();
    const [last] = sql
      .exec<{ body: string }>("select body from events where json_extract(body, '$.data.email_id') = ? order by rowid desc limit 1", id)
      .toArray();
    if (!mail || !last) return fault(404, "not_found", "Email not found");
    const { type, data } = JSON.parse(last.body) as { type: string; data: { from: string; message_id: string } };
    return Response.json({
      object: "email",
      id,
      message_id: data.message_id,
      to: [mail.recipient],
      from: data.from,
      created_at: new Date(mail.at).toISOString().replace("T", " ").replace("Z", "000+00"),
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      bcc: [],
      cc: [],
      reply_to: [],
      last_event: type.replace("email.", ""),
    });
  }

  /** Brings reports that are due; what isn't taken is due again later. */
  override async alarm(): Promise<void> {
    const { sql } = this.ctx.storage;
    const deliverTo = this.env.DELIVER_TO;
    if (deliverTo === undefined) return;
    const due = sql.exec<Event>("select id, recipient, body, attempts from events where due <= ? order by due, rowid limit 100", Date.now()).toArray();
    for (const { id, body, attempts } of due) {
      const { headers } = await signed(this.env.RESEND_WEBHOOK_SECRET, id, body, Date.now());
      const taken = await fetch(deliverTo, { method: "POST", headers, body, redirect: "manual" }).then(
        async (response) => {
          await response.body?.cancel();
          return response.ok;
        },
        () => false,
      );
      const again = RETRY_AFTER_S[attempts];
      const next = taken || again === undefined ? null : Date.now() + again * 1_000;
      sql.exec("update events set attempts = attempts + 1, due = ? where id = ?", next, id);
    }
    const [next] = sql.exec<{ due: number | null }>("select min(due) as due from events").toArray();
    if (next?.due != null) await this.ctx.storage.setAlarm(next.due);
  }

  private take(request: Request, body: string): Response {
    const { sql } = this.ctx.storage;
    const key = request.headers.get("Idempotency-Key");
    const now = Date.now();
    if (key !== null && (key.length < 1 || key.length > 256)) return fault(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    sql.exec("delete from keys where at < ?", now - KEPT_MS);
    const [known] = key === null ? [] : sql.exec<{ body: string; id: string }>("select body, id from keys where key = ?", key).toArray();
    if (known)
      return known.body === body
        ? Response.json({ id: known.id })
        : fault(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");
    let mail: Sent;
    try {
      mail = JSON.parse(body) as Sent;
    } catch {
      return fault(400, "validation_error", "The request body is not JSON.");
    }
    const recipients = (Array.isArray(mail.to) ? mail.to : [mail.to]).map(String);
    if (!mail.from || !mail.to || !mail.subject) return fault(422, "missing_required_field", "Missing `from`, `to` or `subject` field.");
    if (recipients.some((to) => !/^[^\s@]+@[^\s@]+$/.test(to))) return fault(422, "validation_error", "Invalid `to` field.");
    if (!areTags(mail.tags)) return fault(422, "validation_error", "Tags should only contain ASCII letters, numbers, underscores, or dashes.");
    const attachments = attachmentsIn(mail.attachments);
    if (!attachments) return fault(422, "invalid_attachment", "Attachment must have either a `content` or `path`.");
    if (attachments.reduce((sum, { content }) => sum + content.length, 0) > MOST_ATTACHED)
      return fault(422, "invalid_attachment", "Attachments are over 40MB after Base64 encoding.");
    const id = crypto.randomUUID();
    for (const to of recipients) {
      const one = recipients.length > 1 ? `${id}-${to}` : id;
      sql.exec("insert into mails values (?, ?, ?, ?, ?, ?)", one, to, String(mail.subject), String(mail.text ?? ""), String(mail.html ?? ""), now);
      const facts = { id: one, from: String(mail.from), to, subject: String(mail.subject), tags: mail.tags as Tags, at: now };
      for (const event of reportsOf(facts, fateOf(to))) {
        sql.exec("insert into events values (?, ?, ?, 0, ?)", `msg_${crypto.randomUUID()}`, to, JSON.stringify(event), now);
      }
      sql.exec("insert into headers values (?, ?)", one, JSON.stringify({ ...(mail.headers ?? {}), ...(mail.reply_to ? { "Reply-To": mail.reply_to } : {}) }));
      for (const { filename, content } of attachments) sql.exec("insert into attachments values (?, ?, ?)", one, filename, content);
    }
    if (key !== null) sql.exec("insert into keys values (?, ?, ?, ?)", key, body, id, now);
    return Response.json({ id });
  }
}

/** Files in the body itself, as base64; null where one is not. Those that Resend would fetch from elsewhere our app never sends. */
function attachmentsIn(given: unknown): { filename: string; content: string }[] | null {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return null;
  const files = given.map((one: { filename?: unknown; content?: unknown }) => ({ filename: String(one?.filename ?? ""), content: one?.content }));
  const sound = files.filter((file): file is { filename: string; content: string } => typeof file.content === "string" && isBase64(file.content));
  return sound.length === files.length ? sound : null;
}

const isTag = (text: unknown): boolean => typeof text === "string" && /^[\w-]{1,256}$/.test(text);
const areTags = (given: unknown): boolean =>
  given === undefined || (Array.isArray(given) && given.every((one: { name?: unknown; value?: unknown }) => isTag(one?.name) && isTag(one?.value)));

const isBase64 = (text: string): boolean => text !== "" && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

export default {
  fetch: (request, env) => env.MAILBOX.getByName("mailbox").fetch(request),
} satisfies ExportedHandler<Env>;
