import { createHmac } from "node:crypto";
import { type Event, instant, newId, type Store } from "./store";

/** How webhooks leave. `held`: on demand only. `lost`: never. */
export const modes = ["all", "twice", "reversed", "held", "lost"] as const;
export type Mode = (typeof modes)[number];
export type Notification = { key: string; url: string; deliverTo: string | null };

const MOST_ATTEMPTS = 20;

/** Writes down that something changed; it leaves later. `as`: the name of the record within the notice. */
export function announce(store: Store, merchant: string, type: string, what: string, body: { id: string }, as = what): void {
  const event = {
    merchant_id: merchant,
    type,
    event_id: crypto.randomUUID(),
    created_at: instant(Date.now()),
    data: { type: what, id: body.id, object: { [as]: body } },
  };
  store.addEvent(merchant, type, JSON.stringify(event));
}

export function announceRevoked(store: Store, merchant: string): void {
  const event = {
    merchant_id: merchant,
    type: "oauth.authorization.revoked",
    event_id: crypto.randomUUID(),
    created_at: instant(Date.now()),
    data: { type: "revocation", id: newId().toLowerCase(), object: { revocation: { revoked_at: instant(Date.now()), revoker_type: "MERCHANT" } } },
  };
  store.addEvent(merchant, event.type, JSON.stringify(event));
}

/** The request that Square makes: whoever receives it can check the signature. */
export function signed({ key, url }: Notification, { body, n, attempts }: Pick<Event, "body" | "n" | "attempts">) {
  return {
    n,
    url,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "Square Connect v2",
      "x-square-hmacsha256-signature": createHmac("sha256", key)
        .update(url + body)
        .digest("base64"),
      ...(attempts > 0 ? { "square-retry-number": String(attempts) } : {}),
    },
    body,
  };
}

/** Sends what is queued, in the given order and as often. What is not answered with 2xx stays queued; true if some is left. */
export async function deliver(store: Store, notification: Notification, { mode }: { mode: Mode }): Promise<boolean> {
  if (mode === "held") return false;
  const queued = store.queued();
  if (mode === "lost" || notification.deliverTo === null) {
    if (mode === "lost") for (const { n } of queued) store.setEvent(n, "lost");
    return false;
  }
  let left = false;
  for (const event of mode === "reversed" ? queued.toReversed() : queued) {
    const request = signed(notification, event);
    for (let time = 0; time < (mode === "twice" ? 2 : 1); time++) {
      const status = await fetch(notification.deliverTo, { method: "POST", headers: request.headers, body: request.body, redirect: "manual" }).then(
        async (response) => {
          await response.body?.cancel();
          return response.status;
        },
        () => 0,
      );
      const done = status >= 200 && status < 300;
      const state = done ? "delivered" : event.attempts + 1 >= MOST_ATTEMPTS ? "lost" : "queued";
      left ||= state === "queued";
      store.setEvent(event.n, state);
    }
  }
  return left;
}
