import { draftsOf, readStart } from "./phone/phone-database.client";

/** Keeps the app on the phone. A new version waits until no inspection is open. */
export async function registerServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  try {
    const registration = await navigator.serviceWorker.register("/driver-sw.js", { scope: "/driver-portal" });
    const start = await readStart();
    const isOpen = start !== null && (await draftsOf(start.driver.id)).length > 0;
    if (!isOpen) registration.waiting?.postMessage("use-new-version");
  } catch {
    // Without one the app works while there is signal.
  }
}
