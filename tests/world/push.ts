import { addPushDevice } from "~/modules/notifications/push/push-devices.server";
import type { PushAudience } from "~/modules/notifications/push/push-events";
import { fromSession } from "~/platform/scope/scope.server";
import { developmentSecrets } from "../../local/settings";
import type { Shop } from "./shop";
import type { World } from "./world";

type Received = {
  messages: { text: string; ttl: number; urgency: string | null; topic: string | null; bytes: number }[];
  refusals: string[];
};
type Subscription = { id: string; endpoint: string; keys: { p256dh: string; auth: string } };

const SERVICE = "http://push.test";

/** A browser's subscription at the push service's stand-in. */
export const newSubscription = async (serverKey = developmentSecrets.VAPID_PUBLIC_KEY): Promise<Subscription> =>
  (await fetch(`${SERVICE}/__subscriptions`, { method: "POST", body: serverKey })).json();

const receivedBy = async (id: string): Promise<Received> => (await fetch(`${SERVICE}/__received/${id}`)).json();

/** What the push service took for a browser, opened by the browser's own key; what it refused; and what makes the next messages fail. */
export const atService = ({ id }: { id: string }) => ({
  received: () => receivedBy(id),
  shown: async () => (await receivedBy(id)).messages.map(({ text }) => JSON.parse(text) as { title: string; body: string; path: string; tag: string }),
  titles: async () => (await receivedBy(id)).messages.map(({ text }) => (JSON.parse(text) as { title: string }).title),
  fail: async (...kinds: string[]) => void (await fetch(`${SERVICE}/__faults/${id}`, { method: "POST", body: JSON.stringify(kinds) })),
});

/** A browser in which a person signed in and turned push on. */
export async function addBrowser<F extends PushAudience = "staff">(world: World, shop: Shop, email: string, portal: F = "staff" as F) {
  const subscription = await newSubscription();
  const { session, cookie } = await shop.session(email, portal);
  const request = new Request("http://test/", { headers: { Cookie: cookie, "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" } });
  const services = world.context.servicesFor(fromSession(session, request));
  const added = await addPushDevice(services, session, request, { endpoint: subscription.endpoint, ...subscription.keys });
  if (!added.ok) throw new Error(`push was not added: ${added.error.kind}`);
  const pushCookie = added.value.cookie.split(";")[0] ?? "";
  return { ...atService(subscription), subscription, session, services, cookies: `${cookie}; ${pushCookie}`, pushCookie };
}
