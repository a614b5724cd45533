import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { buildApp } from "../../local/build.ts";
import { freePort, type Runtime, startRuntime } from "../../local/runtime.ts";
import { demo } from "../../local/settings.ts";

/** What only some requests need: printing with what comes with it, and Square. */
const LAZY = /pdf-lib|fontkit|render-pdf|text-renderer|pagination|build\/square/;

/** In front of the app: answers which of the bundle's lazy modules have been evaluated so far. */
const wrapper = `
import app from "./app.js";
export * from "./app.js";
export default {
  ...app,
  fetch(request, env, execution) {
    if (new URL(request.url).pathname === "/__evaluated") return Response.json(globalThis.__evaluated ?? []);
    return app.fetch(request, env, execution);
  },
};`;

let runtime: Runtime;
let dataDir: string;

beforeAll(async () => {
  const { modules } = buildApp({ development: true, report: () => {} });
  const [app] = modules;
  if (!app) throw new Error("the build left no Worker");
  // The bundler's own helper: each module that is imported on demand is run through it once.
  const helper = /var __esm = \((\w+), \w+, \w+\) => function __init\(\) \{/;
  expect(helper.test(app.contents)).toBe(true);
  const recorded = app.contents.replace(
    helper,
    (found, fn) => `${found} if (${fn}) (globalThis.__evaluated ??= []).push(Object.getOwnPropertyNames(${fn})[0]);`,
  );
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-start-up-"));
  runtime = await startRuntime({
    port: await freePort(),
    dataDir,
    app: {
      modules: [
        { type: "ESModule", path: "entry.mjs", contents: wrapper },
        { ...app, contents: recorded },
      ],
      assets: true,
    },
  });
});
afterAll(async () => {
  await runtime?.stop();
  if (dataDir) fs.rmSync(dataDir, { recursive: true, force: true });
});

const evaluated = async (): Promise<string[]> => (await fetch(`${runtime.url}/__evaluated`)).json() as Promise<string[]>; // the wrapper's answer

test("a health check evaluates nothing of what prints documents or calls Square; it is in the bundle all the same", async () => {
  expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${runtime.url}/login`)).status).toBe(200);
  expect((await evaluated()).filter((module) => LAZY.test(module))).toEqual([]);
  const bundle = fs.readFileSync("build/worker/app.js", "utf8");
  expect([/"[^"]*pdf-lib[^"]*"\(\) \{/, /"[^"]*build\/square[^"]*"\(\) \{/].map((lazy) => lazy.test(bundle))).toEqual([true, true]);
});

/** Opens a room's socket as a browser would, and returns the extensions that were agreed on once its first message came. */
async function agreedExtensions(base: string, room: string, cookie: string): Promise<string> {
  const socket = new WebSocket(`${base.replace("http", "ws")}${room}`, { headers: { Cookie: cookie }, perMessageDeflate: true });
  await new Promise<void>((resolve, reject) => socket.once("message", () => resolve()).once("error", reject));
  const { extensions } = socket;
  socket.terminate();
  return extensions;
}

test("a socket whose client offers compression gets none, on the public and on the direct port", async () => {
  await runtime.seed();
  const { DIRECTORY } = await runtime.bindings();
  const shop = await DIRECTORY.prepare("select id from organizations where slug = 'harbor'").first<{ id: string }>();
  const signedIn = await fetch(`${runtime.directUrl}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: runtime.directUrl },
    body: new URLSearchParams({ email: "owner@harbor.test", password: demo.password }),
  });
  const cookie = signedIn.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  const rooms = ["fleet-room", "board-room"].map((room) => `/parties/${room}/${shop?.id}?as=staff`);
  const agreed = await Promise.all([runtime.url, runtime.directUrl].flatMap((base) => rooms.map((room) => agreedExtensions(base, room, cookie))));
  expect(agreed).toEqual(["", "", "", ""]);
});
