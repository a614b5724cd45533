import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const CLIENT = "build/client";
/** 1.4 times what an empty page of the framework weighs. */
const MOST_KB = 122;

/**
 * Pages that are over it, and what they may weigh until they are lighter. A page that is within the limit leaves this
 * list for good.
 */
const HEAVIER: Record<string, number> = {
  "routes/staff/estimate": 143,
  "routes/staff/order": 142,
  "routes/staff/customer": 138,
  "routes/staff/asset": 134,
  "routes/vendor/job": 131,
  "routes/staff/vendor-job": 128,
};

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
      .replace(/^window\.__remixManifest=/, "")
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
  const over = all.filter(({ route, kB }) => kB > (HEAVIER[route] ?? MOST_KB));
  expect(over).toEqual([]);
  const lighter = Object.keys(HEAVIER).filter((route) => all.some((one) => one.route === route && one.kB <= MOST_KB));
  expect(lighter, "within the limit: take it off the list").toEqual([]);
});
