import * as esbuild from "esbuild";

/** A Worker in one module, for what runs beside the app: stand-ins, the seed, and in development the rooms. */
export async function bundleWorker(entry: string): Promise<{ code: string; inputs: string[] }> {
  const built = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
    target: "es2022",
    jsx: "automatic",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  return { code: built.outputFiles[0]?.text ?? "", inputs: Object.keys(built.metafile.inputs) };
}
