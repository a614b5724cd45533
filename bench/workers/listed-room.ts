import { DurableObject } from "cloudflare:workers";

type Env = { ListedRoom: DurableObjectNamespace<ListedRoom> };

/** The control: it lists its sockets in memory, so those that outlive a nap hear nothing more. */
export class ListedRoom extends DurableObject<Env> {
  private readonly listed = new Set<WebSocket>();

  override async fetch(): Promise<Response> {
    const [client, server] = Object.values(new WebSocketPair()) as [WebSocket, WebSocket];
    this.ctx.acceptWebSocket(server);
    this.listed.add(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  async sendToAll(text: string): Promise<void> {
    for (const socket of this.listed) socket.send(text);
  }
}

// biome-ignore lint/style/noDefaultExport: a Worker is its default export
export default {
  async fetch(request, env) {
    const room = env.ListedRoom.getByName("bench");
    if (request.method !== "POST") return room.fetch(request);
    await room.sendToAll(await request.text());
    return new Response("OK\n");
  },
} satisfies ExportedHandler<Env>;
