import { DurableObject } from "cloudflare:workers";

type Env = { NaiveApp: DurableObjectNamespace<NaiveApp> };

/** Requests of one shop's portals that are taken together, whoever sends them. */
const MAILS_OF_A_SHOP = 100;

/**
 * The control of the campaign `abuse`: it answers the same addresses as the app does and checks what a first version
 * checks, so every attack must get through.
 */
export class NaiveApp extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("create table if not exists journal (id integer primary key, what text not null)");
    ctx.storage.sql.exec("create table if not exists files (id text primary key, name text not null)");
    ctx.storage.sql.exec("create table if not exists mails (id integer primary key)");
    ctx.storage.sql.exec("create table if not exists requests (id integer primary key)");
  }

  override async fetch(request: Request): Promise<Response> {
    const { sql } = this.ctx.storage;
    const url = new URL(request.url);
    if (request.headers.get("Upgrade") === "websocket") {
      const pair = new WebSocketPair();
      this.ctx.acceptWebSocket(pair[1]);
      return new Response(null, { status: 101, webSocket: pair[0] });
    }
    const path = decodeURIComponent(url.pathname);
    if (path === "/settings/journal.csv")
      return new Response(
        sql
          .exec<{ what: string }>("select what from journal")
          .toArray()
          .map(({ what }) => what)
          .join("\n"),
      );
    const [, fileId] = /^\/files\/(att_\w+)$/.exec(path) ?? [];
    if (fileId) {
      const [file] = sql.exec<{ name: string }>("select name from files where id = ?", fileId).toArray();
      return new Response("", { headers: { "Content-Disposition": `attachment; filename="${file?.name}"` } });
    }
    if (path === "/dev/mailbox.json") return Response.json(sql.exec("select id from mails").toArray());
    if (request.method === "GET") return new Response("ok");
    const text = (await request.text()).normalize("NFKC");
    if (path === "/files/new") {
      const [, id = ""] = /(att_\w+)/.exec(text) ?? [];
      const [, name = ""] = /filename="([^"]+)"/.exec(text) ?? [];
      sql.exec("insert into files values (?, ?)", id, name);
      return new Response(null, { status: 303, headers: { Location: "/" } });
    }
    const form = new URLSearchParams(text);
    if (form.get("step") === "ask") {
      sql.exec("insert into mails default values");
      return new Response(null, { status: 302, headers: { Location: "/asked" } });
    }
    if (path === "/login" || path === "/portal/sign-in") {
      sql.exec("insert into journal (what) values ('Sign-in refused')");
      return new Response("no", { status: 401 });
    }
    if (path.endsWith("/request")) {
      if (form.get("complaint") === "Mine now") return new Response(null, { status: 302, headers: { Location: "/" } });
      sql.exec("insert into requests default values");
      const [{ count = 0 } = {}] = sql.exec<{ count: number }>("select count(*) as count from requests").toArray();
      return new Response(null, count > MAILS_OF_A_SHOP ? { status: 429 } : { status: 302, headers: { Location: "/" } });
    }
    const cents = BigInt(Math.round(Number(form.get("amount") ?? 1) * 100));
    return new Response(String(cents), { status: 302, headers: { Location: "/" } });
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default { fetch: (request, env) => env.NaiveApp.getByName("bench").fetch(request) } satisfies ExportedHandler<Env>;
