import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { SECOND } from "~/kernel/time";
import { endSession } from "~/modules/people/end-session.server";
import { fromSession } from "~/platform/scope/scope.server";
import type { FleetMessage } from "../party/protocol";
import { expectConsoleError } from "../tests/setup/console";
import { liveShop, reading } from "../tests/world/fleet";
import { testRequest } from "../tests/world/request";
import { attemptConnect, ORIGIN, openSocket } from "../tests/world/socket";

const roomStub = (id: string) => env.FleetRoom.getByName(id);

async function setUp() {
  const live = await liveShop();
  const other = await live.world.shop();
  const [staff, customer] = [await live.shop.session(live.shop.ownerEmail, "staff"), await live.shop.session(live.north.email, "customer")];
  return { ...live, other, staff, customer, fleet: `fleet-room/${live.shop.id}`, board: `board-room/${live.shop.id}` };
}

const status = async (path: string, headers: Record<string, string> = {}) => (await attemptConnect(path, { Origin: ORIGIN, ...headers })).status;

/** What each later connection's request carries once it is inside the room. */
async function headersSeenBehindGate(id: string): Promise<Record<string, string>[]> {
  const forwardedHeaders: Record<string, string>[] = [];
  await runInDurableObject(roomStub(id), (inside) => {
    const room = inside as unknown as { onConnect(connection: unknown, context: { request: Request }): Promise<void> }; // as partyserver calls it
    const real = room.onConnect.bind(room);
    room.onConnect = (connection, context) => {
      forwardedHeaders.push(Object.fromEntries(context.request.headers));
      return real(connection, context);
    };
  });
  return forwardedHeaders;
}

test("who may open which socket", async () => {
  const { fleet, board, other, staff, customer } = await setUp();
  const [asStaff, asCustomer, asBoth] = [{ Cookie: staff.cookie }, { Cookie: customer.cookie }, { Cookie: `${staff.cookie}; ${customer.cookie}` }];
  const cases: [string, Record<string, string>, number][] = [
    [fleet, {}, 401],
    [`${fleet}?as=staff`, asCustomer, 401],
    [`${fleet}?as=customer`, asStaff, 401],
    [fleet, { Cookie: "__Host-staff=guess" }, 401],
    [fleet, asStaff, 101],
    [`${fleet}?as=staff`, asStaff, 101],
    [fleet, asCustomer, 101],
    [board, asStaff, 101],
    [board, asCustomer, 101],
    [`board-room/${other.id}`, asCustomer, 403],
    [fleet, asBoth, 400],
    [`${fleet}?as=customer`, asBoth, 101],
    [`${fleet}?as=owner`, asStaff, 400],
    [`${fleet}?as=`, asStaff, 400],
    [`fleet-room/${other.id}`, asStaff, 403],
    [`fleet-room/${newId("organization")}`, asStaff, 403],
    ["fleet-room/none", asStaff, 403],
    [`parts-room/${other.id}`, asStaff, 404],
    [`${fleet}/more`, asStaff, 404],
    [fleet, { ...asStaff, Origin: "https://elsewhere.test" }, 403],
    [fleet, { ...asStaff, Origin: "null" }, 403],
    [fleet, { ...asStaff, Origin: `${ORIGIN}.elsewhere.test` }, 403],
    [fleet, { ...asStaff, Upgrade: "h2c" }, 426],
  ];
  const found: [string, Record<string, string>, number][] = [];
  for (const [path, headers] of cases) found.push([path, headers, await status(path, headers)]);
  expect(found).toEqual(cases);
});

test("another organization's room, existing or not, is refused in the same words", async () => {
  const { other, staff } = await setUp();
  const answers = await Promise.all(
    [other.id, newId("organization")].map(async (id) => (await attemptConnect(`fleet-room/${id}`, { Cookie: staff.cookie })).text()),
  );
  expect(answers[0]).toBe(answers[1]);
});

test("nothing that a client can write changes who it is", async () => {
  const { shop, other, north, customer, ingest, northTracker, southTracker, northTruck, now } = await setUp();
  await ingest(reading(northTracker, now), reading(southTracker, now));
  const forged = JSON.stringify({ audience: "staff", sessionId: "ses_x", partyId: null, expiresAt: Number.MAX_SAFE_INTEGER });
  const headers = {
    Cookie: customer.cookie,
    Origin: ORIGIN,
    "x-baytrack-viewer": forged,
    "x-partykit-props": JSON.stringify({ audience: "staff" }),
    "x-partykit-room": other.id,
    "x-partykit-namespace": "board-room",
  };
  const forwardedHeaders = await headersSeenBehindGate(shop.id);
  const answer = await attemptConnect(`fleet-room/${shop.id}?_pk=chosen&as=customer`, headers);
  const received: FleetMessage[] = [];
  answer.webSocket?.addEventListener("message", ({ data }) => void received.push(JSON.parse(String(data)) as FleetMessage));
  answer.webSocket?.accept();
  await expect.poll(() => received.length).toBe(1);
  expect(received).toMatchObject([{ type: "sync", visible: [northTruck] }]);
  expect(forwardedHeaders).toMatchObject([{ "x-partykit-namespace": "fleet-room" }]);
  expect(forwardedHeaders[0]).not.toHaveProperty("x-partykit-props");
  expect(forwardedHeaders[0]?.["x-partykit-room"]).not.toBe(other.id);
  expect(JSON.parse(forwardedHeaders[0]?.["x-baytrack-viewer"] ?? "")).toMatchObject({
    audience: "customer",
    sessionId: customer.session.id,
    partyId: north.id,
  });
  const tags = await runInDurableObject(roomStub(shop.id), (_room, state) => state.getWebSockets().map((socket) => state.getTags(socket)));
  expect(tags.flat()).toEqual(expect.arrayContaining([`customer:${north.id}`, `session:${customer.session.id}`]));
  expect(tags.flat().some((tag) => tag === "staff" || tag.includes("chosen") || tag.includes("ses_x"))).toBe(false);
});

test("what fails inside a room reaches nobody: no words of it, no stack", async () => {
  const { shop, fleet, staff } = await setUp();
  await runInDurableObject(roomStub(shop.id), (room) => {
    (room as unknown as { joined(): void }).joined = () => {
      throw new Error("an internal secret");
    };
  });
  expectConsoleError(/room\.connect/);
  const socket = await openSocket<unknown>(fleet, staff.cookie);
  const closed = await socket.untilClosed();
  expect(closed).toEqual({ code: 1011, reason: "the room could not answer" });
  expect(JSON.stringify(socket.received)).not.toMatch(/secret|at .*\.ts/);
});

test("signing out closes that session's sockets in both rooms, and no others", async () => {
  const { world, shop, fleet, board, staff } = await setUp();
  const second = await shop.session(shop.ownerEmail, "staff");
  const [mine, onBoard, elsewhere] = [await openSocket(fleet, staff.cookie), await openSocket(board, staff.cookie), await openSocket(fleet, second.cookie)];
  await endSession(world.context.servicesFor(fromSession(staff.session, testRequest)), staff.session.id);
  expect([await mine.untilClosed(), await onBoard.untilClosed()]).toEqual(Array(2).fill({ code: 4401, reason: "signed out" }));
  await elsewhere.soFar();
  expect(elsewhere.closed()).toBeNull();
  expect(await status(fleet, { Cookie: staff.cookie })).toBe(401);
});

test("a socket is closed at its session's end, also by a room that slept, and the others stay", async () => {
  const { shop, fleet, customer, staff } = await setUp();
  const [ends, stays] = [await openSocket(fleet, staff.cookie), await openSocket(fleet, customer.cookie)];
  const stub = roomStub(shop.id);
  const planned = await runInDurableObject(
    stub,
    (_room, { storage }) => storage.sql.exec<{ at: number }>("select at from due where kind = 'session-expiry'").one().at,
  );
  expect(planned).toBe(staff.session.lastSeenAt + 12 * 3_600 * SECOND);

  // Time cannot be moved inside the room: the socket's own expiry is.
  await runInDurableObject(stub, (_room, state) => {
    state.storage.sql.exec("update due set at = 1 where kind = 'session-expiry'");
    for (const socket of state.getWebSockets("staff")) {
      const attachment = socket.deserializeAttachment() as Record<string, unknown>;
      socket.serializeAttachment(JSON.parse(JSON.stringify(attachment).replace(/"expiresAt":\d+/, '"expiresAt":1')));
    }
  });
  await evictDurableObject(stub);
  expect(await runDurableObjectAlarm(roomStub(shop.id))).toBe(true);
  expect(await ends.untilClosed()).toEqual({ code: 4401, reason: "session expired" });
  await stays.soFar();
  expect(stays.closed()).toBeNull();
  const next = await runInDurableObject(roomStub(shop.id), (_room, { storage }) =>
    storage.sql.exec<{ at: number }>("select at from due where kind = 'session-expiry'").toArray(),
  );
  expect(next).toEqual([{ at: customer.session.lastSeenAt + 7 * 24 * 3_600 * SECOND }]);
});
