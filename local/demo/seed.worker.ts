import { seedDemo } from "./seed";

type Env = { DIRECTORY: D1Database; TENANTS: D1Database; FILES: R2Bucket; PUBLIC_PORT: string };

/** The launcher calls this beside the app, with the app's own databases. */
export default {
  async fetch(request, env) {
    if (request.method !== "POST") return new Response("POST seeds", { status: 405 });
    try {
      return new Response(await seedDemo(env, env.PUBLIC_PORT));
    } catch (cause) {
      return new Response(cause instanceof Error ? `${cause.message}\n${cause.stack}` : String(cause), { status: 500 });
    }
  },
} satisfies ExportedHandler<Env>;
