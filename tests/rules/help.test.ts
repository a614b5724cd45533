import fs from "node:fs";
import { expect, test } from "vitest";
import { helpFor } from "~/routes/parts/help/help.server";
import { customerTopics, driverTopics, vendorTopics } from "~/routes/parts/help/portal-topics.server";
import { staffTopics } from "~/routes/parts/help/staff-topics.server";
import { searchTopics, topicOf } from "~/routes/parts/help/topic";
import { addressesOf } from "../../local/screens.routes";

const { default: map } = await import("../../app/routes");

/** Pages of a portal within its shell, where "Help" is: its folder's files with a default export, but signing in and print views. */
const pagesIn = async (folder: string) =>
  addressesOf(await map)
    .filter(({ file }) => file.startsWith(`routes/${folder}/`) && /^export default /m.test(fs.readFileSync(`app/${file}`, "utf8")))
    .map(({ route }) => route)
    .filter((route) => !/\/(sign-in(\/:token)?|enrol\/:token|sheet)$/.test(route));

test.each([
  ["staff", staffTopics, 50],
  ["customer", customerTopics, 20],
  ["vendor", vendorTopics, 6],
  ["driver", driverTopics, 3],
] as const)("every page of the %s portal has a help page, and no help page is about a page that isn't there", async (folder, topics, least) => {
  const pages = await pagesIn(folder);
  expect(pages.length).toBeGreaterThanOrEqual(least);
  expect(pages.filter((page) => !topics.some((topic) => topic.pages.includes(page)))).toEqual([]);
  expect(topics.flatMap((topic) => topic.pages).filter((page) => !pages.includes(page))).toEqual([]);
  expect(new Set(topics.map(({ id }) => id)).size).toBe(topics.length);
});

test("an address finds its own topic, a fixed one before one with a parameter", () => {
  const of = (pathname: string) => topicOf(staffTopics, pathname)?.id;
  expect(of("/")).toBe("today");
  expect(of("/work-orders/new")).toBe("new-work-order");
  expect(of("/work-orders/wo_1")).toBe("work-order");
  expect(of("/inspections/missing")).toBe("inspections");
  expect(of("/nowhere/else")).toBeUndefined();
});

test("the search wants all words, and shows titles first", () => {
  expect(
    searchTopics(staffTopics, "estimate")
      .map(({ id }) => id)
      .slice(0, 3),
  ).toEqual(["estimates", "new-estimate", "estimate"]);
  expect(searchTopics(staffTopics, "core charge").map(({ id }) => id)).toEqual(["job"]);
  expect(searchTopics(staffTopics, "zebra")).toEqual([]);
});

test("only an address of our own is linked back to", () => {
  const from = (on: string) => helpFor(staffTopics, new URL(`http://shop.test/help?${new URLSearchParams({ on })}`)).from;
  expect(from("/board")).toBe("/board");
  for (const other of ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"]) expect(from(other)).toBeNull();
});
