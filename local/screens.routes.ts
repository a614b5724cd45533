import type { RouteConfigEntry } from "@react-router/dev/routes";
import { matchPath } from "react-router";
import type { Screen } from "./screens.pages.ts";

/** The route of the map that a picture shows: what the screen names, else the one of its path. */
export function routeOf({ path, page }: Pick<Screen, "path" | "page">, routes: readonly string[]): string | null {
  if (page !== undefined) return routes.includes(page) ? page : null;
  const { pathname } = new URL(path, "http://localhost");
  // A fixed path comes before one with a parameter: "/work-orders/new" is no order.
  return routes.toSorted((a, b) => parameters(a) - parameters(b)).find((route) => matchPath(route, pathname)) ?? null;
}

const parameters = (route: string): number => (route.endsWith("*") ? Number.POSITIVE_INFINITY : route.split("/").filter((part) => part.startsWith(":")).length);

/** Every address of the map with the file behind it. */
export const addressesOf = (entries: readonly RouteConfigEntry[], under = ""): { route: string; file: string }[] =>
  entries.flatMap(({ path, file, children = [] }) => {
    const route = [under, path].filter(Boolean).join("/");
    return [...(children.length > 0 ? [] : [{ route: `/${route}`, file }]), ...addressesOf(children, route)];
  });
