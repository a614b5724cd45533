import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

/** Each file becomes a script of the site's root. */
const SOURCES = ["app/service-worker/driver-sw.ts", "app/service-worker/staff-sw.ts"];
/** The route whose page the phone keeps, and its address. */
const [ROUTE, ADDRESS] = ["routes/driver/app/route", "/driver-portal"];

type Route = { parentId?: string; module: string; imports?: string[]; css?: string[] };
type Manifest = { url: string; entry: { module: string; imports: string[] }; routes: Record<string, Route> };

/** Bundles the service workers; the driver portal's with the list of what it keeps, as the pages' build left it. */
export function buildServiceWorkers(client: string): void {
  const files = filesOfApp(client, readManifest(client));
  // A file's name has its contents' hash; the page is named by the files that it loads.
  const page = createHash("sha256").update(files.join(" ")).digest("hex").slice(0, 16);
  const named = (file: string) =>
    createHash("sha256")
      .update(fs.readFileSync(path.join(client, file)))
      .digest("hex")
      .slice(0, 16);
  const kept = [
    { url: ADDRESS, revision: page },
    ...files.map((url) => ({ url, revision: null })),
    ...["/icon.svg", "/driver.webmanifest"].map((url) => ({ url, revision: named(url) })),
  ];
  esbuild.buildSync({
    entryPoints: SOURCES,
    outdir: client,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { "self.__PRECACHE": JSON.stringify(kept), "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
}

function readManifest(client: string): Manifest {
  const folder = path.join(client, "assets");
  const name = fs.readdirSync(folder).find((file) => /^manifest-.*\.js$/.test(file));
  if (!name) throw new Error("the build left no manifest");
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  return { ...(JSON.parse(text.replace(/^window\.__reactRouterManifest=/, "").replace(/;$/, "")) as Manifest), url: `/assets/${name}` };
}

function filesOfApp(client: string, { url, entry, routes }: Manifest): string[] {
  const chain: Route[] = [];
  for (let route = routes[ROUTE]; route; route = route.parentId === undefined ? undefined : routes[route.parentId]) chain.push(route);
  if (chain.length < 2) throw new Error(`the build has no ${ROUTE}`);
  const first = [url, entry.module, ...entry.imports, ...chain.flatMap(({ module, imports = [], css = [] }) => [module, ...imports, ...css])];
  return [...withLater(client, first)].sort();
}

/** These files and what they load later: without signal nothing can be loaded then. */
function withLater(client: string, files: readonly string[], known = new Set<string>()): Set<string> {
  for (const file of files) {
    if (known.has(file)) continue;
    known.add(file);
    if (!file.endsWith(".js") || /\/manifest-/.test(file)) continue;
    const text = fs.readFileSync(path.join(client, file), "utf8");
    const named = [...text.matchAll(/(?:import\(|from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, name]) => `/assets/${name}`);
    withLater(client, named, known);
  }
  return known;
}
