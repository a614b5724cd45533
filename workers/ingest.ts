import { parseOsmAnd } from "~/modules/telematics/providers/osmand/osmand";
import { parseReadings } from "~/modules/telematics/providers/readings-api/readings-api";
import { takeReadings } from "~/modules/telematics/readings/ingest-readings.server";
import { sha256 } from "~/platform/crypto.server";
import type { FoundIngestKey } from "~/platform/directory/directory.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { networkBehind } from "~/platform/http/origin.server";
import { fromIngestKey } from "~/platform/scope/scope.server";
import type { LoadContext } from "./context";

const MAX_BODY = 1_048_576;
/** A key's organization is remembered this long per isolate: a revoked key lives on for as long at most. */
const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 5_000;

const textResponse = (status: number, text: string, headers: HeadersInit = {}) =>
  new Response(`${text}\n`, { status, headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers } });
const json = (status: number, body: unknown, headers: HeadersInit = {}) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });

/** The addresses that trackers call. Null where the path is none of them. */
export async function ingest(request: Request, context: LoadContext): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  const osmand = /^\/api\/telematics\/osmand\/([^/]{1,200})\/?$/.exec(pathname);
  if (osmand?.[1]) return takeOsmAnd(request, context, decode(osmand[1]));
  if (pathname === "/api/telematics/readings") return takeBatch(request, context);
  return pathname.startsWith("/api/telematics/") ? textResponse(404, "No such address. See the API description.") : null;
}

async function takeOsmAnd(request: Request, context: LoadContext, secret: string): Promise<Response> {
  if (request.method !== "GET" && request.method !== "POST") return textResponse(405, "Send positions by GET or POST.", { Allow: "GET, POST" });
  const key = await keyOf(context, networkBehind(request), secret);
  if (key === "too-often") return textResponse(429, "Too many requests from here.", { "Retry-After": "60" });
  if (!key) return textResponse(401, "This ingest key is not known. Copy it again from Settings, Devices.");
  if (!(await context.platform.withinLimit("ingest", key.id))) return textResponse(429, "Too many requests for this key.", { "Retry-After": "60" });
  const body = await bodyOf(request);
  if (body === null) return textResponse(413, "More than 1 MB in one request.");
  const parsed = parseOsmAnd(
    { method: request.method, query: new URL(request.url).searchParams, contentType: request.headers.get("Content-Type"), body },
    context.platform.clock.now(),
  );
  if (!parsed.ok) return textResponse(400, parsed.error.message);
  if (key.deviceCode !== null && parsed.value.some(({ deviceId }) => deviceId !== key.deviceCode))
    return textResponse(401, "This key belongs to another device.");
  const services = context.servicesFor(fromIngestKey(key));
  const outcomes = await takeReadings(services, parsed.value, key.deviceCode);
  if (outcomes.some(({ kind }) => kind === "own-key")) return textResponse(401, "This device has a key of its own; use that one.");
  if (outcomes.length > 0 && outcomes.every(({ kind }) => kind === "unknown-device"))
    return textResponse(404, "This device is not known here yet. It waits in Settings, Devices.");
  return textResponse(200, "OK");
}

async function takeBatch(request: Request, context: LoadContext): Promise<Response> {
  if (request.method !== "POST") return json(405, { error: "Send readings by POST." }, { Allow: "POST" });
  const secret = /^Bearer (.{1,200})$/.exec(request.headers.get("Authorization") ?? "")?.[1];
  const key = secret ? await keyOf(context, networkBehind(request), secret) : null;
  if (key === "too-often") return json(429, { error: "Too many requests from here." }, { "Retry-After": "60" });
  if (!key) return json(401, { error: "Send `Authorization: Bearer <ingest key>` with a key from Settings, Devices." });
  if (!(await context.platform.withinLimit("ingest", key.id))) return json(429, { error: "Too many requests for this key." }, { "Retry-After": "60" });
  const body = await bodyOf(request);
  if (body === null) return json(413, { error: "More than 1 MB in one request. Send fewer readings at a time." });
  const parsed = parseReadings(parseJson(body));
  if (!parsed.ok) return json(parsed.error.kind === "too-many" ? 413 : 400, { error: parsed.error.message });
  const { readings, rejected } = parsed.value;
  const services = context.servicesFor(fromIngestKey(key));
  const mine = readings.filter(({ deviceId }) => key.deviceCode === null || deviceId === key.deviceCode);
  const outcomes = mine.length > 0 ? await takeReadings(services, mine, key.deviceCode) : [];
  const refused = [...rejected];
  for (const { index, deviceId } of readings)
    if (key.deviceCode !== null && deviceId !== key.deviceCode) refused.push({ index, error: "This key belongs to another device." });
  let [accepted, duplicates] = [0, 0];
  outcomes.forEach((outcome, at) => {
    const index = mine[at]?.index ?? at;
    if (outcome.kind === "duplicate") duplicates += 1;
    else if (outcome.kind === "set-aside") refused.push({ index, error: `Set aside for review: ${outcome.message}` });
    else if (outcome.kind === "unknown-device") refused.push({ index, error: "This device is not known here yet. It waits in Settings, Devices." });
    else if (outcome.kind === "own-key") refused.push({ index, error: "This device has a key of its own; use that one." });
    else accepted += 1;
  });
  return json(200, { accepted, duplicates, rejected: refused.sort((a, b) => a.index - b.index) });
}

const remembered = new Map<string, { key: FoundIngestKey; until: number }>();

async function keyOf({ platform }: LoadContext, address: string, secret: string): Promise<FoundIngestKey | null | "too-often"> {
  const hash = sha256(secret);
  const now = platform.clock.now();
  const known = remembered.get(hash);
  if (known && known.until > now) return known.key;
  // Whoever guesses keys is stopped before the directory is asked.
  if (!known && !(await platform.withinLimit("sign-in", `key ${address}`))) return "too-often";
  const key = await platform.directory.findIngestKey(hash);
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  if (key) remembered.set(hash, { key, until: now + REMEMBER_MS });
  else remembered.delete(hash);
  return key;
}

async function bodyOf(request: Request): Promise<string | null> {
  const bytes = await bytesUpTo(request, MAX_BODY);
  return bytes && new TextDecoder().decode(bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
