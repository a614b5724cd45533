import { DurableObject } from "cloudflare:workers";
import { calls } from "./square/api";
import { type Command, control } from "./square/control";
import { type Endpoint, endpoints, VERSION } from "./square/facts";
import { invoicePage } from "./square/invoices";
import { type Application, authorizePage, obtainToken, revokeToken } from "./square/oauth";
import { refusalOfAnswer, refusalOfRequest } from "./square/oracle";
import { checkout } from "./square/pages";
import { Refused, refusal, unauthorized } from "./square/refusal";
import { storeOf, type Token } from "./square/store";
import { deliver, type Mode, type Notification, signed } from "./square/webhooks";

/**
 * A stand-in for Square (https://developer.squareup.com/reference/square): OAuth, locations, payment links with their
 * hosted page, orders, payments, invoices paid by bank transfer, refunds, disputes and signed webhooks. It refuses what Square refuses: requests are checked by
 * the schemas of Square's own SDK and by the facts of its published specification. /__control does what sellers,
 * payers, banks and failures do; /__events shows what was announced, signed.
 */
type Env = {
  SQUARE: DurableObjectNamespace<SquareStandIn>;
  SQUARE_APPLICATION_ID: string;
  SQUARE_APPLICATION_SECRET: string;
  SQUARE_WEBHOOK_KEY: string;
  SQUARE_WEBHOOK_URL: string;
  /** The application's redirect URL, as it is written in the dashboard. */
  REDIRECT_URL: string;
  /** Where webhooks go from here; their signature is over SQUARE_WEBHOOK_URL. Without it they stay in /__events. */
  DELIVER_TO?: string;
};

const RETRY_AFTER_MS = 2_000;
const LONGER_THAN_ANY_TIMEOUT = 60_000;

export class SquareStandIn extends DurableObject<Env> {
  private readonly store = storeOf(this.ctx.storage.sql);

  override async fetch(request: Request): Promise<Response> {
    try {
      return await this.answer(request);
    } catch (cause) {
      if (cause instanceof Refused) return cause.answer;
      throw cause;
    } finally {
      // At once, and again while some of it finds no one.
      if (request.method !== "GET" && this.env.DELIVER_TO !== undefined) await this.ctx.storage.setAlarm(Date.now());
    }
  }

  override async alarm(): Promise<void> {
    if (await deliver(this.store, this.notification, { mode: this.mode })) await this.ctx.storage.setAlarm(Date.now() + RETRY_AFTER_MS);
  }

  private get mode(): Mode {
    return (this.store.setting("mode") ?? "all") as Mode; // checked by the control that set it
  }
  private get notification(): Notification {
    return { key: this.env.SQUARE_WEBHOOK_KEY, url: this.env.SQUARE_WEBHOOK_URL, deliverTo: this.env.DELIVER_TO ?? null };
  }
  private get application(): Application {
    return { id: this.env.SQUARE_APPLICATION_ID, secret: this.env.SQUARE_APPLICATION_SECRET, redirectUrl: this.env.REDIRECT_URL };
  }

  private async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/__control") return control(this.store, this.application.id, (await request.json()) as Command); // an unknown command is refused
    if (url.pathname === "/__events") return this.events(url.searchParams.get("merchant"));
    if (url.pathname === "/__deliver") return this.deliverNow(url.searchParams.get("mode") ?? "all");
    if (url.pathname === "/oauth2/authorize") return authorizePage(this.store, this.application, request);
    const [, link] = /^\/u\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (link !== undefined) return checkout(this.store, link, request, this.application.id);
    const [, invoice] = /^\/pay-invoice\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (invoice !== undefined) return invoicePage(this.store, `inv:${invoice}`, request);
    // Read first: a body that nobody reads is an error of its own in workerd.
    const text = await textOf(request);
    const fault = this.store.takeFault(url.pathname);
    if (fault === "429") return refusal(429, { code: "RATE_LIMITED", detail: "Too many requests." }, "RATE_LIMIT_ERROR", { "Retry-After": "1" });
    if (fault === "500") return refusal(500, { code: "INTERNAL_SERVER_ERROR", detail: "An internal error has occurred." }, "API_ERROR");
    if (fault === "timeout") await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_ANY_TIMEOUT));
    const answer = await this.api(request, url, text);
    // The documented worst case: it was done, and the answer is lost.
    if (fault === "lost") return refusal(500, { code: "INTERNAL_SERVER_ERROR", detail: "The answer was lost." }, "API_ERROR");
    return fault === "broken" ? new Response((await answer.text()).slice(0, -1), { headers: { "Content-Type": "application/json" } }) : answer;
  }

  private events(merchant: string | null): Response {
    return Response.json(this.store.events(merchant).map((event) => ({ ...signed(this.notification, event), type: event.type, state: event.state })));
  }

  private async deliverNow(mode: string): Promise<Response> {
    return Response.json({ left: await deliver(this.store, this.notification, { mode: mode as Mode }) }); // another word delivers all, once
  }

  private async api(request: Request, url: URL, text: string): Promise<Response> {
    const endpoint = endpointOf(request.method, url.pathname);
    if (!endpoint) return refusal(404, { code: "NOT_FOUND", detail: "Resource not found." });
    if (request.headers.get("Square-Version") !== VERSION)
      return refusal(400, { code: "INVALID_SQUARE_VERSION_FORMAT", detail: `This stand-in speaks ${VERSION}` });
    const body = parsed(text);
    if (body === NOT_JSON) return refusal(400, { code: "EXPECTED_JSON_BODY", detail: "The body is not JSON" });
    const isOAuth = endpoint === "ObtainToken" || endpoint === "RevokeToken";
    const token = isOAuth ? null : this.tokenOf(request);
    if (token instanceof Response) return token;
    const lacking = endpoints[endpoint].needs.filter((scope) => !token?.scopes.includes(scope));
    if (lacking.length > 0)
      return refusal(403, { code: "INSUFFICIENT_SCOPES", detail: `The merchant has not given: ${lacking.join(", ")}` }, "AUTHENTICATION_ERROR");
    const unknown = [...url.searchParams.keys()].find((name) => !endpoints[endpoint].query?.includes(name));
    if (unknown !== undefined) return refusal(400, { code: "BAD_REQUEST", detail: `Unrecognized query parameter \`${unknown}\`` });
    const wrong = await refusalOfRequest(endpoint, body);
    if (wrong) return refusal(400, wrong);
    if (endpoint === "ObtainToken") return checked(endpoint, obtainToken(this.store, this.application, body as never)); // its schema was checked above
    if (endpoint === "RevokeToken") return checked(endpoint, revokeToken(this.store, this.application, request.headers.get("Authorization"), body as never)); // its schema was checked above
    return this.once(endpoint, token?.merchant ?? "", text, body, url);
  }

  /** One key, one request: again with the same body it gets the same answer, with another body it is refused. */
  private async once(endpoint: Exclude<Endpoint, "ObtainToken" | "RevokeToken">, merchantId: string, text: string, body: unknown, url: URL): Promise<Response> {
    const merchant = this.store.merchant(merchantId);
    if (!merchant) return unauthorized("UNAUTHORIZED", "The merchant is gone.");
    const given = (body as { idempotency_key?: string } | undefined)?.idempotency_key;
    const key = given === undefined ? null : `${merchantId} ${endpoint} ${given}`;
    const known = key === null ? null : this.store.key(key);
    if (known) {
      if (known.request !== text)
        return refusal(400, {
          code: "IDEMPOTENCY_KEY_REUSED",
          detail: "Different request parameters used for the same idempotency_key.",
          field: "idempotency_key",
        });
      return Response.json(JSON.parse(known.answer));
    }
    const [, id = ""] = endpoints[endpoint].path.exec(url.pathname) ?? [];
    const call = {
      store: this.store,
      merchant,
      id: decodeURIComponent(id),
      query: url.searchParams,
      body: (body ?? {}) as Record<string, unknown>,
      origin: url.origin,
      applicationId: this.application.id,
    };
    const answer = calls[endpoint](call);
    if (answer instanceof Response) return answer;
    if (key !== null) this.store.addKey(key, text, JSON.stringify(answer));
    return checked(endpoint, Response.json(answer));
  }

  private tokenOf(request: Request): Token | Response {
    const [, given] = /^Bearer (.+)$/.exec(request.headers.get("Authorization") ?? "") ?? [];
    const token = given === undefined ? null : this.store.token(given);
    if (token?.kind !== "access") return unauthorized("UNAUTHORIZED", "This request could not be authorized.");
    if (token.ended) return unauthorized("ACCESS_TOKEN_REVOKED", "The access token was revoked.");
    return token.expiresAt < Date.now() ? unauthorized("ACCESS_TOKEN_EXPIRED", "The access token has expired.") : token;
  }
}

/** The largest file that Square takes. */
const MOST_BYTES = 5 * 1024 * 1024;

/** A request's JSON; of one with a file its `request` part, once the file was looked at. */
async function textOf(request: Request): Promise<string> {
  if (!request.headers.get("Content-Type")?.startsWith("multipart/form-data")) return request.text();
  const form = await request.formData();
  const [asked, file] = [form.get("request"), form.get("image_file")];
  if (typeof asked !== "string" || !(file instanceof File)) return "";
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length === 0 || bytes.length > MOST_BYTES) throw new Refused(refusal(400, { code: "INVALID_VALUE", detail: "Files have up to 5 MB" }));
  const { content_type: type } = JSON.parse(asked) as { content_type?: string }; // its schema is checked later
  if (type === "application/pdf" && new TextDecoder().decode(bytes.subarray(0, 5)) !== "%PDF-")
    throw new Refused(refusal(400, { code: "INVALID_VALUE", detail: "The file is no PDF", field: "image_file" }));
  return asked;
}

const NOT_JSON = Symbol("not JSON");

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function endpointOf(method: string, path: string): Endpoint | null {
  const found = Object.entries(endpoints).find(([, fact]) => fact.method === method && fact.path.test(path));
  return found ? (found[0] as Endpoint) : null; // a key of the table
}

/** An answer that Square's own SDK would not know is this stand-in's mistake, and is shown as one. */
async function checked(endpoint: Endpoint, answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  const wrong = await refusalOfAnswer(endpoint, await answer.clone().json());
  return wrong ? Response.json({ standInIsWrong: wrong }, { status: 599 }) : answer;
}

export default {
  fetch: (request, env) => env.SQUARE.getByName("square").fetch(request),
} satisfies ExportedHandler<Env>;
