import { type Answer, type CallHead, type CallResult, type Provider, type RefusalReason, refusalStatuses } from "~/modules/telematics/providers/provider";
import { providerAt } from "~/modules/telematics/providers/registry";
import { takeItems } from "~/modules/telematics/readings/ingest-readings.server";
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

/** The addresses that trackers call. Null where the path is none of them. */
export async function ingest(request: Request, context: LoadContext): Promise<Response | null> {
  const url = new URL(request.url);
  const found = providerAt(url.pathname);
  if (!found) return url.pathname.startsWith("/api/telematics/") ? respond({ status: 404, body: "No such address. See the API description." }) : null;
  const { provider, key } = found;
  const result = await takeCall(request, { method: request.method, key, query: url.searchParams, headers: request.headers }, provider, context);
  return respond(provider.answer(result), result.kind === "refused" ? headersOf(result.why, provider) : {});
}

async function takeCall(request: Request, head: CallHead, provider: Provider, context: LoadContext): Promise<CallResult> {
  const { methods } = provider;
  if (!methods.some((method) => method === request.method)) return refused("wrong-method", `Send positions by ${methods.join(" or ")}.`);
  const secret = provider.authenticate(head);
  const key = secret ? await keyOf(context, networkBehind(request), secret) : null;
  if (key === "too-often") return refused("too-many-calls", "Too many requests from here.");
  if (!key) return refused("unknown-key", "This ingest key is not known. Copy it again from Settings, Devices.");
  if (!(await context.platform.withinLimit("ingest", key.id))) return refused("too-many-calls", "Too many requests for this key.");
  const body = await bodyOf(request);
  if (body === null) return refused("too-large", "More than 1 MB in one request.");
  const parsed = provider.parse({ ...head, body }, context.platform.clock.now());
  if (!parsed.ok) return refused(parsed.error.kind, parsed.error.message);
  return { kind: "taken", items: await takeItems(context.servicesFor(fromIngestKey(key)), parsed.value, key.deviceCode) };
}

const refused = (why: RefusalReason, message: string): CallResult => ({ kind: "refused", why, status: refusalStatuses[why], message });

function headersOf(why: RefusalReason, { methods }: Provider): HeadersInit {
  if (why === "wrong-method") return { Allow: methods.join(", ") };
  return why === "too-many-calls" ? { "Retry-After": "60" } : {};
}

function respond({ status, body }: Answer, headers: HeadersInit = {}): Response {
  const all = { "Cache-Control": "no-store", ...headers };
  if (typeof body !== "string") return Response.json(body, { status, headers: all });
  return new Response(`${body}\n`, { status, headers: { "Content-Type": "text/plain; charset=utf-8", ...all } });
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
