import { fromBase64Url } from "./receiver.ts";

const DAY_S = 86_400;

/** Why a push service refuses who signs so (RFC 8292), or null. `key` is the one that the subscription was made for. */
export async function vapidProblem(
  header: string | null,
  wanted: { origin: string; key: string; now: number },
): Promise<{ status: 401 | 403; what: string } | null> {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header ?? "") ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  if (!head || !claims || !signature) return { status: 401, what: "no VAPID token" };
  if (key !== wanted.key) return { status: 403, what: "signed with another key than the subscription's" };
  const point = await crypto.subtle.importKey("raw", fromBase64Url(key), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const signed = new TextEncoder().encode(`${head}.${claims}`);
  if (!(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, point, fromBase64Url(signature), signed)))
    return { status: 403, what: "the signature is wrong" };
  const read = (part: string) => JSON.parse(new TextDecoder().decode(fromBase64Url(part))) as Record<string, unknown>;
  const { aud, exp, sub } = read(claims);
  if (read(head).alg !== "ES256") return { status: 401, what: "not ES256" };
  if (aud !== wanted.origin) return { status: 403, what: `for ${String(aud)}` };
  const now = wanted.now / 1_000;
  if (typeof exp !== "number" || exp <= now || exp > now + DAY_S) return { status: 403, what: "expired, or valid for more than a day" };
  return typeof sub === "string" && /^(mailto:|https:)./.test(sub) ? null : { status: 403, what: "nobody to reach" };
}
