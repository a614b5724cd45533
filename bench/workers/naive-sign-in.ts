import { DurableObject } from "cloudflare:workers";
import { scryptSync } from "node:crypto";

type Env = { NaiveSignIn: DurableObjectNamespace<NaiveSignIn> };

/** The control: it does for an address that it knows what it does not do for others, and only then answers. Whoever measures must see it. */
export class NaiveSignIn extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("create table if not exists links (id integer primary key, email text not null)");
  }

  async ask(email: string): Promise<void> {
    if (!isKnown(email)) return;
    this.ctx.storage.sql.exec("insert into links (email) values (?)", email);
    await this.ctx.storage.sync();
  }
}

/** As bench/parts/people.ts makes its addresses. */
const isKnown = (email: string): boolean => /[02468]@/.test(email);

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default {
  async fetch(request, env) {
    const form = new URLSearchParams(await request.text());
    const email = form.get("email") ?? "";
    if (new URL(request.url).pathname === "/login") {
      if (isKnown(email)) scryptSync(form.get("password") ?? "", "salt", 32);
      return new Response("no", { status: 401 });
    }
    await env.NaiveSignIn.getByName("bench").ask(email);
    return new Response(null, { status: 302, headers: { Location: "/asked" } });
  },
} satisfies ExportedHandler<Env>;
