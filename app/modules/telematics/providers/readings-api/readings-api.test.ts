import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_READINGS, parseReadings } from "./readings-api";

const item = { deviceId: "t-7", recordedAt: "2026-03-01T12:00:00Z", latitude: 41.8, longitude: -87.6 };

test("converts a full item to canonical units", () => {
  const full = {
    ...item,
    speedMps: 20.5,
    headingDegrees: 360,
    odometerMeters: 1_000,
    engineSeconds: 60,
    faultCodes: [{ spn: 94, fmi: 1 }, { spn: 100, fmi: 18, occurrenceCount: 3 }, { dtc: "p0128" }],
  };
  expect(parseReadings({ readings: [full] })).toEqual({
    ok: true,
    value: {
      rejected: [],
      readings: [
        {
          index: 0,
          deviceId: "t-7",
          recordedAt: Date.UTC(2026, 2, 1, 12),
          latitude: 41.8,
          longitude: -87.6,
          speedMps: 20.5,
          headingDegrees: 0,
          odometerMeters: 1_000,
          engineSeconds: 60,
          ignition: null,
          accuracyMeters: null,
          faults: [{ spn: 94, fmi: 1, occurrenceCount: null }, { spn: 100, fmi: 18, occurrenceCount: 3 }, { dtc: "P0128" }],
          received: { via: "readings-api" },
        },
      ],
    },
  });
});

test("reads unknown as null, absurd values as they are, and no faults as an empty list", () => {
  const result = parseReadings({
    readings: [{ ...item, recordedAt: 4_000_000_000_000, latitude: 91, speedMps: -1, headingDegrees: -1, faultCodes: [] }],
  });
  expect(result).toMatchObject({
    ok: true,
    value: { readings: [{ latitude: 91, speedMps: null, headingDegrees: null, faults: [], odometerMeters: null }] },
  });
});

test.each([
  [null, "must be an object"],
  [{ ...item, deviceId: " " }, "deviceId"],
  [{ ...item, deviceId: "a\nb" }, "deviceId"],
  [{ ...item, recordedAt: "2026-03-01 12:00" }, "recordedAt"],
  [{ ...item, latitude: "41.8" }, "latitude"],
  [{ ...item, longitude: undefined }, "longitude"],
  [{ ...item, speedMps: "fast" }, "speedMps"],
  [{ ...item, headingDegrees: 361 }, "headingDegrees"],
  [{ ...item, odometerMeters: -1 }, "odometerMeters"],
  [{ ...item, faultCodes: {} }, "faultCodes"],
  [{ ...item, faultCodes: [{ dtc: "P0128" }, { spn: 524_288, fmi: 1 }] }, "faultCodes[1]"],
  [{ ...item, faultCodes: [{ spn: 1, fmi: 32 }] }, "faultCodes[0]"],
  [{ ...item, faultCodes: [{ spn: 1, fmi: 1, occurrenceCount: 128 }] }, "faultCodes[0]"],
])("rejects a bad item with a message and accepts the others: %j", (bad, expected) => {
  const result = parseReadings({ readings: [item, bad, item] });
  expect(result).toMatchObject({
    ok: true,
    value: { readings: [{ index: 0 }, { index: 2 }], rejected: [{ index: 1, error: expect.stringContaining(expected) }] },
  });
});

test("refuses a body of another shape, and one reading too many", () => {
  for (const body of [null, [], "x", {}, { readings: {} }]) expect(parseReadings(body)).toMatchObject({ ok: false, error: { kind: "malformed" } });
  expect(parseReadings({ readings: Array(MAX_READINGS + 1).fill(item) })).toMatchObject({
    ok: false,
    error: { kind: "too-many" },
  });
  expect(parseReadings({ readings: Array(MAX_READINGS).fill(item) })).toMatchObject({ ok: true });
});

test("any JSON gets a response, each item is in one list, and numbers are finite", () => {
  const scalar = fc.oneof(
    fc.json().map((text): unknown => JSON.parse(text)),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.constant(41.8),
  );
  const someItem = fc.record(
    {
      deviceId: fc.oneof(fc.constant("d"), scalar),
      recordedAt: fc.oneof(fc.constant(item.recordedAt), scalar),
      latitude: scalar,
      longitude: scalar,
      speedMps: scalar,
      headingDegrees: scalar,
      engineSeconds: scalar,
      faultCodes: fc.oneof(scalar, fc.array(fc.record({ spn: scalar, fmi: scalar, dtc: scalar }, { requiredKeys: [] }))),
    },
    { requiredKeys: ["deviceId", "recordedAt", "latitude", "longitude"] },
  );
  fc.assert(
    fc.property(fc.oneof(scalar, fc.record({ readings: fc.array(fc.oneof(someItem, scalar)) })), (body) => {
      const result = parseReadings(body);
      if (!result.ok) return;
      const { readings, rejected } = result.value;
      const indexes = [...readings, ...rejected].map(({ index }) => index).toSorted((a, b) => a - b);
      expect(indexes).toEqual([...indexes.keys()]);
      for (const { latitude, longitude, recordedAt, speedMps, headingDegrees, engineSeconds } of readings) {
        for (const number of [latitude, longitude, recordedAt, speedMps ?? 0, headingDegrees ?? 0, engineSeconds ?? 0])
          expect(Number.isFinite(number)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});
