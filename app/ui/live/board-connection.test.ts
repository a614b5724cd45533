import { expect, test } from "vitest";
import type { BoardMessage } from "../../../party/protocol";
import { boardLines, type Listener } from "./board-connection";
import type { openRoom } from "./room-socket";

type Opened = Parameters<typeof openRoom>[0] & { closed: boolean };

function lines() {
  const opened: Opened[] = [];
  const listen = boardLines((room) => {
    const it = { ...room, closed: false };
    opened.push(it);
    return () => {
      it.closed = true;
    };
  });
  const openConnections = () => opened.filter(({ closed }) => !closed);
  return {
    opened,
    openConnections,
    /** Sends the room's messages over all open connections. */
    receive(...messages: BoardMessage[]) {
      for (const message of messages) for (const { onMessage } of openConnections()) onMessage(JSON.stringify(message));
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 5)),
    listener(at?: string, organizationId = "org_1") {
      const received: unknown[] = [];
      const boardListener: Listener = {
        organizationId,
        as: "staff",
        at,
        onLive: ({ status }) => received.push(status),
        onViewers: (viewers) => received.push(viewers),
        onChange: ({ id }) => received.push(id),
        onGap: () => received.push("gap"),
      };
      return { leave: listen(boardListener), received: () => received.splice(0) };
    },
  };
}
const changed = (seq: number, id: string): BoardMessage => ({ type: "changed", seq, kind: "work-order", id, version: 1 });

test("all listeners of a page share one connection per shop", async () => {
  const { opened, listener, receive, settled } = lines();
  const [bell, page] = [listener(), listener("wo_1")];
  await settled();
  expect(opened.map(({ at, since }) => [at, since()])).toEqual([["wo_1", null]]);
  opened[0]?.onLive({ status: "live", lastMessageAt: 1 });
  receive({ type: "hello", seq: 4 }, changed(5, "wo_2"), { type: "looking", at: "wo_1", people: ["Sam"] });
  for (const one of [bell, page]) expect(one.received()).toEqual(["reconnecting", {}, "live", {}, "gap", "wo_2", { wo_1: ["Sam"] }]);
  listener(undefined, "org_2");
  await settled();
  expect(opened).toHaveLength(2);
});

test("the connection survives navigation, and reopens from the last sequence number for another record", async () => {
  const { opened, openConnections, listener, receive, settled } = lines();
  const bell = listener();
  const first = listener("wo_1");
  await settled();
  receive({ type: "hello", seq: 4 }, changed(5, "wo_2"));
  first.leave();
  const second = listener("wo_2");
  await settled();
  expect(openConnections().map(({ at, since }) => [at, since()])).toEqual([["wo_2", 5]]);
  bell.received();
  expect(second.received()).toEqual(["reconnecting", {}, "gap"]);
  receive(changed(6, "wo_3"), { type: "hello", seq: 6 });
  expect(bell.received()).toEqual(["wo_3", {}]);
  second.leave();
  const board = listener();
  await settled();
  expect(openConnections().map(({ at, since }) => [at, since()])).toEqual([[undefined, 6]]);
  board.leave();
  listener();
  await settled();
  expect(opened).toHaveLength(3);
});

test("a late listener gets the current state, and after too long a gap all listeners reload", async () => {
  const { opened, listener, receive, settled } = lines();
  const bell = listener();
  await settled();
  opened[0]?.onLive({ status: "live", lastMessageAt: 1 });
  receive({ type: "hello", seq: 1 }, { type: "looking", at: "wo_1", people: ["Sam"] });
  const page = listener();
  expect(page.received()).toEqual(["live", { wo_1: ["Sam"] }, "gap"]);
  bell.received();
  receive({ type: "reload", seq: 9 });
  for (const one of [bell, page]) expect(one.received()).toEqual([{}, "gap"]);
  receive({ type: "hello", seq: 9 });
  expect(page.received()).toEqual([{}]);
});

test("closes without listeners, and starts from scratch with the next one", async () => {
  const { opened, openConnections, listener, receive, settled } = lines();
  const only = listener();
  await settled();
  receive({ type: "hello", seq: 3 });
  only.leave();
  await settled();
  expect(openConnections()).toEqual([]);
  listener();
  await settled();
  expect(opened.at(-1)?.since()).toBe(null);
});
