import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { isRoadsideOpen } from "./roadside";
import { readRoadsideToken, roadsideToken } from "./roadside-token.server";

test.each([
  ["in its time", {}, {}, 99, true],
  ["over", {}, {}, 100, false],
  ["ended by somebody", { endedAt: toUtcMs(1) }, {}, 50, false],
  ["of a unit that was sold", {}, { customerId: "other" }, 50, false],
  ["of a unit that was archived", {}, { archivedAt: toUtcMs(1) }, 50, false],
])("a page %s opens: %5$s", (_, page, unit, now, opens) => {
  const usual = { customerId: "cus", expiresAt: toUtcMs(100), endedAt: null };
  expect(isRoadsideOpen({ ...usual, ...page }, { customerId: "cus", archivedAt: null, ...unit }, toUtcMs(now))).toBe(opens);
});

test("a token opens the one page that it was made for, and none that was made up", () => {
  const page = { organizationId: newId("organization"), id: newId("roadside") };
  const token = roadsideToken("key", page);
  expect(readRoadsideToken("key", token)).toEqual(page);
  expect(readRoadsideToken("other key", token)).toBeNull();
  expect(
    readRoadsideToken(
      "key",
      token.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    ),
  ).toBeNull();
  expect(readRoadsideToken("key", undefined)).toBeNull();
});
