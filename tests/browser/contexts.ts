import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Not in use now, by what each was made with. */
const free = new Map<string, BrowserContext[]>();
const madeWith = new WeakMap<BrowserContext, string>();

/**
 * A page in a context that nobody uses. A context's cache of scripts outlives the test, since without it a page takes
 * four times as long; cookies, storage and permissions do not.
 */
export async function pageOfItsOwn(browser: Browser, options: BrowserContextOptions, watch: (context: BrowserContext) => void): Promise<Page> {
  const key = JSON.stringify(options);
  const kept = free.get(key)?.pop();
  if (kept) return await cleanPage(kept, options.baseURL ?? "");
  const context = await browser.newContext(options);
  madeWith.set(context, key);
  watch(context);
  return context.newPage();
}

async function cleanPage(context: BrowserContext, origin: string): Promise<Page> {
  await Promise.all([context.clearCookies(), context.clearPermissions(), context.setOffline(false)]);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await session.detach();
  return page;
}

/** Closes all pages of a context, and keeps it if what it was used for leaves no trace. */
export async function leave(context: BrowserContext, keep: boolean): Promise<void> {
  const key = madeWith.get(context);
  if (!keep || key === undefined || context.serviceWorkers().length > 0) return await context.close();
  await Promise.all(context.pages().map((page) => page.close()));
  free.set(key, [...(free.get(key) ?? []), context]);
}

/** For a test that replaces a context's clock: nobody else gets it. */
export function closeAfter(context: BrowserContext): void {
  madeWith.delete(context);
}
