import type { TestProject } from "vitest/node";
import { installedBrowser } from "../../local/browser.ts";
import { type App, startApp } from "./app.ts";

declare module "vitest" {
  interface ProvidedContext {
    app: { baseUrl: string } | { fault: string };
  }
}

/** One app for all files of the project. A fault here is told to each test, rather than ending the whole run. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  let app: App | null = null;
  try {
    await installedBrowser();
    app = await startApp({ seeded: true });
    provide("app", { baseUrl: app.baseUrl });
  } catch (cause) {
    provide("app", { fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  }
  return async () => app?.stop();
}
