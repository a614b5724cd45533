import { routePartykitRequest, Server } from "partyserver";

type Env = { BareRoom: DurableObjectNamespace<BareRoom> };

/** A room as the library's own pages show it: hibernating sockets, and what comes in goes to all. Nobody is asked who they are, nothing is kept. */
export class BareRoom extends Server {
  static override options = { hibernate: true };

  async sendToAll(message: string | ArrayBuffer): Promise<void> {
    this.broadcast(message);
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default {
  async fetch(request, env) {
    if (request.method === "POST") {
      await env.BareRoom.getByName("bench").sendToAll(request.headers.get("X-Format") === "binary" ? await request.arrayBuffer() : await request.text());
      return new Response("OK\n");
    }
    return (await routePartykitRequest(request, env as never)) ?? new Response("Not found", { status: 404 });
  },
} satisfies ExportedHandler<Env>;
