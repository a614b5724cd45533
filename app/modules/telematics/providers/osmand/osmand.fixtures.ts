import type { Reading } from "../../readings/reading";
import type { OsmAndRefusal } from "./osmand";

/** The instant at which the tests receive every fixture: 2026-03-01T12:00:00Z. */
export const FIXTURES_RECEIVED_AT = Date.UTC(2026, 2, 1, 12);

type Expected = { readings: Partial<Omit<Reading, "recordedAt"> & { recordedAt: number }>[] } | { refused: OsmAndRefusal["kind"] };
export type OsmAndFixture = {
  name: string;
  /** Where the shape comes from. */
  source: string;
  method?: "GET" | "POST";
  query?: string;
  contentType?: string;
  body?: string;
  expected: Expected;
};

const DECODER = "Traccar server, OsmAndProtocolDecoderTest";
const PAGE = "traccar.org/osmand, list of parameters";
const CLIENT_7 = "Traccar Client 7 for Android, as in traccar-client issues 5 and 85";
const CLIENT_9 = "Traccar Client 9, as in traccar-client issue 85";
const CLIENT_10 = "Traccar Client 10.1, as in traccar-client issue 214";
const OSMAND = "OsmAnd app, online tracking address lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}&bearing={6}";
const SDK = "background location SDK inside Traccar Client, upload of a backlog";
const OURS = "our contract for POST /api/telematics/osmand";
const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

const one = (reading: Extract<Expected, { readings: unknown }>["readings"][number]): Expected => ({ readings: [reading] });
const at = Date.UTC;

export const queryFixtures: OsmAndFixture[] = [
  {
    name: "time in ISO 8601",
    source: DECODER,
    query: "id=902064&lat=42.06288&lon=-88.23412&timestamp=2016-01-27T18%3A55%3A47Z&hdop=6.0&altitude=224.0&speed=0.0",
    expected: one({
      deviceId: "902064",
      latitude: 42.06288,
      longitude: -88.23412,
      recordedAt: at(2016, 0, 27, 18, 55, 47),
      speedMps: 0,
      headingDegrees: null,
      accuracyMeters: 30,
      received: { via: "osmand-query", speed: [0, "kn"], hdop: 6 },
    }),
  },
  {
    name: "time in milliseconds",
    source: DECODER,
    query: "id=902064&lat=42.06288&lon=-88.23412&timestamp=1442068686579&hdop=6.0&altitude=224.0&speed=0.0",
    expected: one({ recordedAt: 1_442_068_686_579 }),
  },
  {
    name: "time written with a space, in UTC",
    source: DECODER,
    query: "lat=49.60688&lon=6.15788&timestamp=2014-06-04+09%3A10%3A11&altitude=384.7&speed=0.0&id=353861053849681",
    expected: one({ deviceId: "353861053849681", recordedAt: at(2014, 5, 4, 9, 10, 11) }),
  },
  {
    name: "time in seconds",
    source: DECODER,
    query: "id=123456&timestamp=1377177267&lat=60.0&lon=30.0",
    expected: one({ recordedAt: 1_377_177_267_000, speedMps: null, odometerMeters: null, faults: null, ignition: null }),
  },
  {
    name: "deviceid and heading, no time",
    source: DECODER,
    query: "lat=60.0&lon=30.0&speed=0.0&heading=90.5&vacc=0&hacc=0&altitude=0&deviceid=123456",
    expected: one({
      deviceId: "123456",
      headingDegrees: 90.5,
      recordedAt: FIXTURES_RECEIVED_AT,
      received: { via: "osmand-query", speed: [0, "kn"], untimed: true },
    }),
  },
  {
    name: "location as a pair",
    source: DECODER,
    query: "id=123456&timestamp=1377177267&location=60.0,30.0",
    expected: one({ latitude: 60, longitude: 30 }),
  },
  {
    name: "ignition and speed in knots",
    source: DECODER,
    query: "id=123456789012345&timestamp=1504763810&lat=40.7232948571&lon=-74.0061408571&bearing=7.19889788244&speed=40&ignition=true&rpm=933&fuel=24",
    expected: one({ speedMps: (40 * 1_852) / 3_600, ignition: true, headingDegrees: 7.19889788244 }),
  },
  {
    name: "cell towers without a position",
    source: DECODER,
    query: "id=123456&timestamp=1377177267&cell=257,02,16,2224&wifi=00-14-22-01-23-45,-80",
    expected: { refused: "no-position" },
  },
  {
    name: "no device",
    source: DECODER,
    query: "timestamp=1377177267&lat=60.0&lon=30.0",
    expected: { refused: "no-device" },
  },
  {
    name: "POST with an empty body",
    source: CLIENT_7,
    method: "POST",
    query: "id=82879256&lat=-35.5555277&lon=145.5555733&timestamp=1693222306574&speed=0.211914&bearing=26.21394&accuracy=22.975999",
    expected: one({ latitude: -35.5555277, accuracyMeters: 22.975999, recordedAt: 1_693_222_306_574 }),
  },
  {
    name: "POST that claims JSON but carries a query only",
    source: "traccar.org/forums/topic/osmand-api, a caller's script",
    method: "POST",
    query: "id=123458&lat=50&lon=65&timestamp=1559806980&hdop=5&altitude=35&speed=0",
    contentType: JSON_TYPE,
    expected: one({ deviceId: "123458", latitude: 50, longitude: 65 }),
  },
  {
    name: "all seven fields",
    source: OSMAND,
    query: "id=van7&lat=41.87&lon=-87.62&timestamp=1772366400123&hdop=1.5&altitude=180.0&speed=13.4&bearing=271.0",
    expected: one({ headingDegrees: 271, accuracyMeters: 7.5, recordedAt: 1_772_366_400_123 }),
  },
  {
    name: "placeholders that were never filled in",
    source: OSMAND,
    query: "id=van7&lat=41.87&lon=-87.62&timestamp={2}&hdop={3}&speed={5}&bearing={6}",
    expected: one({ speedMps: null, headingDegrees: null, accuracyMeters: null, recordedAt: FIXTURES_RECEIVED_AT }),
  },
  {
    name: "every sentinel for unknown",
    source: PAGE,
    query: "id=1&lat=41.8&lon=-87.6&timestamp=0&speed=-1&bearing=-1&accuracy=-1&hdop=NaN&odometer=-1&hours=-1&ignition=",
    expected: one({
      speedMps: null,
      headingDegrees: null,
      accuracyMeters: null,
      odometerMeters: null,
      engineSeconds: null,
      ignition: null,
      recordedAt: FIXTURES_RECEIVED_AT,
    }),
  },
  {
    name: "odometer in metres, hours in milliseconds, codes",
    source: "Traccar server, standard position attributes",
    query: "id=1&lat=41.8&lon=-87.6&timestamp=1772366400&odometer=184329012&hours=36000500&ignition=0&dtcs=P0128+p0420%2CJUNK",
    expected: one({
      odometerMeters: 184_329_012,
      engineSeconds: 36_000.5,
      ignition: false,
      faults: [{ dtc: "P0128" }, { dtc: "P0420" }],
      received: { via: "osmand-query", odometer: [184_329_012, "m"], engine: [36_000_500, "ms"] },
    }),
  },
  {
    name: "an empty code list means no faults",
    source: "Traccar server, standard position attributes",
    query: "id=1&lat=41.8&lon=-87.6&dtcs=",
    expected: one({ faults: [] }),
  },
  {
    name: "counters that have not begun",
    source: OURS,
    query: "id=1&lat=41.8&lon=-87.6&odometer=0&hours=0",
    expected: one({ odometerMeters: null, engineSeconds: null }),
  },
  {
    name: "no fix",
    source: PAGE,
    query: "id=1&lat=41.8&lon=-87.6&timestamp=1772366400&valid=false",
    expected: one({ received: { via: "osmand-query", noFix: true } }),
  },
  {
    name: "offset whose plus became a space",
    source: OURS,
    query: "id=1&lat=41.8&lon=-87.6&timestamp=2026-02-28T13:30:00.25+05:30",
    expected: one({ recordedAt: at(2026, 1, 28, 8, 0, 0, 250) }),
  },
  {
    name: "a day that does not exist",
    source: OURS,
    query: "id=1&lat=41.8&lon=-87.6&timestamp=2026-02-30+10:00:00",
    expected: one({ recordedAt: FIXTURES_RECEIVED_AT }),
  },
  {
    name: "latitude 91 is read; judging comes later",
    source: OURS,
    query: "id=1&lat=91&lon=181&timestamp=4000000000000&speed=1080",
    expected: one({ latitude: 91, longitude: 181, recordedAt: 4_000_000_000_000 }),
  },
  {
    name: "latitude that is no number",
    source: OURS,
    query: "id=1&lat=NaN&lon=-87.6",
    expected: { refused: "no-position" },
  },
  {
    name: "id of 65 characters",
    source: OURS,
    query: `id=${"x".repeat(65)}&lat=41.8&lon=-87.6`,
    expected: { refused: "no-device" },
  },
  {
    name: "id with a control character",
    source: OURS,
    query: "id=tru%00ck&lat=41.8&lon=-87.6",
    expected: { refused: "no-device" },
  },
  { name: "nothing at all", source: OURS, expected: { refused: "no-device" } },
];

export const bodyFixtures: OsmAndFixture[] = [
  {
    name: "form body",
    source: CLIENT_10,
    method: "POST",
    contentType: `${FORM}; charset=UTF-8`,
    body: "id=48241179&timestamp=1772366400&lat=52.5&lon=13.4&speed=10&bearing=360&altitude=34&accuracy=5&batt=80",
    expected: one({ deviceId: "48241179", latitude: 52.5, headingDegrees: 0, accuracyMeters: 5, speedMps: 18_520 / 3_600 }),
  },
  {
    name: "form body, device in the query",
    source: PAGE,
    method: "POST",
    query: "id=%20truck-7%20",
    contentType: FORM,
    body: "lat=52.5&lon=13.4&id=other",
    expected: one({ deviceId: "truck-7", longitude: 13.4 }),
  },
  {
    name: "phone at rest",
    source: DECODER,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"location":{"timestamp":"2025-06-15T13:45:12.862Z","coords":{"latitude":37.4219983,"longitude":-122.084,"accuracy":5,"speed":0,"heading":-1,"altitude":5},"is_moving":false,"odometer":0,"event":"motionchange","battery":{"level":1,"is_charging":false},"activity":{"type":"still"},"extras":{},"_":"&id=48241179&lat=37.4219983&lon=-122.084&timestamp=2025-06-15T13:45:12.862Z&"},"device_id":"48241179"}',
    expected: one({
      deviceId: "48241179",
      recordedAt: at(2025, 5, 15, 13, 45, 12, 862),
      speedMps: 0,
      headingDegrees: null,
      odometerMeters: null,
      accuracyMeters: 5,
      received: { via: "osmand-json", speed: [0, "m/s"], odometer: [0, "m"] },
    }),
  },
  {
    name: "simulated position, everything unknown",
    source: DECODER,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"location":{"extras":{},"mock":true,"coords":{"speed_accuracy":-1,"speed":-1,"longitude":-122.406417,"floor":null,"heading_accuracy":-1,"latitude":37.785834000000001,"accuracy":5,"altitude":0,"heading":-1},"is_moving":false,"age":188,"odometer":0,"uuid":"2FB04C65-99CF-42AB-8DD3-EBCB4B108BF8","event":"motionchange","battery":{"level":-1,"is_charging":false},"timestamp":"2025-05-09T04:11:30.579Z"},"device_id":"658765"}',
    expected: one({
      speedMps: null,
      headingDegrees: null,
      received: { via: "osmand-json", speed: [-1, "m/s"], odometer: [0, "m"], mock: true },
    }),
  },
  {
    name: "speed in metres per second",
    source: DECODER,
    method: "POST",
    contentType: "application/json; charset=utf-8",
    body: '{"location":{"event":"motionchange","is_moving":false,"timestamp":"2021-07-21T08:06:34.444Z","odometer":0,"coords":{"latitude":-6.1148096,"longitude":106.6837015,"accuracy":3.8,"speed":18.67,"heading":63,"altitude":35.7},"extras":{}},"device_id":"8737767034"}',
    expected: one({ speedMps: 18.67, headingDegrees: 63, accuracyMeters: 3.8 }),
  },
  {
    name: "JSON that a command line names a form",
    source: CLIENT_9,
    method: "POST",
    contentType: FORM,
    body: '{"location":{"timestamp":"2025-08-28T11:51:46.587Z","coords":{"latitude":-37.6998277,"longitude":145.0686733,"accuracy":4.32,"speed":0.11,"heading":158.44,"altitude":103},"is_moving":true,"odometer":5210.4},"device_id":82879256}',
    expected: one({ deviceId: "82879256", odometerMeters: 5_210.4, speedMps: 0.11 }),
  },
  {
    name: "a backlog at once, one point unreadable",
    source: SDK,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"device_id":"a1","location":[{"timestamp":"2026-03-01T11:00:00.000Z","coords":{"latitude":41.1,"longitude":-87.1}},{"coords":{}},{"timestamp":"2026-03-01T11:00:10.000Z","coords":{"latitude":41.2,"longitude":-87.2},"extras":{"ignition":true,"hours":7200000,"dtcs":"P0128"}}]}',
    expected: {
      readings: [
        { latitude: 41.1, recordedAt: at(2026, 2, 1, 11) },
        {
          latitude: 41.2,
          recordedAt: at(2026, 2, 1, 11, 0, 10),
          ignition: true,
          engineSeconds: 7_200,
          faults: [{ dtc: "P0128" }],
        },
      ],
    },
  },
  {
    name: "no coordinates",
    source: OURS,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"device_id":"a1","location":{"timestamp":"2026-03-01T11:00:00.000Z"}}',
    expected: { refused: "no-position" },
  },
  {
    name: "no device",
    source: OURS,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"location":{"coords":{"latitude":41.1,"longitude":-87.1}}}',
    expected: { refused: "no-device" },
  },
  {
    name: "JSON cut off",
    source: OURS,
    method: "POST",
    contentType: JSON_TYPE,
    body: '{"device_id":"a1","location":{"coo',
    expected: { refused: "not-readable" },
  },
  {
    name: "JSON that is a list",
    source: OURS,
    method: "POST",
    contentType: JSON_TYPE,
    body: "[1,2]",
    expected: { refused: "not-readable" },
  },
];
