import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { bundleWorker } from "../../local/bundle.ts";
import { freePort } from "../../local/runtime.ts";

export type WorkerOptions = { entry: string; room: string; dataDir: string };
type Running = { url: string; hibernate(): Promise<void>; stop(): Promise<void> };

/** A reference: one Worker with one kind of room, in a workerd of its own, reached without a proxy. */
export async function startWorker({ entry, room, dataDir }: WorkerOptions): Promise<Running> {
  const port = await freePort();
  const { code } = await bundleWorker(entry);
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      resourcePersistencePath: path.resolve(dataDir, `state-${room}`),
      logRequests: false,
      workers: [
        {
          name: "reference",
          compatibilityDate: "2026-07-01",
          compatibilityFlags: ["nodejs_compat"],
          modules: [{ type: "ESModule", path: "worker.mjs", contents: code }],
          durableObjects: { [room]: { className: room, useSQLite: true } },
          unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        },
      ],
    } as never), // as in local/runtime.ts: the option types of two Miniflare generations do not meet
  );
  await mf.ready;
  return {
    url: `http://127.0.0.1:${port}`,
    hibernate: () => mf.unsafeEvictDurableObject("reference", room, { name: "bench", webSockets: "hibernate" }),
    stop: () => mf.dispose(),
  };
}
