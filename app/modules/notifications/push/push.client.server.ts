import { encryptNotification, vapidHeaders } from "@block65/webcrypto-web-push";
import { SECOND } from "~/kernel/time";
import { isPushAddress, PUSH_STAND_IN_HOST } from "./push-address";
import { type PushMessage, pushText } from "./push-message";

/** A browser as its push service knows it. */
export type PushTarget = { endpoint: string; p256dh: string; auth: string };

/** The push service's answer. `gone`: it has no such browser any more. `retryAfterMs` is from its Retry-After header, if any. */
export type Pushed =
  | { kind: "taken" }
  | { kind: "gone" }
  | { kind: "refused"; message: string }
  | { kind: "unavailable"; message: string; retryAfterMs: number | null };

type Account = { publicKey: string; privateKey: string; subject: string; standInUrl: string | null };

const ANSWER_MS = 10 * SECOND;
const TOO_LARGE = 413;

/** Sends messages to push services (RFC 8030), encrypted for the browser (RFC 8291) and signed with our key (RFC 8292). */
export function pushClient(account: Account, options: { answerMs: number } = { answerMs: ANSWER_MS }) {
  async function post(to: PushTarget, text: string, headers: Record<string, string>, pad: boolean): Promise<Response> {
    const subscription = { endpoint: to.endpoint, expirationTime: null, keys: { p256dh: to.p256dh, auth: to.auth } };
    const [body, signed] = await Promise.all([
      encryptNotification(subscription, new TextEncoder().encode(text), { pad }),
      vapidHeaders(subscription, { publicKey: account.publicKey, privateKey: account.privateKey, subject: account.subject }),
    ]);
    const { hostname, pathname, search } = new URL(to.endpoint);
    const url = account.standInUrl && hostname === PUSH_STAND_IN_HOST ? account.standInUrl + pathname + search : to.endpoint;
    const answer = await fetch(url, {
      method: "POST",
      headers: { ...signed.headers, ...headers, "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(options.answerMs),
    });
    await answer.body?.cancel();
    return answer;
  }

  return {
    async send(to: PushTarget, message: PushMessage, ttlMs: number): Promise<Pushed> {
      // Checked when the browser was added too: no row of the database makes the server call another address.
      if (!isPushAddress(to.endpoint, { standIn: account.standInUrl !== null })) return { kind: "refused", message: "not the address of a push service" };
      const headers = { TTL: String(Math.max(0, Math.floor(ttlMs / SECOND))), Urgency: message.urgent ? "high" : "normal", Topic: message.tag };
      try {
        // Padded, so that its length shows nothing of its contents.
        const first = await post(to, pushText(message, { short: false }), headers, true);
        const { status, headers: answered } = first.status === TOO_LARGE ? await post(to, pushText(message, { short: true }), headers, false) : first;
        if (status >= 200 && status < 300) return { kind: "taken" };
        if (status === 404 || status === 410) return { kind: "gone" };
        const problem = `the push service answered ${status}`;
        if (status !== 429 && status < 500) return { kind: "refused", message: problem };
        return { kind: "unavailable", message: problem, retryAfterMs: retryAfter(answered.get("Retry-After")) };
      } catch (cause) {
        return { kind: "unavailable", message: cause instanceof Error ? cause.message : "no answer", retryAfterMs: null };
      }
    },
  };
}

/** Seconds or a date (RFC 9110). */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
