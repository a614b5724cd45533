import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type OsmAndRequest, parseOsmAnd } from "./osmand";
import { bodyFixtures, FIXTURES_RECEIVED_AT, type OsmAndFixture, queryFixtures } from "./osmand.fixtures";

const receivedAt = toUtcMs(FIXTURES_RECEIVED_AT);
const asRequest = (fixture: OsmAndFixture): OsmAndRequest => ({
  method: fixture.method ?? "GET",
  query: new URLSearchParams(fixture.query),
  contentType: fixture.contentType ?? null,
  body: fixture.body ?? "",
});

describe.each([...queryFixtures, ...bodyFixtures])("$source: $name", (fixture) => {
  test("is read as expected", () => {
    const result = parseOsmAnd(asRequest(fixture), receivedAt);
    const { expected } = fixture;
    if ("refused" in expected) {
      expect(result).toMatchObject({ ok: false, error: { kind: expected.refused } });
      return;
    }
    expect(result).toMatchObject({ ok: true, value: expected.readings });
    for (const [index, reading] of expected.readings.entries()) {
      if (reading.received && result.ok) expect(result.value[index]?.received).toEqual(reading.received);
    }
  });
});

test("never reads the body of a GET", () => {
  const body = '{"device_id":"a","location":{"coords":{"latitude":1,"longitude":2}}}';
  const request = { method: "GET", query: new URLSearchParams(), contentType: "application/json", body };
  expect(parseOsmAnd(request, receivedAt)).toMatchObject({ ok: false });
});

const names = [
  "id",
  "deviceid",
  "lat",
  "lon",
  "location",
  "timestamp",
  "speed",
  "bearing",
  "heading",
  "accuracy",
  "hdop",
  "odometer",
  "hours",
  "ignition",
  "dtcs",
  "valid",
];
const value = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom("1e999", "-1", "NaN", "2099-13-01 00:00:00", "41.8", ""),
);
const fields = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value);
const scalar = fc.oneof(
  value,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.json().map((text): unknown => JSON.parse(text)),
);
const location = fc.record(
  {
    timestamp: scalar,
    odometer: scalar,
    mock: scalar,
    coords: fc.oneof(scalar, fc.record({ latitude: scalar, longitude: scalar, speed: scalar, heading: scalar, accuracy: scalar }, { requiredKeys: [] })),
    extras: fc.oneof(scalar, fc.record({ hours: scalar, ignition: scalar, dtcs: scalar }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fields.map((record) => new URLSearchParams(record).toString()),
  fc.record({ device_id: fc.oneof(fc.constant("d1"), scalar), location: fc.oneof(location, fc.array(location), scalar) }).map((root) => JSON.stringify(root)),
);
const anyRequest = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT"),
  query: fields.map((record) => new URLSearchParams(record)),
  contentType: fc.option(fc.oneof(fc.constantFrom("application/json", "application/x-www-form-urlencoded", "text/plain"), fc.string())),
  body,
});

test("any request gives readings with finite numbers or a refusal with a message", () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const result = parseOsmAnd(request, receivedAt);
      if (!result.ok) {
        expect(result.error.message).not.toBe("");
        return;
      }
      expect(result.value.length).toBeGreaterThan(0);
      for (const { received, faults, ignition, ...reading } of result.value) {
        expect(reading.deviceId).toMatch(/^\P{Cc}{1,64}$/u);
        for (const number of Object.values(reading)) expect(number === null || typeof number === "string" || Number.isFinite(number)).toBe(true);
        expect(reading.speedMps ?? 0).toBeGreaterThanOrEqual(0);
        expect(reading.headingDegrees ?? 0).toBeLessThan(360);
        expect(new Date(reading.recordedAt).toISOString()).toBeTypeOf("string");
        expect(received.via).toMatch(/^osmand-(query|json)$/);
        expect([true, false, null]).toContain(ignition);
        expect(faults ?? []).toBeInstanceOf(Array);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("an impossibly large dilution gives no accuracy", () => {
  const query = new URLSearchParams({ id: "0", lat: "0", lon: "0", hdop: "3.6e307" });
  const result = parseOsmAnd({ method: "POST", query, contentType: null, body: "" }, receivedAt);
  expect(result).toMatchObject({ ok: true });
  expect(JSON.stringify(result)).toContain('"accuracyMeters":null');
});
