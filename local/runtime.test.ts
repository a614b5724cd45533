import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePort, freePorts, startRuntime } from "./runtime.ts";

const app = {
  modules: [
    {
      type: "ESModule" as const,
      path: "worker.mjs",
      contents: `import { DurableObject } from "cloudflare:workers";
        export class FleetRoom extends DurableObject {}
        export class BoardRoom extends DurableObject {}
        export class MailPacer extends DurableObject {}
        export default { fetch: () => new Response("served") };`,
    },
  ],
  assets: false,
};

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-runtime-"));
const listening: net.Server[] = [];
afterEach(() => {
  for (const server of listening.splice(0)) server.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function taken(): Promise<number> {
  const port = await freePort();
  const server = net.createServer();
  listening.push(server);
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(null)));
  return port;
}

test("a port that somebody took meanwhile is left to them, and another one chosen", async () => {
  const busy = await taken();
  let choices = 0;
  const runtime = await startRuntime({ port: await freePort(), dataDir, app }, async () => {
    const ports = await freePorts();
    if (choices++ === 0) ports[1] = busy;
    return ports;
  });
  const answer = await fetch(runtime.directUrl);
  expect({ choices, text: await answer.text() }).toEqual({ choices: 2, text: "served" });
  await runtime.stop();
});
