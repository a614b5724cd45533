type Shown = { title: string; body: string; path: string; tag: string };
type PushEvent = Event & { data: { json(): unknown } | null; waitUntil(work: Promise<unknown>): void };
type ClickEvent = Event & { notification: { data: { path?: string } | null; close(): void }; waitUntil(work: Promise<unknown>): void };
type Window = { url: string; focus(): Promise<unknown> };

declare const self: EventTarget & {
  location: { origin: string };
  registration: { showNotification(title: string, options: Record<string, unknown>): Promise<void> };
  clients: { matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<Window[]>; openWindow(url: string): Promise<unknown> };
};

/** What a message holds; browsers want something shown for each, so one that can't be read is shown without its contents. */
function read(event: PushEvent): Shown {
  try {
    const { title, body, path, tag } = (event.data?.json() ?? {}) as Partial<Shown>;
    return { title: title || "New notification", body: body ?? "", path: path ?? "/", tag: tag ?? "" };
  } catch {
    return { title: "New notification", body: "", path: "/", tag: "" };
  }
}

/** An address of this site; of anything else its first page. */
function addressOf(path: string | undefined): string {
  const { origin } = self.location;
  const url = new URL(path ?? "/", origin);
  return url.origin === origin ? url.href : origin;
}

/** A tab that has the page already comes to the front; others stay as they are, since somebody may be typing there. */
async function open(address: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => url.split("#")[0] === address);
  await (there ? there.focus() : self.clients.openWindow(address));
}

/** Shows push messages, and opens their page. */
export function handlePushes(): void {
  self.addEventListener("push", (event) => {
    const { title, body, path, tag } = read(event as PushEvent);
    const shown = self.registration.showNotification(title, { body, tag: tag || undefined, icon: "/icon.svg", data: { path } });
    (event as PushEvent).waitUntil(shown);
  });
  self.addEventListener("notificationclick", (event) => {
    const { notification, waitUntil } = event as ClickEvent;
    notification.close();
    waitUntil.call(event, open(addressOf(notification.data?.path)));
  });
}
