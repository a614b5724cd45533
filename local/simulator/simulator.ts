import { corridors, harborStretches, type Stretch } from "../demo/roads.ts";
import { type Drive, planDrive, readingAt } from "./drive.ts";
import { osmandUrl } from "./osmand.ts";
import { stretchPath } from "./polyline.ts";

export type SimulatorOptions = {
  baseUrl: string;
  ingestKey: string;
  devices: readonly string[];
  everyMs?: number;
  /** The roads that the devices work, in their order and from the start again when there are more devices. */
  stretches?: readonly Stretch[];
  fetch?: typeof globalThis.fetch;
  log?: (line: string) => void;
};

export type Simulator = {
  /** Ends the timers and waits for what is on its way. */
  stop(): Promise<void>;
  /** Positions answered with a 2xx. */
  sent(): number;
};

const AT_ONCE = 8;
const TIMEOUT_MS = 8_000;

/** Drives the devices along the demo's roads and reports like their trackers would, over HTTP. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { baseUrl, ingestKey, devices, everyMs = 10_000, stretches = harborStretches, fetch = globalThis.fetch, log = console.warn } = options;
  const drives = devices.map((_, index) => driveOf(stretches, index));
  const stopping = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const onTheWay = new Map<number, Promise<void>>();
  let sent = 0;
  let failing = false;

  async function report(index: number, device: string, drive: Drive): Promise<void> {
    const now = Date.now();
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(osmandUrl(baseUrl, ingestKey, device, readingAt(drive, now), now), { signal });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answered ${response.status}`);
      sent += 1;
      if (failing) log("simulator: positions arrive again");
      failing = false;
    } catch (cause) {
      if (stopping.signal.aborted) return;
      // Once per streak: a server that is down would otherwise fill the terminal.
      if (!failing) log(`simulator: ${device} could not report (${cause instanceof Error ? cause.message : cause}); trying again quietly`);
      failing = true;
    } finally {
      onTheWay.delete(index);
    }
  }

  function tick(index: number, device: string, drive: Drive): void {
    // A position that finds no room is skipped: the next one is truer than a late one.
    if (onTheWay.has(index) || onTheWay.size >= AT_ONCE) return;
    onTheWay.set(index, report(index, device, drive));
  }

  devices.forEach((device, index) => {
    const drive = drives[index];
    if (!drive) return;
    const first = setTimeout(
      () => {
        timers.delete(first);
        tick(index, device, drive);
        timers.add(setInterval(() => tick(index, device, drive), everyMs));
      },
      (index * everyMs) / devices.length,
    );
    timers.add(first);
  });

  return {
    sent: () => sent,
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      stopping.abort();
      await Promise.all(onTheWay.values());
    },
  };
}

function driveOf(stretches: readonly Stretch[], index: number): Drive {
  const stretch = stretches[index % stretches.length];
  if (!stretch) throw new Error("the simulator needs a road to drive on");
  const rank = corridors.find(({ id }) => id === stretch.corridor)?.rank ?? 1;
  return planDrive(stretchPath(stretch), index, rank);
}
