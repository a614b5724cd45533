import { afterAll, beforeAll, expect, test } from "vitest";
import { crash } from "../bench/campaigns/crash.ts";
import { hibernate } from "../bench/campaigns/hibernate.ts";
import { type BenchEnvironment, prepareEnvironment } from "../bench/parts/targets.ts";

// Small slices of `npm run campaign`, each on a runtime of its own that may be killed.
let environment: BenchEnvironment;
beforeAll(() => {
  environment = prepareEnvironment(() => {});
});
afterAll(() => environment.remove());

test("every reading that was answered 200 outlives a SIGKILL of workerd and one of everything, once, and the newest is current", async () => {
  const { acked, lost, doubled, invented, stale, refused, control } = await crash({ environment, seed: 5, size: 2 });
  expect({ lost, doubled, invented, stale, refused }).toEqual({ lost: 0, doubled: 0, invented: 0, stale: 0, refused: [] });
  // 200 and more in each of the three lives.
  expect(acked).toBeGreaterThan(600);
  // The control writes every two seconds; had it lost nothing, the kills would have hit nothing.
  expect(control.lost).toBeGreaterThan(0);
});

test("a room that slept with its sockets open goes on delivering, with its state", async () => {
  const { naps, control } = await hibernate({ environment, sockets: 20, naps: ["evicted"] });
  expect(naps).toMatchObject([{ fresh: true, sameState: true, closed: 0, after: { lost: 0, doubled: 0, disordered: 0 } }]);
  expect(naps[0]?.after.frames).toBe(naps[0]?.before.frames);
  expect(control).toMatchObject({ receivedBefore: 20, receivedAfter: 0 });
});
