import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { developmentSecrets } from "../../local/settings";

afterEach(() => vi.unstubAllEnvs());

type Route = { path?: string; file: string; children?: Route[] };
const addressesOf = (routes: Route[], under = ""): string[] =>
  routes.flatMap((route) => {
    const address = [under, route.path].filter(Boolean).join("/");
    return [address, ...addressesOf(route.children ?? [], address)];
  });

async function routesWith(developmentRoutes: string): Promise<string[]> {
  vi.stubEnv("BAYTRACK_DEV_ROUTES", developmentRoutes);
  vi.resetModules();
  const { default: routes } = await import("../../app/routes");
  return addressesOf((await routes) as Route[]);
}

test("a production build has no development routes", async () => {
  const development = (address: string) => /^dev(\/|$)/.test(address);
  expect((await routesWith("1")).filter(development)).not.toEqual([]);
  for (const given of ["", "0", "true"]) expect((await routesWith(given)).filter(development)).toEqual([]);
});

test("the deployment's configuration neither claims development nor names a stand-in", () => {
  const config = readConfig({ config: "wrangler.toml" });
  const text = fs.readFileSync("wrangler.toml", "utf8");
  expect(Object.keys(config.vars ?? {}).filter((name) => name === "ENVIRONMENT" || /_(BASE_)?URL$/.test(name))).toEqual([]);
  expect(text).not.toMatch(/ENVIRONMENT|_BASE_URL|MAILBOX_URL|localhost|127\.0\.0\.1/);
  expect(Object.values(developmentSecrets).filter((secret) => text.includes(secret))).toEqual([]);
});

test("nothing of local/ is imported by what goes into the Worker", () => {
  const importing = ["app", "workers", "party"].flatMap(sourcesOf).filter(({ text }) => /from\s+["'][./]+local\/|import\(["'][./]+local\//.test(text));
  expect(importing.map(({ file }) => file)).toEqual([]);
});

test("what prints documents is loaded when the first one is printed, never as the Worker starts", () => {
  const heavy =
    /\bfrom\s+["'](?:@cantoo\/[\w-]+|[\w~./-]*\/(?:blocks|head|marks|pagination|render-pdf|rows|sheet|structure|tables|text-renderer)\.server|[\w~./-]*\/fonts\/[\w-]+)["']/;
  const importing = ["app", "workers", "party"].flatMap(sourcesOf).filter(({ text }) => heavy.test(text));
  // Behind render-pdf.server.ts, which documents.server.ts alone loads, by import().
  const drawing = ["blocks", "head", "marks", "pagination", "render-pdf", "rows", "sheet", "structure", "tables", "text-renderer"];
  expect(importing.map(({ file }) => file).sort()).toEqual(drawing.map((name) => `app/platform/pdf/${name}.server.ts`));
});

test("Square's SDK is loaded when Square is first called, by its adapter alone", () => {
  const naming = ["app", "workers", "party"].flatMap(sourcesOf).filter(({ text }) => /(?:from|import\()\s*["']square["']/.test(text));
  expect(naming.map(({ file }) => file)).toEqual(["app/modules/payments/square/square.client.server.ts"]);
  expect(naming[0]?.text.match(/^import (?!type\b).*["']square["']/gm)).toBeNull();
});

test("no room keeps a timer, which would keep it awake and billed", () => {
  const rooms = sourcesOf("party");
  expect(rooms.length).toBeGreaterThan(3);
  expect(rooms.filter(({ text }) => /\bset(Timeout|Interval)\b|\bscheduler\.wait\b|node:timers/.test(withoutComments(text))).map(({ file }) => file)).toEqual(
    [],
  );
});

function sourcesOf(folder: string): { file: string; text: string }[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file: path.join(folder, file), text: fs.readFileSync(path.join(folder, file), "utf8") }));
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
