import { SELF } from "cloudflare:test";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import type { ExampleCall, Sample } from "~/modules/telematics/providers/provider";
import { providerAt, providers } from "~/modules/telematics/providers/registry";
import { liveShop } from "../tests/world/fleet";

test("every provider has an address of its own, and is found at it", () => {
  expect(new Set(providers.map(({ path }) => path)).size).toBe(providers.length);
  for (const provider of providers) {
    expect(provider.path).toMatch(/^\/api\/telematics\/[a-z-]+(\/:key)?$/);
    expect(providerAt(provider.path.replace(":key", "a%20key"))).toEqual({ provider, key: provider.path.endsWith(":key") ? "a key" : null });
  }
  expect(providerAt("/api/telematics")).toBeNull();
});

/** What holds for each of them, whatever it parses and however it answers. */
describe.each([...providers])("$path", (provider) => {
  async function reachable() {
    const live = await liveShop();
    const key = await live.shop.key();
    // A whole second, since not every format has finer ones.
    const recordedAt = toUtcMs(Math.floor((live.now - MINUTE) / SECOND) * SECOND);
    const sample: Sample = { key, deviceId: live.northTracker, recordedAt, latitude: 41.6, longitude: -87.3 };
    const send = (call: Omit<ExampleCall, "method"> & { method: string }, secret = key) => {
      const url = new URL(provider.path.replace(":key", encodeURIComponent(secret)), "https://shop.test");
      for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
      return SELF.fetch(url, { method: call.method, headers: call.headers, body: call.method === "GET" ? undefined : call.body });
    };
    const example = (change: Partial<Sample> = {}) => provider.example({ ...sample, ...change });
    return { ...live, key, sample, send, example };
  }

  test("keeps the reading of its example once, however often it is sent", async () => {
    const { send, example, sample, trail, northTruck } = await reachable();
    for (let times = 1; times <= 3; times++) expect((await send(example())).status).toBe(200);
    const kept = await trail(northTruck, sample.recordedAt - MINUTE, sample.recordedAt + MINUTE);
    expect(kept).toMatchObject([{ at: sample.recordedAt, latitude: 41.6, longitude: -87.3 }]);
  });

  test("refuses a key that is not known, and keeps nothing", async () => {
    const { send, example, room } = await reachable();
    expect((await send(example({ key: "guess" }), "guess")).status).toBe(401);
    expect((await send({ ...example(), headers: {} }, "%00")).status).toBe(401);
    expect((await room().picture({ audience: "staff" })).units).toEqual([]);
  });

  test("keeps nothing of a device that the shop does not know", async () => {
    const { send, example, room } = await reachable();
    expect((await send(example({ deviceId: "stranger" }))).status).toBeLessThan(500);
    expect((await room().picture({ audience: "staff" })).units).toEqual([]);
  });

  test("refuses a body over the limit", async () => {
    const { send, example } = await reachable();
    if (provider.methods.includes("POST")) expect((await send({ ...example(), method: "POST", body: "1".repeat(1_048_577) })).status).toBe(413);
  });

  test("refuses other methods and names its own", async () => {
    const { send, example } = await reachable();
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !provider.methods.some((own) => own === one))) {
      const answer = await send({ ...example(), method });
      expect([method, answer.status, answer.headers.get("Allow")]).toEqual([method, 405, provider.methods.join(", ")]);
    }
  });

  test("refuses garbage, and whatever is sent is never a fault of ours", async () => {
    const { send, example } = await reachable();
    for (const method of provider.methods)
      for (const body of ["", "\u0000garbage", "{", "[]"]) {
        const answer = await send({ ...example(), method, query: {}, body });
        expect([method, body, answer.status]).toEqual([method, body, 400]);
        expect((await answer.text()).length).toBeGreaterThan(10);
      }
    const valid = example();
    const odd = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.double().map(String));
    /** The example's own text, cut and with something else put in: it gets further into a parser than noise. */
    const damaged = (text: string) =>
      fc.tuple(fc.nat(text.length), odd, fc.nat(text.length)).map(([to, put, from]) => text.slice(0, to) + put + text.slice(from));
    const query = fc.record(Object.fromEntries(Object.entries(valid.query ?? {}).map(([name, text]) => [name, fc.oneof(odd, damaged(text))])));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...provider.methods), query, fc.oneof(odd, damaged(valid.body ?? "")), async (method, changed, body) => {
        const answer = await send({ ...valid, method, query: changed, body });
        expect([200, 400, 404, 413]).toContain(answer.status);
        await answer.text();
      }),
      { numRuns: 150, seed: 20_260_303 },
    );
  });
});
