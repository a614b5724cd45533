import { expect, test } from "vitest";
import { start } from "../../bench/campaigns/start.ts";

// Two journeys of `npm run campaign -- start`, which holds the others.

test("SIGTERM ends everything, with exit status 0", async () => {
  const { seen, wanted } = await start("SIGTERM");
  expect(seen).toEqual(wanted);
});

test("a second start on the same folder is refused in words and disturbs nothing", async () => {
  const { seen, wanted } = await start("second start");
  expect(seen).toEqual(wanted);
});
