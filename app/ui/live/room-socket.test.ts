import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TOO_MANY_SOCKETS } from "../../../party/protocol";
import { openRoom } from "./room-socket";

/** The browser's socket as far as the connection can tell: the room opens and closes it. */
class RoomSide extends EventTarget {
  static opened: RoomSide[] = [];
  readyState = 0;
  binaryType = "blob";
  constructor(readonly url: string) {
    super();
    RoomSide.opened.push(this);
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  send(data: string | ArrayBuffer) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  end(code: number) {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent("close", { code }));
  }
  close() {
    this.readyState = 3;
  }
}
class Page extends EventTarget {
  visibilityState = "visible";
  show(state: "visible" | "hidden") {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

const page = new Page();
beforeEach(() => {
  vi.useFakeTimers();
  RoomSide.opened = [];
  vi.stubGlobal("WebSocket", Object.assign(RoomSide, { OPEN: 1 }));
  vi.stubGlobal("window", { location: { host: "shop.test", protocol: "https:" } });
  vi.stubGlobal("document", page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened() {
  const statuses: string[] = [];
  const close = openRoom({
    party: "board-room",
    organizationId: "org_1",
    as: "staff",
    at: undefined,
    since: () => null,
    onMessage: () => {},
    onLive: ({ status }) => statuses.push(status),
  });
  await vi.advanceTimersByTimeAsync(1);
  RoomSide.opened.at(-1)?.open();
  return { close, statuses };
}

test("a connection that was cut is opened again", async () => {
  const { close, statuses } = await opened();
  RoomSide.opened[0]?.end(1006);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(RoomSide.opened).toHaveLength(2);
  RoomSide.opened[1]?.open();
  expect(statuses).toEqual(["live", "reconnecting", "live"]);
  close();
});

test("too many open sockets: the page shows so and doesn't try again until somebody returns to it", async () => {
  const { close, statuses } = await opened();
  RoomSide.opened[0]?.end(TOO_MANY_SOCKETS);
  expect(statuses).toEqual(["live", "too-many"]);
  page.show("hidden");
  await vi.advanceTimersByTimeAsync(120_000);
  expect([RoomSide.opened.length, statuses.at(-1)]).toEqual([1, "too-many"]);

  page.show("visible");
  await vi.advanceTimersByTimeAsync(1);
  expect(RoomSide.opened).toHaveLength(2);
  RoomSide.opened[1]?.open();
  expect(statuses.at(-1)).toBe("live");

  close();
  page.show("visible");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(RoomSide.opened).toHaveLength(2);
});

test("bytes are taken as they came, and what they leave out is asked for with a new connection", async () => {
  const came: [string, unknown][] = [];
  let seq = 3;
  const close = openRoom({
    party: "fleet-room",
    organizationId: "org_1",
    as: "staff",
    at: undefined,
    since: () => seq,
    format: () => "binary",
    onMessage: (text) => came.push(["text", text]),
    onBytes: (bytes, reconnect) => {
      came.push(["bytes", bytes.byteLength]);
      if (bytes.byteLength === 0) reconnect();
    },
    onLive: () => {},
  });
  await vi.advanceTimersByTimeAsync(1);
  const [first] = RoomSide.opened;
  first?.open();
  expect([first?.binaryType, new URL(first?.url ?? "").searchParams.get("format")]).toEqual(["arraybuffer", "binary"]);
  for (const data of ["{}", new ArrayBuffer(4), "pong"]) first?.send(data);
  seq = 8;
  first?.send(new ArrayBuffer(0));
  first?.send("of a connection that was left");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(came).toEqual([
    ["text", "{}"],
    ["bytes", 4],
    ["bytes", 0],
  ]);
  expect([RoomSide.opened.length, new URL(RoomSide.opened[1]?.url ?? "").searchParams.get("since")]).toEqual([2, "8"]);
  close();
});
