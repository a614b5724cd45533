/** What asks the browser for its push service; loaded by the one page that turns push on. */

/** The portal's worker, and the pages that it is registered for. */
export type PushWorker = { script: string; scope: string };
export type Support = "ready" | "denied" | "unsupported" | "install-first";
export type Subscribed = { endpoint: string; p256dh: string; auth: string };

const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

export function supportOf(): Support {
  // Safari on a phone has push in apps on the home screen only.
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return isApple() ? "install-first" : "unsupported";
  return Notification.permission === "denied" ? "denied" : "ready";
}

/** Whether the browser itself still takes messages; a person may have ended it in its settings. */
export async function isSubscribed({ scope }: PushWorker): Promise<boolean> {
  if (supportOf() !== "ready" || Notification.permission !== "granted") return false;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return ((await registration?.pushManager.getSubscription()) ?? null) !== null;
}

/** Asks for the permission, which takes a person's click, and for an address at the push service. */
export async function subscribe(worker: PushWorker, serverKey: string): Promise<Subscribed | "denied" | "failed"> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  try {
    const registration = await navigator.serviceWorker.register(worker.script, { scope: worker.scope });
    await active(registration);
    // One that was made for another key takes no messages of ours.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const { endpoint, keys } = (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey })).toJSON();
    return endpoint && keys?.p256dh && keys.auth ? { endpoint, p256dh: keys.p256dh, auth: keys.auth } : "failed";
  } catch {
    return "failed";
  }
}

/** A push service gives no address to a worker that doesn't run yet. */
function active({ active: running, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting;
  if (running || !coming) return Promise.resolve();
  return new Promise((resolve) => coming.addEventListener("statechange", () => coming.state === "activated" && resolve()));
}

/** The server sends nothing more in any case; this takes back the address as well. */
export async function unsubscribe({ scope }: PushWorker): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
