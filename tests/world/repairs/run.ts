import { play, shortened } from "./play";
import type { Run, RunResult } from "./run-result";
import type { RepairShop } from "./shop";

/** Plays all cases of a run, and finds a short way to the first few faults. */
export async function playAll(shops: readonly RepairShop[], run: Run, mostFaults: number): Promise<RunResult> {
  const result: RunResult = { run, steps: 0, refused: 0, kinds: {}, wrongCases: 0, faults: [] };
  for (let number = 0; number < run.cases; number++) {
    const one = { seed: run.seed, number, length: run.length };
    const played = await play(shops, one);
    const events = played.done.flatMap((step) => step.events);
    const happened = events.filter((event) => !event.startsWith("refused"));
    result.steps += happened.length;
    result.refused += events.length - happened.length;
    for (const event of happened) {
      const kind = event.split(":")[0] ?? event;
      result.kinds[kind] = (result.kinds[kind] ?? 0) + 1;
    }
    if (played.wrong.length === 0) continue;
    result.wrongCases += 1;
    if (result.faults.length < mostFaults)
      result.faults.push({ number, rules: shops[number % shops.length]?.rules.name ?? "", ...(await shortened(shops, one, played)) });
  }
  return result;
}
