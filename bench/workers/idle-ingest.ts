import { DurableObject } from "cloudflare:workers";

type Env = { IdleIngest: DurableObjectNamespace<IdleIngest> };

/** Takes readings as the app's room does, and stores nothing. */
export class IdleIngest extends DurableObject<Env> {
  async ingest(readings: readonly unknown[]): Promise<number> {
    return readings.length;
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default {
  async fetch(request, env) {
    const { readings } = (await request.json()) as { readings: unknown[] };
    return Response.json({ accepted: await env.IdleIngest.getByName("bench").ingest(readings) });
  },
} satisfies ExportedHandler<Env>;
