import { draftsOf, readStart } from "./phone/phone-database.client";

/** Keeps the app on the phone. A new version waits until no inspection is open, and then opens at once. */
export async function registerServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  try {
    const registration = await navigator.serviceWorker.register("/driver-sw.js", { scope: "/driver-portal" });
    if (!registration.waiting) return;
    const start = await readStart();
    if (start !== null && (await draftsOf(start.driver.id)).length > 0) return;
    // What this page would load later is gone from the phone, and from the server, once the new version is in charge.
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), { once: true });
    registration.waiting.postMessage("use-new-version");
  } catch {
    // Without one the app works while there is signal.
  }
}
