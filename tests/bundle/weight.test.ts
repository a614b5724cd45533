import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { buildApp } from "../../local/build.ts";

const CLIENT = "build/client";
/** Gzipped: 1.4 times what an empty page of the framework weighs; pages of the shop, which are open all day, may have more. */
const mostKb = (route: string): number => (route.startsWith("routes/staff/") ? 140 : 127);
/** The Worker as it is uploaded, gzipped; Cloudflare's limit is 10 MB. */
const MOST_UPLOAD = 2 * 1024 * 1024;
/** What every zod schema carries. */
const ZOD_MARK = "~standard";

beforeAll(() => {
  buildApp({ development: true, report: () => {} });
});

type Route = { id: string; parentId?: string; module: string; imports?: string[] };
type Manifest = { entry: { module: string; imports: string[] }; routes: Record<string, Route> };

/** What the build tells the browser: which files each page begins with. The map and what else is asked for later is not among them. */
function manifest(): Manifest {
  const folder = path.join(CLIENT, "assets");
  const file = fs.readdirSync(folder).find((name) => /^manifest-.*\.js$/.test(name));
  if (!file) throw new Error("the build left no manifest");
  return JSON.parse(
    fs
      .readFileSync(path.join(folder, file), "utf8")
      .replace(/^window\.__reactRouterManifest=/, "")
      .replace(/;$/, ""),
  );
}

function weights({ entry, routes }: Manifest): { route: string; kB: number }[] {
  const known = new Map<string, number>();
  const weigh = (url: string) => {
    const bytes = known.get(url) ?? gzipSync(fs.readFileSync(path.join(CLIENT, url))).length;
    known.set(url, bytes);
    return bytes;
  };
  const chain = (id: string | undefined): Route[] => {
    const route = id === undefined ? undefined : routes[id];
    return route ? [route, ...chain(route.parentId)] : [];
  };
  return Object.keys(routes).map((id) => {
    const files = new Set([entry.module, ...entry.imports, ...chain(id).flatMap(({ module, imports = [] }) => [module, ...imports])]);
    const bytes = [...files].reduce((sum, url) => sum + weigh(url), 0);
    return { route: id, kB: Math.round(bytes / 100) / 10 };
  });
}

test("no page begins with more JavaScript than a slow phone takes in", () => {
  const all = weights(manifest());
  expect(all.length).toBeGreaterThan(40);
  expect(all.every(({ kB }) => kB > 40)).toBe(true);
  expect(all.filter(({ route, kB }) => kB > mostKb(route))).toEqual([]);
});

test("no page carries the schema library: what people and others send is checked on the server", () => {
  const scripts = fs.readdirSync(path.join(CLIENT, "assets")).filter((name) => name.endsWith(".js"));
  const read = (name: string) => fs.readFileSync(path.join(CLIENT, "assets", name), "utf8");
  expect(scripts.filter((name) => read(name).includes(ZOD_MARK))).toEqual([]);
  expect(fs.readFileSync("build/worker/app.js", "utf8").includes(ZOD_MARK)).toBe(true);
});

test("the Worker's upload stays small", () => {
  const modules = fs.readdirSync("build/worker").filter((name) => name.endsWith(".js"));
  const bytes = modules.reduce((sum, name) => sum + gzipSync(fs.readFileSync(path.join("build/worker", name))).length, 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(MOST_UPLOAD);
});

test("no script needs itself before it has run: chunks import each other in one order", () => {
  const folder = path.join(CLIENT, "assets");
  const scripts = fs.readdirSync(folder).filter((name) => name.endsWith(".js"));
  const needs = new Map(
    scripts.map((name) => [
      name,
      [...fs.readFileSync(path.join(folder, name), "utf8").matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(([, other]) => other ?? ""),
    ]),
  );
  const done = new Set<string>();
  const circleFrom = (name: string, above: readonly string[]): string[] | null => {
    if (above.includes(name)) return [...above.slice(above.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const other of needs.get(name) ?? []) {
      const circle = circleFrom(other, [...above, name]);
      if (circle) return circle;
    }
    done.add(name);
    return null;
  };
  expect([...needs.values()].some((others) => others.length > 3)).toBe(true);
  expect(scripts.map((name) => circleFrom(name, [])).filter((circle) => circle !== null)).toEqual([]);
});
