import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { handlePushes } from "./push-handlers";

declare const self: EventTarget & {
  /** Written by the build (local/build-service-worker.ts): the app's page, scripts and style sheet, each with its version. */
  __PRECACHE: { url: string; revision: string | null }[];
  skipWaiting(): Promise<void>;
};

/** Pages of the portal that need the server; they are never answered from the phone. */
const ONLINE = [/^\/driver-portal\/(sign-in|enrol|form|help|sign-ins)(\/|$)/];

precacheAndRoute(self.__PRECACHE);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/driver-portal"), { allowlist: [/^\/driver-portal(\/|$)/], denylist: ONLINE }));

// A new version takes over once the app has no inspection open.
self.addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "use-new-version") void self.skipWaiting();
});

handlePushes();
