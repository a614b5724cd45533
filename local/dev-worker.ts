import path from "node:path";
import { createRequest, sendResponse } from "@remix-run/node-fetch-server";
import { type AppLoadContext, createRequestHandler } from "react-router";
import type { Plugin } from "vite";
import { type Bundle, type Rebundler, rebundler } from "./bundle.ts";
import type { AppCode, Runtime } from "./runtime.ts";

/** What pages do not need: rooms, trackers' addresses, queue and cron. In development they alone run in workerd. */
export const backgroundBundler = () => rebundler("workers/background.ts");
export const codeOf = ({ code }: Bundle): AppCode => ({ modules: [{ type: "ESModule", path: "background.js", contents: code }], assets: false });

type WaitUntil = { waitUntil(work: Promise<unknown>): void };
type ContextModule = { contextOf(env: Env, execution: WaitUntil): AppLoadContext };

/**
 * Vite serves the pages from Node, with hot reload; their databases and rooms are the runtime's. What is
 * bundled for workerd is bundled again when one of its files changes, and pages wait until it is back.
 */
export function devWorker(runtime: Runtime, bundler: Rebundler, first: Bundle): Plugin {
  let running = first;
  let ready = Promise.resolve();
  let env: Promise<Env> = runtime.bindings();
  let changed = new Set<string>();
  return {
    name: "baytrack-dev",
    apply: "serve",
    // Before React Router, whose own handler knows no bindings.
    enforce: "pre",
    config: () => ({
      server: { proxy: Object.fromEntries(["/parties", "/api/telematics", "/uploads"].map((under) => [under, { target: runtime.url, ws: true }])) },
    }),
    configureServer(vite) {
      const { logger } = vite.config;
      const reload = async () => {
        const files = changed;
        changed = new Set();
        const startedAt = performance.now();
        try {
          const next = await bundler.bundle();
          const same = next.code === running.code;
          running = next;
          if (same) return;
          await runtime.replace(codeOf(next));
          env = runtime.bindings();
          logger.info(`rooms and jobs reloaded in ${Math.round(performance.now() - startedAt)} ms`, { timestamp: true });
          // A page's own modules are exchanged hot; of a room's the browser knows nothing.
          const app = path.resolve("app");
          if ([...files].some((file) => !file.startsWith(app))) vite.ws.send({ type: "full-reload" });
        } catch (cause) {
          logger.error(`The rooms keep their last code: ${cause instanceof Error ? cause.message : cause}`, { timestamp: true });
        }
      };
      vite.watcher.on("change", (file) => {
        if (!running.inputs.includes(path.relative(process.cwd(), file))) return;
        // Editors write several files at once; they are one change.
        if (changed.size === 0) ready = ready.then(() => new Promise((settled) => setTimeout(settled, 20))).then(reload);
        changed.add(file);
      });
      return () => {
        vite.middlewares.use(async (request, response, next) => {
          try {
            await ready;
            const { contextOf } = (await vite.ssrLoadModule("/workers/context.ts")) as ContextModule;
            const build = await vite.ssrLoadModule("virtual:react-router/server-build");
            const context = contextOf(await env, { waitUntil: (work) => void work.catch((cause) => logger.error(String(cause))) });
            const answer = await createRequestHandler(build as never, "development")(createRequest(request, response), context);
            await sendResponse(response, withVitesOwnNeeds(answer));
          } catch (cause) {
            if (cause instanceof Error) vite.ssrFixStacktrace(cause);
            next(cause);
          }
        });
      };
    },
  };
}

/** Vite puts styles into the page by script and keeps a socket of its own: more than a page of ours may do. */
function withVitesOwnNeeds(answer: Response): Response {
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) {
    const own = policy.replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'").replace(/connect-src [^;]*/, "connect-src 'self' ws:");
    answer.headers.set("Content-Security-Policy", own);
  }
  return answer;
}
