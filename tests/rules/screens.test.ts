import fs from "node:fs";
import { expect, test } from "vitest";
import { screens } from "../../local/screens.pages";
import { addressesOf, routeOf } from "../../local/screens.routes";

process.env.BAYTRACK_DEV_ROUTES = "1";
const { default: map } = await import("../../app/routes");

/** Routes that show a page, by their default export. */
const pages = addressesOf(await map)
  .filter(({ file }) => /^export default /m.test(fs.readFileSync(`app/${file}`, "utf8")))
  .map(({ route }) => route);

test("every page has a picture", () => {
  expect(pages.length).toBeGreaterThan(70);
  const shown = new Set(screens.map((screen) => routeOf(screen, pages)));
  expect(pages.filter((route) => !shown.has(route))).toEqual([]);
});

test("every picture is of a page on the map, under a name of its own", () => {
  expect(screens.filter((screen) => routeOf(screen, pages) === null).map(({ name }) => name)).toEqual([]);
  expect(new Set(screens.map(({ name }) => name)).size).toBe(screens.length);
});

test("a fixed path is found before one with a parameter", () => {
  expect(routeOf({ path: "/work-orders/new?q=1" }, ["/work-orders/:orderId", "/work-orders/new"])).toBe("/work-orders/new");
  expect(routeOf({ path: "/anything" }, ["/work-orders"])).toBe(null);
});
