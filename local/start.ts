import { buildApp } from "./build.ts";
import { startRuntime } from "./runtime.ts";
import { serve } from "./serve.ts";

await serve(async ({ port, dataDir, https, report }) => {
  const { modules } = buildApp({ development: true, report });
  report("Starting the runtime and its databases");
  const runtime = await startRuntime({ port, dataDir, https, app: { modules, assets: true } });
  return { ...runtime, trackerUrl: https ? runtime.directUrl : runtime.url };
});
