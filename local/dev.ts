import { createServer } from "vite";
import { backgroundBundler, codeOf, devWorker } from "./dev-worker.ts";
import { freePort, startRuntime } from "./runtime.ts";
import { serve } from "./serve.ts";

process.env.BAYTRACK_DEV_ROUTES = "1";

await serve(async ({ port, dataDir, report }) => {
  report("Starting the rooms and their databases");
  const bundler = await backgroundBundler();
  const background = await bundler.bundle();
  const runtime = await startRuntime({ port: await freePort(), publicPort: port, dataDir, app: codeOf(background) });
  report("Starting the pages");
  const vite = await createServer({ server: { host: "127.0.0.1", port, strictPort: true }, plugins: [devWorker(runtime, bundler, background)] });
  await vite.listen();
  return {
    ...runtime,
    url: `http://localhost:${port}`,
    trackerUrl: runtime.url,
    async stop() {
      await vite.close();
      await bundler.stop();
      await runtime.stop();
    },
  };
});
