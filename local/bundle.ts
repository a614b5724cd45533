import * as esbuild from "esbuild";

export type Bundle = { code: string; inputs: string[] };

const optionsFor = (entry: string) =>
  ({
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
  }) satisfies esbuild.BuildOptions;

type Built = esbuild.BuildResult<ReturnType<typeof optionsFor>>;
const bundleOf = ({ outputFiles, metafile }: Built): Bundle => ({ code: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs) });

/** A Worker in one module, for what runs beside the app: stand-ins, the seed, and in development the rooms. */
export async function bundleWorker(entry: string): Promise<Bundle> {
  return bundleOf(await esbuild.build(optionsFor(entry)));
}

export type Rebundler = { bundle(): Promise<Bundle>; stop(): Promise<void> };

/** The same, again and again: what has not changed is not read again. */
export async function rebundler(entry: string): Promise<Rebundler> {
  const context = await esbuild.context(optionsFor(entry));
  return { bundle: async () => bundleOf(await context.rebuild()), stop: () => context.dispose() };
}
