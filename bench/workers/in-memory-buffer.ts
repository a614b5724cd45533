import { DurableObject } from "cloudflare:workers";

type Env = { Forgetful: DurableObjectNamespace<Forgetful> };
type Point = { deviceId: string; recordedAt: number };

const FLUSH_EVERY = 2_000;

/** The control: it answers at once, gathers in memory and writes every two seconds. A kill must cost it readings. */
export class Forgetful extends DurableObject<Env> {
  private pending: Point[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("create table if not exists batches (id integer primary key, data text not null)");
  }

  async ingest(readings: readonly Point[]): Promise<number> {
    for (const { deviceId, recordedAt } of readings) this.pending.push({ deviceId, recordedAt });
    this.timer ??= setTimeout(() => this.flush(), FLUSH_EVERY);
    return readings.length;
  }

  async kept(): Promise<string[]> {
    this.flush();
    const rows = this.ctx.storage.sql.exec<{ data: string }>("select data from batches").toArray();
    return rows.flatMap(({ data }) => (JSON.parse(data) as Point[]).map(({ deviceId, recordedAt }) => `${deviceId} ${recordedAt}`)); // written by flush alone
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.pending.length > 0) this.ctx.storage.sql.exec("insert into batches (data) values (?)", JSON.stringify(this.pending));
    this.pending = [];
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default {
  async fetch(request, env) {
    const room = env.Forgetful.getByName("bench");
    if (request.method !== "POST") return Response.json(await room.kept());
    const { readings } = (await request.json()) as { readings: Point[] };
    return Response.json({ accepted: await room.ingest(readings) });
  },
} satisfies ExportedHandler<Env>;
