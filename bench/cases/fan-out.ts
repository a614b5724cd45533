import { type Crowd, drive, type Measured, openStage, type Traffic, warmUp, whenQuiet } from "../parts/drive.ts";
import { figure, formatSpread, type Spread, spreadOf, table } from "../parts/numbers.ts";
import type { Target } from "../parts/targets.ts";

export type Cell = { crowd: Crowd; traffic: Traffic; label: string };
export type CellResult = { label: string; rounds: Record<string, Measured[]> };

/** All targets with the same crowd open at once; per round each has its turn, in an order that rotates. */
export async function measure(
  targets: readonly Target[],
  crowd: Crowd,
  cells: readonly Omit<Cell, "crowd">[],
  rounds: number,
  report: (message: string) => void,
): Promise<CellResult[]> {
  const stages = [];
  for (const target of targets) stages.push(await openStage(target, crowd));
  try {
    const results: CellResult[] = cells.map(({ label }) => ({ label, rounds: Object.fromEntries(targets.map(({ name }) => [name, []])) }));
    for (const [at, { label, traffic }] of cells.entries()) {
      for (let round = 0; round < rounds; round++) {
        for (let turn = 0; turn < stages.length; turn++) {
          const stage = stages[(turn + round) % stages.length] as (typeof stages)[number];
          await whenQuiet(stage.target.serving());
          await warmUp(stage, traffic);
          const measured = await drive(stage, traffic);
          results[at]?.rounds[stage.target.name]?.push(measured);
          report(
            `${label}, round ${round + 1}, ${stage.target.name}: p50 ${figure(measured.p50)} ms, p99 ${figure(measured.p99)} ms, ${figure(measured.cpuUsPerFrame)} µs a frame`,
          );
        }
      }
    }
    const closed = stages.reduce((sum, { audience }) => sum + audience.closed(), 0);
    if (closed > 0) throw new Error(`${closed} sockets were closed by the server`);
    return results;
  } finally {
    for (const { audience } of stages) await audience.close();
  }
}

export const staffCrowd = (sockets: number): Crowd => ({ sockets, customerSockets: 0, customers: 50 });

/** One cell per crowd and form; the pace is one that all targets hold, so that no queue is measured. */
export function fanOutCells(sockets: number, quick: boolean): Omit<Cell, "crowd">[] {
  const everyMs = Math.max(50, sockets / 2.5);
  const posts = quick ? 8 : 24;
  return [
    { label: `${sockets} sockets, one by one`, traffic: { vehicles: 1_000, batch: 1, posts: sockets < 100 ? posts * 2 : posts, everyMs } },
    { label: `${sockets} sockets, batches of 50`, traffic: { vehicles: 1_000, batch: 50, posts: sockets < 100 ? posts * 2 : posts, everyMs } },
  ];
}

export type Ratios = { p50: Spread; p99: Spread; cpu: Spread };
/** Of the same round each, then the middle of the rounds. */
export function ratiosOf({ rounds }: CellResult, of: string, to: string): Ratios {
  const ratio = (pick: (it: Measured) => number) =>
    spreadOf((rounds[of] ?? []).map((mine, round) => pick(mine) / pick((rounds[to] as Measured[])[round] as Measured)));
  return { p50: ratio((it) => it.p50), p99: ratio((it) => it.p99), cpu: ratio((it) => it.cpuUsPerFrame) };
}

export const faultsOf = ({ rounds }: CellResult, name = "app"): string => {
  const sum = (pick: (it: Measured) => number) => (rounds[name] ?? []).reduce((all, it) => all + pick(it), 0);
  return `${sum((it) => it.lost)} / ${sum((it) => it.doubled)} / ${sum((it) => it.disordered)}`;
};

export function tables(results: readonly CellResult[]): string {
  const names = Object.keys(results[0]?.rounds ?? {});
  const spread = (of: CellResult, name: string, pick: (it: Measured) => number) => formatSpread(spreadOf((of.rounds[name] ?? []).map(pick)));
  const figures = table(
    ["", "target", "p50 ms", "p99 ms", "CPU µs/frame", "CPU % of a core", "others' CPU %", "bytes a position", "frames", "lost / doubled / out of order"],
    results.flatMap((result) =>
      names.map((name) => [
        result.label,
        name,
        spread(result, name, (it) => it.p50),
        spread(result, name, (it) => it.p99),
        spread(result, name, (it) => it.cpuUsPerFrame),
        spread(result, name, (it) => it.cpuShare * 100),
        spread(result, name, (it) => it.neighbours * 100),
        spread(result, name, (it) => it.bytesPerPosition),
        String((result.rounds[name] ?? []).reduce((sum, it) => sum + it.frames, 0)),
        faultsOf(result, name),
      ]),
    ),
  );
  const others = names.filter((name) => name !== "app");
  if (!names.includes("app") || others.length === 0) return figures;
  const ratios = table(
    ["", ...others.flatMap((other) => [`p50 app/${other}`, `p99 app/${other}`, `CPU per frame app/${other}`])],
    results.map((result) => [
      result.label,
      ...others.flatMap((other) => {
        const { p50, p99, cpu } = ratiosOf(result, "app", other);
        return [formatSpread(p50), formatSpread(p99), formatSpread(cpu)];
      }),
    ]),
  );
  return `${figures}\n\n${ratios}`;
}
