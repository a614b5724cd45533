import { scopes as knownScopes } from "./facts";
import { page } from "./pages";
import { refusal, unauthorized } from "./refusal";
import { instant, newId, type Store } from "./store";
import { announceRevoked } from "./webhooks";

export type Application = { id: string; secret: string; redirectUrl: string };

const DAY = 86_400_000;
const CODE_LIFE = 5 * 60_000;

/** The page where a seller allows or denies access, as the application sent them there. */
export async function authorizePage(store: Store, application: Application, request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const wrong = wrongRequest(application, asked);
  if (wrong) return page("Square", `<p role="alert">${wrong}</p>`, 400);
  if (request.method !== "POST") return consentPage(store, asked);
  const form = await request.formData();
  const back = new URL(application.redirectUrl);
  const state = asked.get("state");
  if (state !== null) back.searchParams.set("state", state);
  const merchant = store.merchant(String(form.get("merchant")));
  if (form.get("decision") !== "allow" || !merchant) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "user_denied");
    return Response.redirect(back.href, 302);
  }
  const code = `sandbox-sq0cgb-${newId()}`;
  store.addToken({ token: code, kind: "code", merchant: merchant.id, scopes: scopesIn(asked), expiresAt: Date.now() + CODE_LIFE });
  back.searchParams.set("code", code);
  back.searchParams.set("response_type", "code");
  return Response.redirect(back.href, 302);
}

const scopesIn = (asked: URLSearchParams): string[] => (asked.get("scope") ?? "").split(/[ +]/).filter((scope) => scope !== "");

function wrongRequest(application: Application, asked: URLSearchParams): string | null {
  if (asked.get("client_id") !== application.id) return "No application has this client_id.";
  const scopes = scopesIn(asked);
  const unknown = scopes.find((scope) => !knownScopes.some((known) => known === scope));
  if (scopes.length === 0 || unknown !== undefined) return `The scope ${unknown ?? ""} does not exist.`;
  const redirect = asked.get("redirect_uri");
  return redirect !== null && redirect !== application.redirectUrl ? "This redirect_uri is not the application's." : null;
}

function consentPage(store: Store, asked: URLSearchParams): Response {
  const choices = store
    .merchants()
    .map(
      ({ id, name, currency }, at) =>
        `<label><input type="radio" name="merchant" value="${id}" ${at === 0 ? "checked" : ""}> ${escaped(name)} (${currency})</label>`,
    );
  const list = scopesIn(asked).map((scope) => `<li>${scope}</li>`);
  return page(
    "Connect to Square",
    `<p>BayTrack would like to</p><ul>${list.join("")}</ul>
     <form method="post"><fieldset><legend>Seller account</legend>${choices.join("")}</fieldset>
     <button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>`,
  );
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

type TokenRequest = { client_id: string; client_secret: string; grant_type: string; code?: string; refresh_token?: string; short_lived?: boolean };

export function obtainToken(store: Store, application: Application, body: TokenRequest): Response {
  if (body.client_id !== application.id || body.client_secret !== application.secret) return unauthorized("UNAUTHORIZED", "The application is not known.");
  const given = body.grant_type === "authorization_code" ? body.code : body.grant_type === "refresh_token" ? body.refresh_token : null;
  if (given === null) return refusal(400, { code: "INVALID_VALUE", detail: "This grant_type is not known", field: "grant_type" });
  const grant = store.token(given ?? "");
  const wanted = body.grant_type === "authorization_code" ? "code" : "refresh";
  if (!grant || grant.kind !== wanted || grant.ended || grant.expiresAt < Date.now()) return unauthorized("UNAUTHORIZED", "The grant is not valid any more.");
  // A code is for one use; a refresh token of the code flow is used again and again.
  if (wanted === "code") store.endToken(grant.token);
  const expiresAt = Date.now() + (body.short_lived ? 1 : 30) * DAY;
  const access = `EAAA${newId()}${newId()}`;
  const refresh = wanted === "code" ? `EQAA${newId()}${newId()}` : grant.token;
  store.addToken({ token: access, kind: "access", merchant: grant.merchant, scopes: grant.scopes, expiresAt });
  if (wanted === "code")
    store.addToken({ token: refresh, kind: "refresh", merchant: grant.merchant, scopes: grant.scopes, expiresAt: Number.MAX_SAFE_INTEGER });
  return Response.json({
    access_token: access,
    token_type: "bearer",
    expires_at: instant(expiresAt),
    merchant_id: grant.merchant,
    refresh_token: refresh,
    short_lived: body.short_lived ?? false,
  });
}

type RevokeRequest = { client_id: string; merchant_id?: string; access_token?: string };

export function revokeToken(store: Store, application: Application, header: string | null, body: RevokeRequest): Response {
  if (header !== `Client ${application.secret}` || body.client_id !== application.id) return unauthorized("UNAUTHORIZED", "The application is not known.");
  const merchant = body.merchant_id ?? store.token(body.access_token ?? "")?.merchant;
  if (!merchant || !store.merchant(merchant)) return refusal(404, { code: "NOT_FOUND", detail: "No such authorization" });
  store.endTokens(merchant);
  announceRevoked(store, merchant);
  return Response.json({ success: true });
}
