import type { RouteConfigEntry } from "@react-router/dev/routes";
import { createRequestHandler, type ServerBuild } from "react-router";
import { inject } from "vitest";
import * as entry from "~/entry.server";
import type { CommandTable } from "~/platform/http/commands.server";
import { privateByDefault } from "~/platform/http/headers.server";
import * as root from "~/root";
import type { LoadContext } from "../../workers/context";

export type { RouteConfigEntry };

type Routes = Record<string, NonNullable<ServerBuild["routes"][string]>>;
type RouteModule = Routes[string]["module"];

const modules = import.meta.glob<RouteModule>(["../../app/routes/**/*.{ts,tsx}", "!**/*.test.*"]);

/** Each route of the map with its module, under the ids that the build gives them. */
async function routesOf(entries: readonly RouteConfigEntry[], parentId: string): Promise<Routes> {
  const parts = entries.map(async ({ file, path, index, children = [] }): Promise<Routes> => {
    const load = modules[`../../app/${file}`];
    if (!load) throw new Error(`the map names ${file}, and it is not there`);
    const id = file.replace(/\.tsx?$/, "");
    return { [id]: { id, parentId, path, index, module: await load() }, ...(await routesOf(children, id)) };
  });
  return Object.assign({}, ...(await Promise.all(parts)));
}

/** The commands of each address whose action is a table of them. */
export async function commandTables(entries: readonly RouteConfigEntry[] = inject("map"), above = ""): Promise<Record<string, CommandTable>> {
  const parts = entries.map(async ({ file, path, index, children = [] }): Promise<Record<string, CommandTable>> => {
    const here = path === undefined ? above : `${above}/${path}`;
    const action = (await modules[`../../app/${file}`]?.())?.action as { commands?: CommandTable } | undefined; // a guarded action carries its table
    const own = action?.commands && (index || path !== undefined) ? { [here === "" ? "/" : here]: action.commands } : {};
    return { ...own, ...(await commandTables(children, here)) };
  });
  return Object.assign({}, ...(await Promise.all(parts)));
}

/** What the framework's build would be: the same modules, and no scripts for a browser that is not there. */
async function buildOf(map: readonly RouteConfigEntry[]): Promise<ServerBuild> {
  const routes: Routes = { root: { id: "root", path: "", module: root as RouteModule }, ...(await routesOf(map, "root")) };
  const facts = Object.values(routes).map(({ module, ...route }) => ({
    ...route,
    hasAction: module.action !== undefined,
    hasLoader: module.loader !== undefined,
    hasClientAction: false,
    hasClientLoader: false,
    hasClientMiddleware: false,
    hasDefaultExport: module.default !== undefined,
    hasErrorBoundary: module.ErrorBoundary !== undefined,
    module: "/no-script.js",
    clientActionModule: undefined,
    clientLoaderModule: undefined,
    clientMiddlewareModule: undefined,
    hydrateFallbackModule: undefined,
  }));
  return {
    entry: { module: entry as ServerBuild["entry"]["module"] },
    routes,
    assets: {
      version: "tests",
      url: "/no-manifest.js",
      entry: { module: "/no-script.js", imports: [] },
      routes: Object.fromEntries(facts.map((it) => [it.id, it])),
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: {} as ServerBuild["future"],
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: "initial", manifestPath: "/__manifest" },
  };
}

/** Answers a request for a page as the Worker does (workers/app.ts), in the test's own runtime: no port, no build. */
export async function pagesOf(context: LoadContext): Promise<(request: Request) => Promise<Response>> {
  const answer = createRequestHandler(await buildOf(inject("map")), "production");
  return async (request) => privateByDefault(await answer(request, context));
}
