import { DurableObject } from "cloudflare:workers";
import { newReceiverKeys, openMessage, type ReceiverKeys } from "./push/receiver.ts";
import { vapidProblem } from "./push/vapid.ts";

/**
 * A stand-in for a browser's push service (RFC 8030), with the browsers behind it: POST /__subscriptions makes one for a
 * server's key, its address takes messages, and /__received shows what the browser opened with its own key. It refuses what
 * push services refuse: tokens that are not right (RFC 8292), headers that are missing, and more than 4,096 bytes. /__faults
 * makes the next messages to an address fail: "404", "410", "413" for what is padded, "429:<seconds>", "500", "hang".
 */
type Env = { PUSH: DurableObjectNamespace<PushService> };
type Row = { id: string; key: string; keys: string; gone: number };

/** The origin of the addresses that it gives out; the app maps it to where the stand-in is. */
const ORIGIN = "https://push.baytrack.test";
const MOST_BYTES = 4_096;
const refuse = (status: number, what: string, headers: HeadersInit = {}) => new Response(`${what}\n`, { status, headers });

export class PushService extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      create table if not exists subscriptions (id text primary key, key text not null, keys text not null, gone integer not null default 0);
      create table if not exists messages (n integer primary key autoincrement, subscription text not null, topic text, json text not null);
      create table if not exists refusals (subscription text not null, what text not null);
      create table if not exists faults (n integer primary key autoincrement, subscription text not null, kind text not null);
    `);
  }

  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { sql } = this.ctx.storage;
    const id = url.pathname.split("/").at(-1) ?? "";
    if (url.pathname === "/__subscriptions" && request.method === "POST") return this.subscribe(await request.text());
    if (url.pathname.startsWith("/__received/"))
      return Response.json({
        messages: sql
          .exec<{ json: string }>("select json from messages where subscription = ? order by n", id)
          .toArray()
          .map(({ json }) => JSON.parse(json)),
        refusals: sql
          .exec<{ what: string }>("select what from refusals where subscription = ? order by rowid", id)
          .toArray()
          .map(({ what }) => what),
      });
    if (url.pathname.startsWith("/__faults/") && request.method === "POST") {
      for (const kind of (await request.json()) as string[]) sql.exec("insert into faults (subscription, kind) values (?, ?)", id, kind);
      return Response.json({ ok: true });
    }
    if (!url.pathname.startsWith("/push/") || request.method !== "POST") return refuse(404, "There is nothing here.");
    // Read first: a body that nobody reads is an error of its own in workerd.
    const body = new Uint8Array(await request.arrayBuffer());
    const answer = await this.take(request.headers, id, body);
    if (!answer.ok) sql.exec("insert into refusals values (?, ?)", id, `${answer.status} ${(await answer.clone().text()).trim()}`);
    return answer;
  }

  private async subscribe(key: string): Promise<Response> {
    const id = crypto.randomUUID();
    const keys = await newReceiverKeys();
    this.ctx.storage.sql.exec("insert into subscriptions (id, key, keys) values (?, ?, ?)", id, key, JSON.stringify(keys));
    return Response.json({ id, endpoint: `${ORIGIN}/push/${id}`, keys: { p256dh: keys.publicKey, auth: keys.auth } });
  }

  private async take(headers: Headers, id: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const { sql } = this.ctx.storage;
    const [subscription] = sql.exec<Row>("select * from subscriptions where id = ?", id).toArray();
    if (!subscription) return refuse(404, "No such subscription.");
    const [fault] = sql.exec<{ n: number; kind: string }>("select n, kind from faults where subscription = ? order by n limit 1", id).toArray();
    if (fault) {
      sql.exec("delete from faults where n = ?", fault.n);
      const [status = "", seconds] = fault.kind.split(":");
      if (status === "hang") await new Promise((resolve) => setTimeout(resolve, 20_000));
      if (status === "404" || status === "410") sql.exec("update subscriptions set gone = 1 where id = ?", id);
      return refuse(Number(status) || 503, "As asked for.", seconds ? { "Retry-After": seconds } : {});
    }
    if (subscription.gone) return refuse(410, "The subscription has ended.");
    const problem = await vapidProblem(headers.get("Authorization"), { origin: ORIGIN, key: subscription.key, now: Date.now() });
    if (problem) return refuse(problem.status, problem.what);
    const [ttl, urgency, topic] = [headers.get("TTL"), headers.get("Urgency"), headers.get("Topic")];
    if (ttl === null || !/^\d+$/.test(ttl)) return refuse(400, "No TTL.");
    if (urgency !== null && !/^(very-low|low|normal|high)$/.test(urgency)) return refuse(400, "No such urgency.");
    if (topic !== null && !/^[\w-]{1,32}$/.test(topic)) return refuse(400, "The topic is not 32 characters of base64url.");
    if (headers.get("Content-Encoding") !== "aes128gcm") return refuse(400, "Not encrypted as RFC 8291 has it.");
    if (body.length > MOST_BYTES) return refuse(413, "Too large.");
    const text = await openMessage(body, JSON.parse(subscription.keys) as ReceiverKeys).catch((cause) => String(cause)); // written by `subscribe`
    sql.exec(
      "insert into messages (subscription, topic, json) values (?, ?, ?)",
      id,
      topic,
      JSON.stringify({ text, ttl: Number(ttl), urgency, topic, bytes: body.length }),
    );
    return new Response(null, { status: 201, headers: { Location: `${ORIGIN}/message/${crypto.randomUUID()}` } });
  }
}

export default {
  fetch: (request, env) => env.PUSH.getByName("push").fetch(request),
} satisfies ExportedHandler<Env>;
