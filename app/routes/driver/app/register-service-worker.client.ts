import { draftsOf, readStart } from "./phone/phone-database.client";

const [WORKER, SCOPE] = ["/driver-sw.js", "/driver-portal"];
const isSupported = (): boolean => "serviceWorker" in navigator && !import.meta.env.DEV;

/** Keeps the app on the phone. A new version waits until no inspection is open, and then opens at once. */
export async function registerServiceWorker(): Promise<void> {
  if (!isSupported()) return;
  const { serviceWorker } = navigator;
  try {
    // What this page would load later is gone from the phone, and from the server, once the new version is in charge.
    if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", () => window.location.reload(), { once: true });
    const registration = await serviceWorker.register(WORKER, { scope: SCOPE });
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", moveToNewVersion));
    await moveToNewVersion();
  } catch {
    // Without one the app works while there is signal.
  }
}

/** Lets a version that is on the phone and waits take over, unless an inspection is open. */
export async function moveToNewVersion(): Promise<void> {
  if (!isSupported()) return;
  try {
    const waiting = (await navigator.serviceWorker.getRegistration(SCOPE))?.waiting;
    if (!waiting) return;
    const start = await readStart();
    if (start !== null && (await draftsOf(start.driver.id)).length > 0) return;
    waiting.postMessage("use-new-version");
  } catch {
    // It is tried again at the next chance.
  }
}

/** Browsers look by themselves only when a page is loaded, and an app may stay open for weeks. */
export async function lookForNewVersion(): Promise<void> {
  if (!isSupported()) return;
  try {
    await (await navigator.serviceWorker.getRegistration(SCOPE))?.update();
  } catch {
    // There is no signal.
  }
}
