import type { Page } from "playwright-core";

/** From the page's next load on: a way to give it a change that happened elsewhere, as its room would send it. */
export async function receivesChanges(page: Page): Promise<{ change(kind: string): Promise<void> }> {
  await page.addInitScript(() => {
    const sockets: WebSocket[] = [];
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
    let seq = 1_000_000;
    const change = (kind: string) => {
      const data = JSON.stringify({ type: "changed", seq: seq++, kind, id: "changed elsewhere", version: 1 });
      for (const socket of sockets) socket.dispatchEvent(new MessageEvent("message", { data }));
    };
    Object.assign(window, { change });
  });
  return { change: (kind) => page.evaluate((kind) => (window as unknown as { change(kind: string): void }).change(kind), kind) };
}
