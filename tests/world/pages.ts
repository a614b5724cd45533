import { createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { inject } from "vitest";
import * as entry from "~/entry.server";
import { privateUnlessSaid } from "~/platform/http/headers.server";
import * as root from "~/root";
import type { LoadContext } from "../../workers/context";

export type { RouteConfigEntry };

type RouteModule = ServerBuild["routes"][string]["module"];
type Routes = ServerBuild["routes"];

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

/** What the framework's build would be: the same modules, and no scripts for a browser that is not there. */
async function buildOf(map: readonly RouteConfigEntry[]): Promise<ServerBuild> {
  const routes: Routes = { root: { id: "root", path: "", module: root as RouteModule }, ...(await routesOf(map, "root")) };
  const facts = Object.values(routes).map(({ module, ...route }) => ({
    ...route,
    hasAction: module.action !== undefined,
    hasLoader: module.loader !== undefined,
    hasClientAction: false,
    hasClientLoader: false,
    hasErrorBoundary: module.ErrorBoundary !== undefined,
    module: "/no-script.js",
  }));
  return {
    mode: "production",
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
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_routeConfig: true,
      v3_lazyRouteDiscovery: false,
    } as ServerBuild["future"],
    isSpaMode: false,
  };
}

/** Answers a request for a page as the Worker does (workers/app.ts), in the test's own runtime: no port, no build. */
export async function pagesOf(context: LoadContext): Promise<(request: Request) => Promise<Response>> {
  const answer = createRequestHandler(await buildOf(inject("map")), "production");
  return async (request) => privateUnlessSaid(await answer(request, context));
}
