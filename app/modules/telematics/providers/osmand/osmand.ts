import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { deviceIdIn, type Fields, isFields } from "../../readings/field";
import type { Reading } from "../../readings/reading";
import type { Answer, CallResult, Provider } from "../provider";
import { type OsmAndFormat, type OsmAndPoint, toReading } from "./osmand-point";

/** Trackers and phones that speak the OsmAnd protocol, which Traccar Client does too. They send one device's points per call. */
export const osmand: Provider = {
  path: "/api/telematics/osmand/:key",
  methods: ["GET", "POST"],
  authenticate: ({ key }) => key,
  parse({ method, query, headers, body }, receivedAt) {
    const parsed = parseOsmAnd({ method, query, contentType: headers.get("Content-Type"), body }, receivedAt);
    return parsed.ok ? parsed : err({ kind: "malformed", message: parsed.error.message });
  },
  answer: (result) => (result.kind === "refused" ? { status: result.status, body: result.message } : answerTo(result.items)),
  example: ({ deviceId, recordedAt, latitude, longitude }) => ({
    method: "GET",
    query: { id: deviceId, timestamp: String(recordedAt), lat: String(latitude), lon: String(longitude) },
  }),
};

/** Clients send again whatever is not answered 200, so only what is not kept at all is refused. */
function answerTo(items: Extract<CallResult, { kind: "taken" }>["items"]): Answer {
  for (const item of items) if (item.kind === "other-device" || item.kind === "own-key") return { status: 401, body: item.message };
  const [first] = items;
  if (first?.kind === "unknown-device" && items.every(({ kind }) => kind === "unknown-device")) return { status: 404, body: first.message };
  return { status: 200, body: "OK" };
}

export type OsmAndRequest = { method: string; query: URLSearchParams; contentType: string | null; body: string };
export type OsmAndRefusal = { kind: "no-device" | "no-position" | "not-readable"; message: string };

/**
 * The OsmAnd / Traccar protocol as query, form or JSON. Form and query fields are merged, the query first, as Traccar
 * does. An ok result has at least one reading.
 */
export function parseOsmAnd(request: OsmAndRequest, receivedAt: UtcMs): Result<Reading[], OsmAndRefusal> {
  const { query, contentType } = request;
  const body = request.method === "GET" || request.method === "HEAD" ? "" : request.body.trim();
  // The body's first character counts too, because `curl -d` labels every body a form.
  const isJson = body !== "" && (/\bjson\b/i.test(contentType ?? "") || body.startsWith("{"));
  if (!isJson) return fromFields(new URLSearchParams([...query, ...new URLSearchParams(body)]), receivedAt);
  const root = parsedObject(body);
  if (root) return fromJson(root, query, receivedAt);
  if (query.size > 0) return fromFields(query, receivedAt);
  return err({ kind: "not-readable", message: "The body is not a JSON object." });
}

function parsedObject(body: string): Fields | null {
  try {
    const root: unknown = JSON.parse(body);
    return isFields(root) ? root : null;
  } catch {
    return null; // the caller returns the message
  }
}

function fromFields(fields: URLSearchParams, receivedAt: UtcMs): Result<Reading[], OsmAndRefusal> {
  const first = (...names: string[]) => names.map((name) => fields.get(name)).find((value) => value) ?? null;
  const pair = first("location")?.split(",");
  const point: OsmAndPoint = {
    latitude: first("lat") ?? pair?.[0],
    longitude: first("lon") ?? pair?.[1],
    timestamp: first("timestamp"),
    speed: first("speed"),
    heading: first("bearing", "heading"),
    accuracy: first("accuracy"),
    hdop: first("hdop"),
    odometer: first("odometer"),
    hours: first("hours"),
    ignition: first("ignition"),
    dtcs: fields.get("dtcs"),
    valid: first("valid"),
    mock: first("mock"),
  };
  return readings(deviceNamedBy(fields), [point], "osmand-query", receivedAt);
}

const deviceNamedBy = (fields: URLSearchParams): unknown => fields.get("id") || fields.get("deviceid") || fields.get("device_id");

/** `location` is a point, or a list when the client's SDK uploads a backlog. */
function fromJson(root: Fields, query: URLSearchParams, receivedAt: UtcMs): Result<Reading[], OsmAndRefusal> {
  const locations: unknown[] = Array.isArray(root.location) ? root.location : [root.location];
  const device = root.device_id ?? root.deviceid ?? root.id ?? deviceNamedBy(query);
  return readings(device, locations.filter(isFields).map(locationPoint), "osmand-json", receivedAt);
}

function locationPoint(location: Fields): OsmAndPoint {
  const coords = isFields(location.coords) ? location.coords : {};
  const extras = isFields(location.extras) ? location.extras : {};
  return {
    latitude: coords.latitude,
    longitude: coords.longitude,
    timestamp: location.timestamp,
    speed: coords.speed,
    heading: coords.heading,
    accuracy: coords.accuracy,
    hdop: undefined,
    odometer: location.odometer,
    hours: extras.hours,
    ignition: extras.ignition,
    dtcs: extras.dtcs,
    valid: undefined,
    mock: location.mock,
  };
}

function readings(device: unknown, points: OsmAndPoint[], via: OsmAndFormat, receivedAt: UtcMs): Result<Reading[], OsmAndRefusal> {
  const deviceId = deviceIdIn(device);
  if (deviceId === null) return err({ kind: "no-device", message: "No device id of 1 to 64 printable characters." });
  const read = points.map((point) => toReading(deviceId, point, via, receivedAt)).filter((reading) => reading !== null);
  return read.length > 0 ? ok(read) : err({ kind: "no-position", message: "No latitude and longitude that are numbers." });
}
