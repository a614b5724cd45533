import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startSimulator } from "./simulator.ts";

const devices = Array.from({ length: 12 }, (_, index) => `NL-${101 + index}`);
const options = { baseUrl: "http://shop.test/", ingestKey: "a key", devices };

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 5, 1, 12) }));
afterEach(() => void vi.useRealTimers());

describe("the simulator", () => {
  it("reports each device once a period, spread over it", async () => {
    const urls: URL[] = [];
    const times: number[] = [];
    const simulator = startSimulator({
      ...options,
      fetch: async (input) => {
        urls.push(new URL(String(input)));
        times.push(Date.now());
        return new Response(null, { status: 200 });
      },
    });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(urls.map((url) => url.searchParams.get("id")).sort()).toEqual([...devices].sort());
    expect(new Set(times).size).toBe(12);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(simulator.sent()).toBe(36);
    await simulator.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(simulator.sent()).toBe(36);
  });

  it("speaks OsmAnd: seconds, knots, metres, milliseconds of engine", async () => {
    const urls: URL[] = [];
    const simulator = startSimulator({
      ...options,
      fetch: async (input) => {
        urls.push(new URL(String(input)));
        return new Response();
      },
    });
    await vi.advanceTimersByTimeAsync(9_999);
    await simulator.stop();
    for (const { pathname, searchParams } of urls) {
      expect(pathname).toBe("/api/telematics/osmand/a%20key");
      expect(Number(searchParams.get("timestamp"))).toBeCloseTo(Date.UTC(2026, 5, 1, 12) / 1_000, -2);
      expect(Number(searchParams.get("speed"))).toBeLessThanOrEqual(32 * 1.944);
      expect(Number(searchParams.get("lat"))).toBeGreaterThan(38);
      expect(Number(searchParams.get("lon"))).toBeLessThan(-85);
      expect(searchParams.get("hours")).toMatch(/^\d{10,11}$/);
      expect(searchParams.get("ignition")).toMatch(/^(true|false)$/);
    }
  });

  it("reports once that the server is away, and once that it is back", async () => {
    const lines: string[] = [];
    let up = false;
    const simulator = startSimulator({
      ...options,
      log: (line) => void lines.push(line),
      fetch: async () => (up ? new Response() : Promise.reject(new Error("refused"))),
    });
    await vi.advanceTimersByTimeAsync(35_000);
    expect(lines).toHaveLength(1);
    up = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lines).toHaveLength(2);
    expect(simulator.sent()).toBeGreaterThan(20);
    await simulator.stop();
  });

  it("keeps few requests on their way when answers are slow", async () => {
    let open = 0;
    let most = 0;
    const simulator = startSimulator({
      ...options,
      devices: Array.from({ length: 200 }, (_, index) => `T-${index}`),
      fetch: async (_input, init) => {
        most = Math.max(most, ++open);
        return new Promise((_resolve, reject) =>
          init?.signal?.addEventListener("abort", () => {
            open -= 1;
            reject(new Error("away"));
          }),
        );
      },
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(most).toBe(8);
    await simulator.stop();
    expect(open).toBe(0);
  });
});
