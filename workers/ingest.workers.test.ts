import { createExecutionContext, env, SELF } from "cloudflare:test";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import { parseOsmAnd } from "~/modules/telematics/providers/osmand/osmand";
import { bodyFixtures, queryFixtures } from "~/modules/telematics/providers/osmand/osmand.fixtures";
import { liveShop } from "../tests/world/fleet";
import background from "./background";

const HOST = "https://shop.test";

async function reachable() {
  const live = await liveShop();
  const key = await live.shop.key();
  const osmand = (query: string, init?: RequestInit, secret = key) => SELF.fetch(`${HOST}/api/telematics/osmand/${secret}?${query}`, init);
  const readings = (body: unknown, secret: string | null = key) =>
    SELF.fetch(`${HOST}/api/telematics/readings`, {
      method: "POST",
      headers: secret === null ? {} : { Authorization: `Bearer ${secret}` },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const item = (deviceId: unknown, at: number, change: object = {}) => ({
    deviceId,
    recordedAt: new Date(at).toISOString(),
    latitude: 41.6,
    longitude: -87.3,
    ...change,
  });
  return { ...live, key, osmand, readings, item };
}

test("OsmAnd: each answer of the contract", async () => {
  const { osmand, northTracker, now } = await reachable();
  const at = (ago: number) => Math.floor((now - ago) / 1_000);
  const point = (id: string, ago: number, more = "") => `id=${id}&lat=41.6&lon=-87.3&timestamp=${at(ago)}${more}`;
  const answers = async (...requests: [string, RequestInit?, string?][]) => {
    const statuses: number[] = [];
    for (const request of requests) statuses.push((await osmand(...request)).status);
    return statuses;
  };
  expect(await answers([point(northTracker, MINUTE)], [point(northTracker, MINUTE)], [point(northTracker, 2 * MINUTE)])).toEqual([200, 200, 200]);
  expect(
    await answers(
      [point(northTracker, 0, "&lat=91").replace("&lat=41.6", "")],
      [`id=${northTracker}&lat=41.6&lon=-87.3&timestamp=2097-01-01T00:00:00Z`],
      [point(northTracker, 0, "&speed=1079.9")],
    ),
  ).toEqual([200, 200, 200]);
  expect(await answers(["lat=41.6&lon=-87.3"], [`id=${northTracker}`], [`id=${northTracker}&lat=north&lon=west`], [""])).toEqual([400, 400, 400, 400]);
  expect(await answers([point(northTracker, 0), {}, "guess"], [point("stranger", 0)])).toEqual([401, 404]);
  expect(await answers([point(northTracker, 0), { method: "PUT" }], [point(northTracker, 0), { method: "POST", body: "x".repeat(1_048_577) }])).toEqual([
    405, 413,
  ]);
});

test("answers every format that clients are known to send as the contract specifies", async () => {
  const { shop, key, northTruck } = await reachable();
  const fixtures = [...queryFixtures, ...bodyFixtures];
  const codes = fixtures.flatMap(({ query, method = "GET", contentType = null, body = "" }) => {
    const read = parseOsmAnd({ method, query: new URLSearchParams(query), contentType, body }, toUtcMs(Date.now()));
    return read.ok ? read.value.map(({ deviceId }) => deviceId) : [];
  });
  for (const code of new Set(codes)) await shop.device({ asset: northTruck, code });
  await shop.applyRoster();
  const answers: [string, number][] = [];
  for (const { name, query = "", method = "GET", contentType, body } of fixtures) {
    const headers: HeadersInit = contentType ? { "Content-Type": contentType } : {};
    const answer = await SELF.fetch(`${HOST}/api/telematics/osmand/${key}?${query}`, { method, headers, body: method === "GET" ? undefined : body });
    answers.push([name, answer.status]);
  }
  expect(fixtures.length).toBeGreaterThanOrEqual(20);
  expect(answers).toEqual(fixtures.map(({ name, expected }) => [name, "refused" in expected ? 400 : 200]));
});

test("a body without a stated length is measured as it comes", async () => {
  const { key, northTracker } = await reachable();
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      if (pulled > 2_000) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1_024));
    },
  });
  const request = new Request(`${HOST}/api/telematics/osmand/${key}?id=${northTracker}`, { method: "POST", body: endless });
  expect((await background.fetch(request as never, env, createExecutionContext())).status).toBe(413);
  expect(pulled).toBeLessThan(50);
});

test("a refusal gives its reason and never echoes the key", async () => {
  const { osmand, key } = await reachable();
  for (const query of ["", "id=x", "id=stranger&lat=1&lon=1"]) {
    const reply = await (await osmand(query)).text();
    expect(reply.length).toBeGreaterThan(15);
    expect(reply).not.toContain(key);
  }
});

test("a point that arrives is on the map, with its units made canon", async () => {
  const { osmand, room, northTruck, northTracker, now } = await reachable();
  const sent = await osmand(`id=${northTracker}&lat=41.65&lon=-87.31&timestamp=${Math.floor(now / 1_000)}&speed=40&bearing=370&odometer=120000&hours=3600000`);
  expect([sent.status, await sent.text()]).toEqual([200, "OK\n"]);
  expect((await room().picture({ audience: "staff" })).units).toMatchObject([
    {
      assetId: northTruck,
      latitude: 41.65,
      longitude: -87.31,
      speedMps: (40 * 1_852) / 3_600,
      headingDegrees: null,
      odometerMeters: 120_000,
      engineSeconds: 3_600,
    },
  ]);
});

test("a device with a key of its own takes that one only, and that key speaks for no other", async () => {
  const { shop, osmand, readings, item, northTruck, northTracker, now } = await reachable();
  const own = await shop.device({ asset: northTruck, ownKey: true });
  const ownKey = await shop.key(own);
  await shop.applyRoster();
  const point = (id: string) => `id=${id}&lat=41.6&lon=-87.3&timestamp=${Math.floor(now / 1_000)}`;
  expect((await osmand(point(own))).status).toBe(401);
  expect((await osmand(point(own), {}, ownKey)).status).toBe(200);
  expect((await osmand(point(northTracker), {}, ownKey)).status).toBe(401);
  expect(await (await readings({ readings: [item(northTracker, now), item(own, now + SECOND)] }, ownKey)).json()).toEqual({
    accepted: 1,
    duplicates: 0,
    rejected: [{ index: 0, error: "This key belongs to another device." }],
  });
  expect(await (await readings({ readings: [item(own, now + 2 * SECOND)] })).json()).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] });
});

test("another organization's key reaches its own devices only, though they are called the same", async () => {
  const { world, osmand, room, northTracker, now } = await reachable();
  const other = await world.shop();
  const otherKey = await other.key();
  await other.applyRoster();
  expect((await osmand(`id=${northTracker}&lat=41.6&lon=-87.3&timestamp=${Math.floor(now / 1_000)}`, {}, otherKey)).status).toBe(404);
  expect((await room().picture({ audience: "staff" })).units).toEqual([]);
});

test("a room without a roster gets it with the first reading", async () => {
  const { world, osmand, now } = await reachable();
  const fresh = await world.shop();
  const customer = await fresh.customer();
  const device = await fresh.device({ asset: await fresh.asset({ customer }) });
  expect((await osmand(`id=${device}&lat=41.6&lon=-87.3&timestamp=${Math.floor(now / 1_000)}`, {}, await fresh.key())).status).toBe(200);
});

test("readings: counts, rejected ones by their place, and what comes twice", async () => {
  const { readings, item, northTracker, southTracker, now } = await reachable();
  const body = {
    readings: [
      item(northTracker, now - 20 * SECOND),
      item(southTracker, now - 20 * SECOND, { faultCodes: [{ spn: 100, fmi: 1 }, { dtc: "p0301" }] }),
      item("stranger", now),
      item(northTracker, now, { latitude: "41.6" }),
      item(northTracker, now - 20 * SECOND),
      item(northTracker, now - 40 * SECOND),
      item(northTracker, now - 10 * SECOND, { latitude: 91 }),
      item(northTracker, Date.UTC(2097, 0, 1)),
      item(northTracker, now, { speedMps: 2_000 / 3.6 }),
      item(northTracker, now, { faultCodes: [{ spn: -1, fmi: 1 }] }),
      { deviceId: northTracker },
      null,
    ],
  };
  const answer = await readings(body);
  expect(answer.status).toBe(200);
  const response = await answer.json<{ rejected: { index: number; error: string }[] }>();
  expect(response).toMatchObject({ accepted: 3, duplicates: 1 });
  expect(response.rejected.map(({ index }) => index)).toEqual([2, 3, 6, 7, 8, 9, 10, 11]);
  expect(response.rejected.every(({ error }) => error.length > 10)).toBe(true);
  expect(await (await readings(body)).json()).toMatchObject({ accepted: 0, duplicates: 4 });
});

test("readings: each refusal of the contract", async () => {
  const { readings, item, northTracker, now } = await reachable();
  const many = (n: number) => ({ readings: Array.from({ length: n }, (_, at) => item(northTracker, now - (n - at) * SECOND)) });
  expect(await (await readings(many(1_000))).json()).toEqual({ accepted: 1_000, duplicates: 0, rejected: [] });
  expect(await (await readings(many(1_000))).json()).toEqual({ accepted: 0, duplicates: 1_000, rejected: [] });
  expect((await readings(many(1_001))).status).toBe(413);
  expect((await readings(`{"readings":[${" ".repeat(1_100_000)}]}`)).status).toBe(413);
  for (const body of ["", "{", "[]", "null", '"x"', "{}", '{"readings":{}}']) expect([body, (await readings(body)).status]).toEqual([body, 400]);
  expect((await readings(many(1), null)).status).toBe(401);
  expect((await readings(many(1), "guess")).status).toBe(401);
  expect((await SELF.fetch(`${HOST}/api/telematics/readings`)).status).toBe(405);
  expect((await SELF.fetch(`${HOST}/api/telematics/elsewhere`)).status).toBe(404);
});

test("answers too many requests with how long to wait, in both protocols", async () => {
  const { key, northTracker } = await reachable();
  const busy = { ...env, INGEST_LIMIT: { limit: async () => ({ success: false }) } };
  const ask = (path: string, init?: RequestInit) =>
    background.fetch(new Request(`${HOST}/api/telematics/${path}`, init) as never, busy, createExecutionContext());
  const answers = [
    await ask(`osmand/${key}?id=${northTracker}&lat=1&lon=1`),
    await ask("readings", { method: "POST", headers: { Authorization: `Bearer ${key}` }, body: "{}" }),
  ];
  expect(answers.map((answer) => [answer.status, answer.headers.get("Retry-After")])).toEqual(Array(2).fill([429, "60"]));
});

test("whatever is sent, the answer is never a fault of ours", async () => {
  const { osmand, readings, northTracker } = await reachable();
  const odd = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.double().map(String),
    fc.constantFrom("", "91", "-180.0001", "1e400", "NaN", "2097-01-01", "0", "-1", "9".repeat(40), "\u0000", "%", "__proto__"),
  );
  const field = fc.constantFrom(
    "id",
    "deviceid",
    "lat",
    "lon",
    "location",
    "timestamp",
    "speed",
    "bearing",
    "heading",
    "hdop",
    "accuracy",
    "odometer",
    "hours",
    "ignition",
    "dtcs",
    "valid",
    "mock",
    "batt",
  );
  const fields = fc
    .array(fc.tuple(field, odd), { maxLength: 8 })
    .map((pairs) => new URLSearchParams([["id", northTracker], ["lat", "41.6"], ["lon", "-87.3"], ...pairs].reverse() as [string, string][]).toString());
  const body = fc.option(
    fc.oneof(
      odd,
      fields,
      fc.json(),
      fc.json().map((json) => `{"device_id":"${northTracker}","location":${json}}`),
    ),
    { nil: undefined },
  );
  const type = fc.constantFrom("", "application/json", "application/x-www-form-urlencoded", "text/plain; charset=utf-16", "multipart/form-data");
  await fc.assert(
    fc.asyncProperty(fields, body, type, async (query, text, contentType) => {
      const answer = await osmand(query, text === undefined ? {} : { method: "POST", headers: contentType ? { "Content-Type": contentType } : {}, body: text });
      expect([200, 400, 404]).toContain(answer.status);
      await answer.text();
    }),
    { numRuns: 250, seed: 20_260_301 },
  );
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(northTracker, "2026-03-01T12:00:00Z", 1e308, -0, 91, 180, 8.64e15));
  const record = fc.record(
    {
      deviceId: value,
      recordedAt: value,
      latitude: value,
      longitude: value,
      speedMps: value,
      headingDegrees: value,
      odometerMeters: value,
      engineSeconds: value,
      faultCodes: value,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(record, fc.jsonValue()), { maxLength: 6 }), async (items) => {
      const answer = await readings({ readings: items });
      expect(answer.status).toBe(200);
      const { accepted, duplicates, rejected } = await answer.json<{ accepted: number; duplicates: number; rejected: unknown[] }>();
      expect(accepted + duplicates + rejected.length).toBe(items.length);
    }),
    { numRuns: 150, seed: 20_260_302 },
  );
});
