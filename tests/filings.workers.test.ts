import { expect, it } from "vitest";
import { playFilings } from "./world/filings/play";
import { formatRun, type RunResult } from "./world/filings/run-result";

/*
 * Inspections from phones whose network fails at any request: what is lost, doubled, late or answered by others, while
 * processes of the server's and the phones themselves die anywhere. Phones send with the app's own code. In the end the
 * server is compared with what was signed. `npm run campaign -- dvir` plays as many as one likes; it sets these variables.
 */
const { VITE_FILINGS_SEED: seed = "1", VITE_FILINGS_SIZE: size = "40" } = import.meta.env;

declare module "vitest" {
  interface TaskMeta {
    /** For the campaign's report. */
    filings?: RunResult;
  }
}

it("an inspection, whatever becomes of phone, network and server, is on the server once, with every photo whole", async ({ task }) => {
  const result = await playFilings({ seed: Number(seed), filings: Number(size) });
  task.meta.filings = result;
  const { lost, doubled, damaged, wrong } = result;
  expect({ lost, doubled, damaged, wrong }, formatRun(result)).toEqual({ lost: 0, doubled: 0, damaged: 0, wrong: [] });
  // Otherwise the run would prove nothing.
  const faults = [result.lostRequests, result.lostAnswers, result.doubledRequests, result.lateRequests, result.foreignAnswers];
  expect(Math.min(...faults, result.serverDeaths, result.phoneDeaths, result.naiveDoubled, result.naiveLost), formatRun(result)).toBeGreaterThan(0);
});
