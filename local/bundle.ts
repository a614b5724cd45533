import * as esbuild from "esbuild";
import { shrunkPackage } from "./shrunk-package.ts";

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
    alias: { square: shrunkPackage("square-sdk") },
    conditions: ["workerd", "worker", "browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  }) satisfies esbuild.BuildOptions;

type Built = esbuild.BuildResult<ReturnType<typeof optionsFor>>;
const bundleOf = ({ outputFiles, metafile }: Built): Bundle => ({ code: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs) });

/** A Worker in one module, for what runs beside the app: stand-ins, the seed, and in development the rooms. */
export async function bundleWorker(entry: string): Promise<Bundle> {
  // The runtime copies its modules many times before it starts, so they are kept small.
  return bundleOf(await esbuild.build({ ...optionsFor(entry), minifyWhitespace: true }));
}

export type Rebundler = { bundle(): Promise<Bundle>; stop(): Promise<void> };

/** The same, again and again: what has not changed is not read again. */
export async function rebundler(entry: string): Promise<Rebundler> {
  const context = await esbuild.context(optionsFor(entry));
  return { bundle: async () => bundleOf(await context.rebuild()), stop: () => context.dispose() };
}
