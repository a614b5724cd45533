import path from "node:path";
import type { Import } from "./source-files";

/** The modules, lowest first: each may import those before it. */
export const modules = [
  "audit",
  "attachments",
  "organizations",
  "people",
  "notifications",
  "customers",
  "vendors",
  "drivers",
  "assets",
  "work-orders",
  "telematics",
  "maintenance",
  "inspections",
  "estimates",
  "vendor-jobs",
  "invoices",
  "payments",
  "reports",
] as const;

const layers = ["rules", "tables", "store", "read", "use-case", "view", "document", "adapter"] as const;
type ModuleLayer = (typeof layers)[number];
export type Place =
  | { layer: ModuleLayer; module: string }
  | { layer: "kernel" | "platform" | "ui" | "queries" | "routes" | "workers" | "party" | "local" | "test" | "elsewhere" };

/** The layer of a file, by its path and name alone. */
export function placeOf(file: string): Place {
  if (/\.(test|workers\.test|type-test|fixtures)\.tsx?$/.test(file) || /^(tests|bench)\//.test(file)) return { layer: "test" };
  const [top, room, name] = file.split("/");
  if (top === "app" && room === "modules" && name) return { layer: moduleLayer(path.basename(file)), module: name };
  if (top === "app" && (room === "kernel" || room === "platform" || room === "ui" || room === "queries" || room === "routes")) return { layer: room };
  // Sign-in, root, the entries and the list of routes are the edge too.
  if (top === "app") return { layer: "routes" };
  if (top === "workers" || top === "party" || top === "local") return { layer: top };
  return { layer: "elsewhere" };
}

function moduleLayer(name: string): ModuleLayer {
  if (/\.tables\.ts$/.test(name)) return "tables";
  if (/\.store\.server\.ts$/.test(name)) return "store";
  if (/\.read\.server\.ts$/.test(name)) return "read";
  if (/\.(client|provider)\.server\.ts$/.test(name)) return "adapter";
  if (/\.email\.tsx$/.test(name) || /\.pdf\.server\.tsx?$/.test(name) || name === "mail-frame.tsx") return "document";
  if (/\.server\.tsx?$/.test(name)) return "use-case";
  return name.endsWith(".tsx") ? "view" : "rules";
}

type Rank = "own" | "lower";
const both: readonly Rank[] = ["own", "lower"];
const own: readonly Rank[] = ["own"];
const lower: readonly Rank[] = ["lower"];

/** Which layers of which modules each layer may import. What is not named here is refused. */
const within: Record<ModuleLayer, Partial<Record<ModuleLayer, readonly Rank[]>>> = {
  rules: { rules: both },
  tables: { tables: lower },
  // What one batch must write together may be put together from a module's own stores.
  store: { rules: both, tables: both, store: own },
  read: { rules: both, tables: both, store: both },
  // A document is what some use cases send; an adapter is whom they send it through.
  "use-case": { rules: both, store: own, "use-case": both, document: own, adapter: own },
  view: { rules: both, view: both },
  // The frame of all mail is a document of a lower module.
  document: { rules: both, document: both },
  adapter: { rules: both },
};

const foundation: Record<ModuleLayer, readonly string[]> = {
  rules: ["kernel"],
  tables: ["kernel"],
  store: ["kernel", "platform"],
  read: ["kernel", "platform"],
  "use-case": ["kernel", "platform"],
  view: ["kernel", "ui"],
  document: ["kernel", "ui"],
  adapter: ["kernel"],
};

const packages: Record<ModuleLayer, RegExp> = {
  rules: /^zod/,
  tables: /^drizzle-orm/,
  store: /^drizzle-orm/,
  read: /^drizzle-orm/,
  "use-case": /^(?!drizzle-orm|partyserver)/,
  view: /^(react|react-router|lucide-react)/,
  document: /^react/,
  adapter: /^(?!drizzle-orm|partyserver|react-router)/,
};

/** Single imports that the table refuses and that are wanted all the same. */
export const exceptions: readonly { from: RegExp; to: string; why: string }[] = [
  { from: /^party\/[\w-]+\.ts$/, to: "app/platform/log.server.ts", why: "a room's log lines look like everybody's; the file imports nothing" },
  { from: /^app\/modules\/[\w/-]+\.pdf\.server\.ts$/, to: "app/platform/pdf/document.ts", why: "what a paper is made of: types, and nothing that runs" },
  { from: /^app\/modules\/[\w/-]+\.tables\.ts$/, to: "app/platform/database/tenant.tables.ts", why: "the type of who did something" },
  { from: /^app\/modules\/[\w/-]+\.tables\.ts$/, to: "app/platform/database/columns.ts", why: "the columns that all tables are made of" },
];

/** Why an import is refused, or null where it is not. `known` are the files that exist. */
export function refusalOf(from: string, it: Import, known: ReadonlySet<string>): string | null {
  const target = resolve(from, it.specifier, known);
  if (target === null) return aboutPackage(from, it);
  if (target.startsWith("..")) return "leaves the project";
  if (exceptions.some((one) => one.from.test(from) && one.to === target)) return null;
  return aboutFile(from, target, it.typeOnly);
}

export function resolve(from: string, specifier: string, known: ReadonlySet<string>): string | null {
  const bare = specifier.replace(/\?\w+$/, "");
  const joined = bare.startsWith("~/") ? `app/${bare.slice(2)}` : bare.startsWith(".") ? path.posix.join(path.posix.dirname(from), bare) : null;
  if (joined === null) return null;
  return (
    [joined, `${joined}.ts`, `${joined}.tsx`].find((candidate) => known.has(candidate)) ??
    (/\.(m?[jt]sx?|css|json)$/.test(joined) ? joined : `${joined}${/\.(view|email)$/.test(joined) ? ".tsx" : ".ts"}`)
  );
}

/** The router's one package serves both sides; these names belong to the server's. */
const ROUTER_ON_THE_SERVER =
  /^(redirect|redirectDocument|replace|data|createRequestHandler|createStatic\w+|createCookie\w*|create\w*Session\w*|ServerRouter|ServerBuild|EntryContext|AppLoadContext|(Loader|Action)Function(Args)?)$/;

function aboutPackage(from: string, { specifier, typeOnly, names }: Import): string | null {
  const at = placeOf(from);
  if (at.layer === "test" || at.layer === "local") return null;
  const inApp = from.startsWith("app/");
  if (inApp && /^(cloudflare:|partyserver)/.test(specifier)) return "pages are rendered in Node during development, where this does not exist";
  if (inApp && specifier.startsWith("node:") && !(at.layer === "platform" && /^node:(crypto|buffer)$/.test(specifier)))
    return "of node: only crypto and buffer, and only in platform";
  if (specifier.startsWith("maplibre-gl") && !typeOnly && !from.endsWith(".client.ts")) return "a library of the browser's belongs in a .client.ts";
  if (specifier === "drizzle-orm/d1" && !mayOpenDatabase(from)) return "only the directory and the scoped database open a database";
  if (at.layer === "kernel") return "the kernel imports nothing";
  if ((at.layer === "routes" || at.layer === "ui" || at.layer === "party") && specifier.startsWith("drizzle-orm")) return `${at.layer} knows no SQL`;
  if ((at.layer === "ui" || at.layer === "view") && specifier === "react-router" && (names === null || names.some((name) => ROUTER_ON_THE_SERVER.test(name))))
    return `${at.layer} takes nothing of the router's server side`;
  return "module" in at && !packages[at.layer].test(specifier) ? `${at.layer} does not use this package` : null;
}

export const mayOpenDatabase = (file: string): boolean => /^app\/platform\/(directory\/directory-database|database\/scoped)\.server\.ts$/.test(file);

function aboutFile(from: string, target: string, typeOnly: boolean): string | null {
  const [at, to] = [placeOf(from), placeOf(target)];
  if (at.layer === "test") return null;
  if (to.layer === "test") return "tests are not part of the product";
  if (/^app\/platform\/directory\/[\w-]+\.tables\.ts$/.test(target) && !/^app\/platform\/directory\/[\w-]+\.(server|tables)\.ts$/.test(from))
    return "only the files of the directory read its tables";
  if (to.layer === "local" && at.layer !== "local") return "local/ is never in the bundle";
  if ("module" in at) return aboutModule(at, to, target, typeOnly);
  switch (at.layer) {
    case "kernel":
      return to.layer === "kernel" ? null : "the kernel imports nothing but itself";
    case "platform":
      return to.layer === "kernel" || to.layer === "platform" ? null : "platform knows no business";
    case "ui":
      return to.layer === "kernel" || to.layer === "ui" || target === "party/protocol.ts" || target.endsWith(".css") ? null : "ui knows no business";
    case "queries":
      return aboutQuery(to);
    case "routes":
      return aboutRoute(to, target, typeOnly);
    case "party":
      return to.layer === "kernel" || to.layer === "party" || to.layer === "rules" || target.startsWith("app/platform/live/")
        ? null
        : "a room knows the kernel, rules, the messages of platform/live and itself";
    case "workers":
    case "local":
      return null;
    default:
      return to.layer === "elsewhere" ? null : "this file belongs to no layer";
  }
}

function aboutModule(at: Extract<Place, { module: string }>, to: Place, target: string, typeOnly: boolean): string | null {
  const rank = rankOf(at.module);
  if (rank < 0) return `no module is called ${at.module}`;
  if (!("module" in to)) return foundation[at.layer].includes(to.layer) ? null : `${at.layer} does not import ${to.layer}`;
  if (rankOf(to.module) > rank) return `${to.module} is above ${at.module}`;
  const distance: Rank = to.module === at.module ? "own" : "lower";
  if (at.layer === "tables" && to.layer === "rules" && distance === "own") return typeOnly ? null : "tables take only types from their rules";
  if (at.layer === "use-case" && to.layer === "store" && typeOnly) return null;
  return within[at.layer][to.layer]?.includes(distance)
    ? null
    : `${at.layer} does not import ${distance === "own" ? "its own" : "a lower module's"} ${to.layer} (${target})`;
}

const rankOf = (name: string): number => (modules as readonly string[]).indexOf(name);

/** A query joins what it needs of any module; it changes nothing, so it calls no use case. */
function aboutQuery(to: Place): string | null {
  const open = ["kernel", "platform", "queries", "rules", "tables", "store", "read"].includes(to.layer);
  return open ? null : `a query does not import ${to.layer}`;
}

function aboutRoute(to: Place, target: string, typeOnly: boolean): string | null {
  if (to.layer === "kernel" || to.layer === "ui" || to.layer === "routes" || to.layer === "queries" || target === "party/protocol.ts") return null;
  if (to.layer === "platform") {
    const open = /^app\/platform\/(http|scope|sessions)\/|^app\/platform\/(log|platform)\.server\.ts$/.test(target);
    return open || typeOnly ? null : "a route reaches the database through use cases and reads";
  }
  if (/\.step\.server\.ts$/.test(target)) return "a step leaves checks to the use cases that call it; call one of those";
  const open = to.layer === "use-case" || to.layer === "read" || to.layer === "view" || to.layer === "rules";
  return open ? null : `a route does not import ${to.layer}`;
}
