import http from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { serveParent } from "./processes.ts";

export type RelayReady = { url: string };

/** The plainest thing that does the job: what is posted goes to every open socket, as it came. */
const server = http.createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts);
    const binary = request.headers["x-format"] === "binary";
    for (const client of sockets.clients) client.send(body, { binary });
    response.end("OK\n");
  });
});
// Connections rest while the other targets have their turn.
server.keepAliveTimeout = 600_000;
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
serveParent({}, async () => {
  server.closeAllConnections();
})({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } satisfies RelayReady);
