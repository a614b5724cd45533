import { createHash } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { DAY, dayOf, HOUR, MINUTE } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import { assignVehicle } from "~/modules/assets/driver-vehicles.server";
import { attachments } from "~/modules/attachments/attachment.tables";
import { jpeg } from "~/modules/attachments/attachments.fixtures";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import { drivers } from "~/modules/drivers/driver.tables";
import { archiveDriver, changeDriver } from "~/modules/drivers/save-driver.server";
import { inviteTablet, removeTablet } from "~/modules/drivers/tablets.server";
import { changeChecklist, changePart, removePart } from "~/modules/inspections/checklists/change-checklist.server";
import { type Checklist, partsOf } from "~/modules/inspections/checklists/checklist";
import { loadDefects } from "~/modules/inspections/defects/defects.store.server";
import { spanishRefusals } from "~/modules/inspections/filing/refusals.es";
import { aDefect, aSubmission, cleanUnit, type SubmissionInput } from "~/modules/inspections/filing/submission.fixtures";
import { findInspection } from "~/modules/inspections/inspection.store.server";
import { defectReviews, inspectionDefects, inspections } from "~/modules/inspections/inspection.tables";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { endRoadsidePage, openRoadsidePage } from "~/modules/inspections/roadside/change-roadside.server";
import { endOtherSessions } from "~/modules/people/active-sessions.server";
import { quotaKeys } from "~/platform/http/quotas.server";
import { fromSession } from "~/platform/scope/scope.server";
import { exhaustQuota } from "../tests/world/quotas";
import { video } from "../tests/world/sender";
import { createWorld } from "../tests/world/world";
import { driverApi } from "./driver-api";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const email = `driver-${shop.id.slice(-8)}@people.test`;
  const driver = await shop.driver({ customer, email });
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const { cookie } = await shop.session(email, "driver");
  const call = (path: string, init: RequestInit<RequestInitCfProperties> = {}) =>
    driverApi(new Request(`http://test/api/driver/${path}`, init) as Request, world.context);
  const bySession = (path: string, method = "GET") => call(path, { method, headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" } });
  const { token } = (await (await bySession("device", "POST")).json()) as { token: string };
  const put = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    call(path, { method: "PUT", body, headers: { Authorization: `Bearer ${token}`, ...headers } });
  const file = (id: Id<"submission">, submission: unknown, headers: Record<string, string> = {}) =>
    put(`inspections/${id}`, JSON.stringify(submission), headers);
  const reports = () =>
    shop.db.query({
      from: inspections,
      columns: {
        id: inspections.id,
        assetId: inspections.assetId,
        unitNumber: inspections.unitNumber,
        signedAt: inspections.signedAt,
        day: inspections.day,
        isTooFast: inspections.isTooFast,
        after: inspections.afterSwitchOff,
        offset: inspections.clockOffset,
      },
      orderBy: [asc(inspections.id)],
      limit: 50,
    });
  return { world, shop, customer, driver, asset, staff, cookie, call, bySession, token, put, file, reports, now: () => world.clock.now() };
}
const statusOf = async (answer: Promise<Response>) => (await answer).status;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("a report is filed once however often and however many at once it is sent", async () => {
  const { asset, file, reports, now } = await setUp();
  const id = newId("submission");
  const submission = aSubmission(now(), [cleanUnit(asset), cleanUnit(null, { kind: "trailer", unitNumber: "T-9" })]);
  const answers = await Promise.all([1, 2, 3].map(() => file(id, submission)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await (await file(id, submission)).json()).toEqual({ id, missingPhotos: [], missingVideos: [] });
  expect((await reports()).map(({ assetId, unitNumber }) => ({ assetId, unitNumber })).sort((a) => (a.assetId ? -1 : 1))).toMatchObject([
    { assetId: asset },
    { assetId: null, unitNumber: "T-9" },
  ]);
});

test("another report under the same id is refused, and so is one that takes an id from another", async () => {
  const { asset, file, reports, now } = await setUp();
  const id = newId("submission");
  const [first, second] = [cleanUnit(asset), cleanUnit(asset)];
  expect(await statusOf(file(id, aSubmission(now(), [first])))).toBe(200);
  expect(await statusOf(file(id, aSubmission(now(), [second])))).toBe(409);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [second, first])))).toBe(409);
  expect(await reports()).toHaveLength(1);
  const defect = aDefect();
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset, { defects: [defect] })])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset, { defects: [defect] })])))).toBe(409);
});

test("photos come after their report, each once and only as they were signed", async () => {
  const { shop, asset, file, put, now } = await setUp();
  const photos = [jpeg, Uint8Array.from([...jpeg, 1])].map((content) => ({ content, id: newId("attachment"), sha256: sha256(content), bytes: content.length }));
  const [first, second] = photos as [(typeof photos)[0], (typeof photos)[0]];
  const defect = aDefect({ photos: photos.map(({ id, sha256, bytes }) => ({ id, sha256, bytes })) });
  const unit = cleanUnit(asset, { defects: [defect] });
  const id = newId("submission");
  const submission = aSubmission(now(), [unit]);
  expect(await statusOf(put(`photos/${first.id}`, first.content))).toBe(404);
  expect(await (await file(id, submission)).json()).toEqual({
    id,
    missingPhotos: expect.toSatisfy((missing: string[]) => missing.length === 2),
    missingVideos: [],
  });
  expect(await statusOf(put(`photos/${first.id}`, second.content))).toBe(422);
  const twice = await Promise.all([put(`photos/${first.id}`, first.content), put(`photos/${first.id}`, first.content)]);
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  expect(await (await file(id, submission)).json()).toEqual({ id, missingPhotos: [second.id], missingVideos: [] });
  expect(await statusOf(put(`photos/${second.id}`, second.content))).toBe(200);
  expect(await (await file(id, submission)).json()).toEqual({ id, missingPhotos: [], missingVideos: [] });
  const kept = await shop.db.query({
    from: attachments,
    columns: { sha256: attachments.sha256, recordId: attachments.recordId, audiences: attachments.audiences },
    limit: 10,
  });
  expect(kept.map((row) => row.sha256).sort()).toEqual(photos.map((photo) => photo.sha256).sort());
  expect(kept.every(({ recordId, audiences }) => recordId === unit.id && audiences.includes("customer") && audiences.includes("driver"))).toBe(true);
});

/** A signed video of two parts, and a driver's phone that sends it. */
async function filming() {
  const it = await setUp();
  const content = video(PART_BYTES + 4_000);
  const pieces = [content.slice(0, PART_BYTES), content.slice(PART_BYTES)] as const;
  const film = { id: newId("attachment"), bytes: content.length, parts: pieces.map(sha256) };
  const unit = cleanUnit(it.asset, { defects: [aDefect({ video: film })] });
  const id = newId("submission");
  const submission = aSubmission(it.now(), [unit]);
  const part = (number: number, body: Uint8Array<ArrayBuffer>, put = it.put) =>
    put(`videos/${film.id}/${number}`, body, { "Content-Length": String(body.length) });
  const missing = async () => ((await (await it.put(`videos/${film.id}`, "")).json()) as { missing: number[] }).missing;
  return { ...it, content, pieces, film, unit, id, submission, part, missing };
}

test("a video comes in parts, in any order and some of them twice, and is whole as it was signed", async () => {
  const { world, shop, customer, staff, file, put, pieces, content, film, unit, id, submission, part, missing } = await filming();
  expect(await statusOf(put(`videos/${film.id}`, ""))).toBe(404);
  expect(await (await file(id, submission)).json()).toEqual({ id, missingPhotos: [], missingVideos: [film.id] });
  expect(await missing()).toEqual([1, 2]);
  expect(await statusOf(part(2, pieces[1]))).toBe(200);
  expect(await statusOf(part(2, pieces[1]))).toBe(200);
  // The phone died here, and asks again.
  expect(await missing()).toEqual([1]);
  const wrong = pieces[0].slice();
  wrong[9_999] = (wrong[9_999] ?? 0) ^ 1;
  expect(await (await part(1, wrong)).json()).toMatchObject({ code: "damaged-video" });
  expect(await statusOf(part(3, pieces[1]))).toBe(404);
  expect(await missing()).toEqual([1]);
  expect(await statusOf(part(1, pieces[0]))).toBe(200);
  expect(await Promise.all([missing(), missing()])).toEqual([[], []]);
  expect(await missing()).toEqual([]);
  expect(await (await file(id, submission)).json()).toEqual({ id, missingPhotos: [], missingVideos: [] });
  const kept = await shop.db.query({
    from: attachments,
    columns: { id: attachments.id, sha256: attachments.sha256, mediaType: attachments.mediaType, record: attachments.recordId },
    limit: 5,
  });
  expect(kept).toEqual([{ id: film.id, sha256: sha256(content), mediaType: "video/mp4", record: unit.id }]);
  expect((await findInspection(staff.db, unit.id as Id<"inspection">))?.photos).toMatchObject([{ id: film.id, isVideo: true, arrived: true, opens: true }]);
  const fleet = await shop.as(customer);
  expect((await findInspection(fleet.db, unit.id as Id<"inspection">))?.photos).toMatchObject([{ isVideo: true, opens: true }]);
  await world.drainOutbox(shop);
});

test("a video that took longer than its parts are kept is begun anew under its id", async () => {
  const { world, shop, file, pieces, id, submission, part, missing, content } = await filming();
  await file(id, submission);
  await missing();
  expect(await statusOf(part(1, pieces[0]))).toBe(200);
  world.clock.pass(6 * DAY + MINUTE);
  expect(await statusOf(part(2, pieces[1]))).toBe(503);
  expect(await missing()).toEqual([1, 2]);
  world.clock.pass(2 * HOUR);
  // What ends the first try leaves the second alone, or it is begun once more.
  await world.drainOutbox(shop);
  for (const number of await missing()) expect(await statusOf(part(number, pieces[number - 1] ?? pieces[0]))).toBe(200);
  expect(await missing()).toEqual([]);
  const kept = await shop.db.query({ from: attachments, columns: { sha256: attachments.sha256 }, limit: 5 });
  expect(kept).toEqual([{ sha256: sha256(content) }]);
});

test("a video is the driver's own to send, has the parts of its size, and is an MP4", async () => {
  const { world, film, file, id, submission, put, asset, now } = await filming();
  await file(id, submission);
  const stranger = await setUp();
  for (const path of [`videos/${film.id}`, `videos/${film.id}/1`])
    expect(await statusOf(stranger.put(path, path.endsWith("1") ? "x" : "", { "Content-Length": "1" }))).toBe(404);
  const withVideo = (its: object) => aSubmission(now(), [cleanUnit(asset, { defects: [aDefect({ video: { ...film, id: newId("attachment"), ...its } })] })]);
  expect(await statusOf(file(newId("submission"), withVideo({ parts: film.parts.slice(1) })))).toBe(422);
  expect(await statusOf(file(newId("submission"), withVideo({ bytes: 100 * 1_048_576 + 1 })))).toBe(422);
  const page = new TextEncoder().encode("<!doctype html><p>");
  const other = { id: newId("attachment"), bytes: page.length, parts: [sha256(page)] };
  expect(await statusOf(file(newId("submission"), withVideo(other)))).toBe(200);
  await put(`videos/${other.id}`, "");
  expect(await (await put(`videos/${other.id}/1`, page, { "Content-Length": String(page.length) })).json()).toMatchObject({ code: "video-not-taken" });
  await world.drainOutbox(stranger.shop);
});

test("a unit of another company is unknown, as one that doesn't exist", async () => {
  const { shop, file, reports, now } = await setUp();
  const foreign = await shop.asset({ customer: await shop.customer() });
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(foreign, { unitNumber: "X-1" })])))).toBe(200);
  expect(await reports()).toMatchObject([{ assetId: null, unitNumber: "X-1" }]);
});

test("a driver's own clock is corrected by what it showed on sending", async () => {
  const { asset, file, reports, now } = await setUp();
  const device = now() - 3 * HOUR;
  expect(await statusOf(file(newId("submission"), aSubmission(device - 30 * MINUTE, [cleanUnit(asset)]), { "X-Sent-At": String(device) }))).toBe(200);
  expect(await reports()).toMatchObject([{ signedAt: now() - 30 * MINUTE, offset: 3 * HOUR, day: dayOf(now(), "Pacific/Chatham") }]);
  // Nothing is signed in the future.
  expect(await statusOf(file(newId("submission"), aSubmission(now() + DAY, [cleanUnit(asset)])))).toBe(200);
  expect((await reports()).map(({ signedAt }) => signedAt)).toContain(now());
});

test("a report signed before the driver's access ended is taken and marked; one signed after is refused", async () => {
  const { world, driver, staff, asset, file, reports, bySession, now } = await setUp();
  const signed = now();
  world.clock.pass(HOUR);
  expect((await archiveDriver(staff, driver.id)).ok).toBe(true);
  await world.settle();
  world.clock.pass(HOUR);
  expect(await statusOf(bySession("start"))).toBe(204);
  expect(await statusOf(file(newId("submission"), aSubmission(signed, [cleanUnit(asset)])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset)])))).toBe(403);
  expect(await reports()).toMatchObject([{ after: true, signedAt: signed }]);
});

test("the meter is kept with its source, and one that ran backward waits for a person", async () => {
  const { world, shop, asset, driver, file, now } = await setUp();
  const read = (value: number) => cleanUnit(asset, { odometer: { value, unit: "mi" }, engineHours: 12.5 });
  await file(newId("submission"), aSubmission(now(), [read(1_000)]));
  world.clock.pass(DAY);
  await file(newId("submission"), aSubmission(now(), [read(10)]));
  const rows = await shop.db.query({
    from: meterReadings,
    columns: { meter: meterReadings.meter, value: meterReadings.value, source: meterReadings.source, status: meterReadings.status },
    where: eq(meterReadings.meter, "odometer"),
    orderBy: [asc(meterReadings.at)],
    limit: 10,
  });
  expect(rows).toEqual([
    { meter: "odometer", value: 1_609_344, source: `inspection by ${driver.name}`, status: "counted" },
    { meter: "odometer", value: 16_093.44, source: `inspection by ${driver.name}`, status: "review" },
  ]);
});

test("what a phone keeps: the company's units, today's marked, with open defects and last reports", async () => {
  const { shop, customer, staff, driver, asset, bySession, file, now } = await setUp();
  const other = await shop.asset({ customer });
  await shop.asset({ customer: await shop.customer() });
  await assignVehicle(staff, { driverId: driver.id, assetId: asset, first: dayOf(now(), "Pacific/Chatham"), last: null });
  const unit = cleanUnit(asset, { defects: [aDefect({ severity: "minor" })], odometer: { value: 1_000, unit: "km" } });
  await file(newId("submission"), aSubmission(now(), [unit]));
  const start = (await (await bySession("start")).json()) as Record<string, unknown>;
  expect(start).toMatchObject({
    driver: { id: driver.id, name: driver.name },
    defects: [{ assetId: asset, part: "tires", problem: "worn", severity: "minor", state: "open", certification: null }],
    reports: [{ id: unit.id, assetId: asset, isOwn: true, defects: 1 }],
    shop: { distanceUnit: "km" },
  });
  const units = start.units as { id: string; isToday: boolean; odometer: { value: number } | null }[];
  expect(units.map(({ id, isToday }) => ({ id, isToday }))).toEqual(
    expect.arrayContaining([
      { id: asset, isToday: true },
      { id: other, isToday: false },
    ]),
  );
  expect(units).toHaveLength(2);
  expect(units.find(({ id }) => id === asset)?.odometer?.value).toBe(1_000_000);
});

test("reviews and sightings of another unit's defects, and of rounds that never were, change nothing", async () => {
  const { shop, customer, asset, file, now } = await setUp();
  const other = await shop.asset({ customer });
  const defect = aDefect();
  await file(newId("submission"), aSubmission(now(), [cleanUnit(other, { defects: [defect] })]));
  const review = { defectId: defect.id, round: 1, outcome: "accepted" as const, reason: "" };
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset, { reviews: [review] })])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(other, { reviews: [review] })])))).toBe(200);
  expect(await shop.db.query({ from: defectReviews, columns: { round: defectReviews.round }, limit: 5 })).toEqual([]);
});

test.each<[string, (good: SubmissionInput) => unknown, number]>([
  ["a group that nobody looked at", (good) => ({ ...good, units: good.units.map((unit) => ({ ...unit, confirmed: [] })) }), 422],
  ["signed before it was started", (good) => ({ ...good, startedAt: good.signedAt + 1 }), 422],
  ["a checklist that never was", (good) => ({ ...good, units: good.units.map((unit) => ({ ...unit, checklistVersion: 99 })) }), 422],
  ["no unit", (good) => ({ ...good, units: [] }), 422],
  ["script in the signature", (good) => ({ ...good, signature: { name: "D", path: '"/><script>' } }), 422],
  [
    "a rejection without a reason",
    (good) => ({
      ...good,
      units: good.units.map((unit) => ({ ...unit, reviews: [{ defectId: newId("defect"), round: 1, outcome: "rejected", reason: " " }] })),
    }),
    422,
  ],
  ["too long", (good) => ({ ...good, more: "x".repeat(500_000) }), 413],
  ["no object", () => "[", 422],
])("refuses in words: %s", async (_, change, status) => {
  const { asset, file, reports, now } = await setUp();
  const answer = await file(newId("submission"), change(aSubmission(now(), [cleanUnit(asset)])));
  expect(answer.status).toBe(status);
  const { code, error } = (await answer.json()) as { code: string; error: string };
  expect(error).toMatch(/\S{3}/);
  // The phone has words for it in its driver's language.
  expect(Object.keys(spanishRefusals)).toContain(code);
  expect(await reports()).toEqual([]);
});

test("after 120 reports and photos an hour a new one waits; one that is filed already is answered", async () => {
  const { world, shop, asset, file, now, reports } = await setUp();
  const [id, submission] = [newId("submission"), aSubmission(now(), [cleanUnit(asset)])];
  expect(await statusOf(file(id, submission))).toBe(200);
  const { scope } = await shop.driverDatabase(`driver-${shop.id.slice(-8)}@people.test`);
  const [person] = quotaKeys("inspection", scope);
  if (person) await exhaustQuota(world.env.DIRECTORY, "inspection", person, now());
  expect(await statusOf(file(id, submission))).toBe(200);
  const waits = await file(newId("submission"), aSubmission(now(), [cleanUnit(asset)]));
  expect([waits.status, Number(waits.headers.get("Retry-After")) > 0]).toEqual([429, true]);
  expect(await reports()).toHaveLength(1);
});

test("what is still there counts also where the report that named it comes later", async () => {
  const { shop, staff, asset, file, now } = await setUp();
  const defect = aDefect();
  const stillThere = [{ defectId: defect.id, part: defect.part, note: "" }];
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset, { stillThere })])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now() - HOUR, [cleanUnit(asset, { defects: [defect] })])))).toBe(200);
  const [known] = await loadDefects(staff.db, eq(inspectionDefects.id, defect.id as Id<"defect">));
  expect(known?.sightings).toHaveLength(1);
  expect(await shop.db.query({ from: inspectionDefects, columns: { state: inspectionDefects.state }, limit: 5 })).toEqual([{ state: "open" }]);
});

test("a driver with a new address files what was signed before and after it with the token of the old one", async () => {
  const { world, shop, driver, staff, asset, file, now } = await setUp();
  const [row] = await shop.db.query({
    from: drivers,
    columns: { version: drivers.version, name: drivers.name, code: drivers.code },
    where: eq(drivers.id, driver.id),
    limit: 1,
  });
  const form = { name: row?.name ?? "", code: row?.code ?? "", phone: "", email: `new-${shop.id.slice(-8)}@people.test`, portalEnabled: true };
  expect((await changeDriver(staff, { id: driver.id, version: row?.version ?? 0, form })).ok).toBe(true);
  await world.settle();
  world.clock.pass(HOUR);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset)])))).toBe(200);
});

test.each(["9000000000000000", "-1", "x", "1e400"])("a time of sending of %s is ignored", async (sentAt) => {
  const { asset, file, reports, now } = await setUp();
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset)]), { "X-Sent-At": sentAt }))).toBe(200);
  expect(await reports()).toMatchObject([{ offset: 0, signedAt: now() }]);
});

test("whatever is sent, the answer is never a fault of ours", async () => {
  const { put, asset, now } = await setUp();
  const good = aSubmission(now(), [cleanUnit(asset, { defects: [aDefect()] })]);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...Object.keys(good), "units.0.assetId", "units.0.defects", "units.0.odometer"), async (value, place) => {
      const changed = structuredClone(good) as unknown as Record<string, unknown>;
      const [field, index, inner] = place.split(".");
      if (inner) ((changed[field as string] as Record<string, unknown>[])[Number(index)] as Record<string, unknown>)[inner] = value;
      else changed[field as string] = value;
      const answer = await put(`inspections/${newId("submission")}`, JSON.stringify(changed));
      expect([200, 409, 422]).toContain(answer.status);
    }),
    { numRuns: 60 },
  );
});

test("a token files and does nothing else; without one, and with another's, nothing is filed", async () => {
  const { world, shop, asset, token, call, file, reports, now, driver, bySession } = await setUp();
  const id = newId("submission");
  const body = JSON.stringify(aSubmission(now(), [cleanUnit(asset)]));
  expect(await statusOf(call(`inspections/${id}`, { method: "PUT", body }))).toBe(401);
  expect(await statusOf(call(`inspections/${id}`, { method: "PUT", body, headers: { Authorization: `Bearer ${"x".repeat(43)}` } }))).toBe(401);
  expect(await statusOf(call("start", { headers: { Authorization: `Bearer ${token}` } }))).toBe(204);
  expect(await statusOf(call("nothing"))).toBe(404);
  expect(await statusOf(call(`inspections/ins_1`, { method: "PUT", body, headers: { Authorization: `Bearer ${token}` } }))).toBe(404);
  // A page of another site gets no token.
  const { cookie } = await shop.session(`driver-${shop.id.slice(-8)}@people.test`, "driver");
  expect(await statusOf(call("device", { method: "POST", headers: { Cookie: cookie, "Sec-Fetch-Site": "cross-site" } }))).toBe(403);
  expect(await reports()).toEqual([]);
  world.clock.pass(31 * DAY);
  expect(await statusOf(file(id, JSON.parse(body)))).toBe(401);
  expect(driver.id).toMatch(/^drv_/);
  expect(await statusOf(bySession("start"))).toBe(204);
});

test("a phone that was signed out from another one files what was signed before, and nothing after", async () => {
  const { world, shop, asset, file, put, reports, now } = await setUp();
  const photo = { id: newId("attachment"), sha256: sha256(jpeg), bytes: jpeg.length };
  const [id, signed] = [newId("submission"), now()];
  world.clock.pass(HOUR);
  // The driver signs in on another phone, which ends all others.
  const other = (await shop.session(`driver-${shop.id.slice(-8)}@people.test`, "driver")).session;
  const services = world.context.servicesFor(fromSession(other, new Request("http://test/") as Request));
  await endOtherSessions(services, other, new Request("http://test/"));
  world.clock.pass(HOUR);
  expect(await statusOf(file(id, aSubmission(signed, [cleanUnit(asset, { defects: [aDefect({ photos: [photo] })] })])))).toBe(200);
  expect(await statusOf(put(`photos/${photo.id}`, jpeg))).toBe(200);
  const after = await file(newId("submission"), aSubmission(now(), [cleanUnit(asset)]));
  expect([after.status, await after.json()]).toMatchObject([401, { code: "token-ended" }]);
  expect(await reports()).toHaveLength(1);
});

test("a tablet that the shop removed files what was signed before", async () => {
  const { world, shop, asset, staff, bySession, file, now } = await setUp();
  const tablet = newId("tablet");
  await inviteTablet(staff, { id: tablet, label: "Yard", by: staff.db.scope.actor.id as Id<"membership"> });
  await world.env.DIRECTORY.prepare("update sessions set tablet_id = ?, kind = 'shared' where organization_id = ? and audience = 'driver'")
    .bind(tablet, shop.id)
    .run();
  const signed = now();
  world.clock.pass(HOUR);
  expect((await removeTablet(staff, [], tablet)).ok).toBe(true);
  expect(await statusOf(bySession("start"))).toBe(204);
  world.clock.pass(HOUR);
  expect(await statusOf(file(newId("submission"), aSubmission(signed, [cleanUnit(asset)])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [cleanUnit(asset)])))).toBe(401);
});

test("the arrival of a photo is announced to pages that have its report open", async () => {
  const { world, shop, customer, asset, file, put, now } = await setUp();
  const photo = { id: newId("attachment"), sha256: sha256(jpeg), bytes: jpeg.length };
  const unit = cleanUnit(asset, { defects: [aDefect({ photos: [photo] })] });
  await file(newId("submission"), aSubmission(now(), [unit]));
  await put(`photos/${photo.id}`, jpeg);
  const { results } = await world.env.TENANTS.prepare("select body from outbox where organization_id = ? and key = ?")
    .bind(shop.id, `board:photo:${photo.id}`)
    .all<{ body: string }>();
  expect(results.map(({ body }) => JSON.parse(body))).toEqual([
    { kind: "inspection", id: unit.id, version: 0, audiences: ["staff", `customer:${customer.id}`] },
  ]);
});

test("a driver corrects an own report of the same unit; what else is named as corrected is no link", async () => {
  const { shop, customer, asset, file, now } = await setUp();
  const other = await shop.asset({ customer });
  const first = cleanUnit(asset);
  const colleague = await fileReport(shop, { customer, driver: await shop.driver({ customer }), asset });
  await file(newId("submission"), aSubmission(now(), [first]));
  const corrections = [cleanUnit(asset, { corrects: first.id }), cleanUnit(other, { corrects: first.id }), cleanUnit(asset, { corrects: colleague.id })];
  for (const unit of corrections) expect(await statusOf(file(newId("submission"), aSubmission(now(), [unit])))).toBe(200);
  const rows = await shop.db.query({ from: inspections, columns: { id: inspections.id, corrects: inspections.corrects }, limit: 10 });
  const linked = new Map(rows.map(({ id, corrects }): [string, string | null] => [id, corrects]));
  expect(corrections.map(({ id }) => linked.get(id))).toEqual([first.id, null, null]);
});

test("a shop's own checklist is asked for from the next connection on, and a report reads as it was signed", async () => {
  const { shop, staff, asset, file, bySession, now } = await setUp();
  type Start = { checklists: Checklist[] };
  const onPhone = async () =>
    ((await (await bySession("start")).json()) as Start).checklists.find(({ kind }) => kind === "truck") ?? expect.fail("no checklist");
  const reportOn = ({ version, groups }: Checklist) =>
    cleanUnit(asset, { checklistVersion: version, confirmed: groups.map(({ key }) => key), defects: [aDefect({ part: "cooling-unit", severity: "minor" })] });
  const before = await onPhone();
  expect(before.version).toBe(1);
  const parts = partsOf(before).filter((part) => part !== "gauges" && part !== "tires");
  const change = (chosen: readonly string[], seen: number) => changeChecklist(staff, { kind: "truck", parts: chosen, seen });
  expect((await change([...parts, "cooling-unit"], before.version)).ok).toBe(true);
  const own = await onPhone();
  expect(partsOf(own)).toContain("cooling-unit");
  expect(partsOf(own)).not.toContain("gauges");
  // The law asks for tires.
  expect(partsOf(own)).toContain("tires");
  const signed = reportOn(own);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [signed])))).toBe(200);
  expect(await change(parts, before.version)).toMatchObject({ error: { kind: "stale" } });
  expect((await change(parts, own.version)).ok).toBe(true);
  // A phone that has no signal yet files by the version that it has; what the newest leaves out can't be in a report by it.
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [reportOn(own)])))).toBe(200);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [reportOn(await onPhone())])))).toBe(422);
  expect(await statusOf(file(newId("submission"), aSubmission(now(), [reportOn({ ...own, version: own.version + 7 })])))).toBe(422);
  expect((await findInspection(staff.db, signed.id as Id<"inspection">))?.groups).toEqual(own.groups);
  const elsewhere = await setUp();
  expect(((await (await elsewhere.bySession("start")).json()) as Start).checklists.map(({ version }) => version)).toEqual([1, 1, 1]);
  expect(shop.id).not.toBe(elsewhere.shop.id);
});

test("a report of another shop's driver is not to be had by its id", async () => {
  const [mine, theirs] = [await setUp(), await setUp()];
  const photo = { id: newId("attachment"), sha256: sha256(jpeg), bytes: jpeg.length };
  await mine.file(newId("submission"), aSubmission(mine.now(), [cleanUnit(mine.asset, { defects: [aDefect({ photos: [photo] })] })]));
  expect(await statusOf(theirs.put(`photos/${photo.id}`, jpeg))).toBe(404);
  expect(await theirs.shop.db.query({ from: inspectionDefects, columns: { id: inspectionDefects.id }, limit: 5 })).toEqual([]);
});

test("a phone keeps the open roadside pages of the vehicles that its driver has now, each in its time", async () => {
  const { world, shop, customer, driver, asset, staff, call, bySession, now } = await setUp();
  const other = await shop.asset({ customer });
  await fileReport(shop, { customer, driver, asset, defects: [{ severity: "safety", note: "Cords show" }] });
  const open = async (assetId: Id<"asset">, period: "2h" | "1d") => {
    const id = newId("roadside");
    expect((await openRoadsidePage(staff, { id, assetId, period })).ok).toBe(true);
    return id;
  };
  const kept = async () => (await (await bySession("roadside")).json()) as { assetId: string; expiresAt: number; html: string }[];
  const page = await open(asset, "1d");
  await open(asset, "2h");
  await open(other, "1d");
  // Nobody gave the driver a vehicle yet.
  expect(await kept()).toEqual([]);
  expect((await assignVehicle(staff, { driverId: driver.id, assetId: asset, first: dayOf(now(), "UTC"), last: null })).ok).toBe(true);
  expect(await kept()).toEqual([{ assetId: asset, at: now(), expiresAt: now() + DAY, html: expect.stringContaining("Cords show") }]);
  expect((await endRoadsidePage(staff, page, asset)).ok).toBe(true);
  expect(await kept()).toMatchObject([{ assetId: asset, expiresAt: now() + 2 * HOUR }]);
  world.clock.pass(2 * HOUR);
  expect(await kept()).toEqual([]);
  expect(await statusOf(call("roadside"))).toBe(401);
});

test("a part of the shop's own is reported as the phone had it, also once it was renamed and removed", async () => {
  const { shop, asset, staff, bySession, file, world } = await setUp();
  const truck = async () =>
    ((await (await bySession("start")).json()) as { checklists: Checklist[] }).checklists.find(({ kind }) => kind === "truck") ?? expect.fail("no checklist");
  const part = { kind: "truck", was: null, name: "Liftgate", group: "load", problems: ["broken"] } as const;
  expect((await changePart(staff, { ...part, seen: 1 })).ok).toBe(true);
  const kept = await truck();
  const reportOn = ({ version, groups }: Checklist) =>
    aSubmission(world.clock.now(), [
      cleanUnit(asset, { checklistVersion: version, confirmed: groups.map(({ key }) => key), defects: [aDefect({ part: "own:Liftgate", problem: "broken" })] }),
    ]);
  expect((await changePart(staff, { ...part, was: "own:Liftgate", name: "Tail lift", seen: kept.version })).ok).toBe(true);
  const renamed = await truck();
  expect(partsOf(renamed)).toContain("own:Tail lift");
  expect((await removePart(staff, { kind: "truck", part: "own:Tail lift", seen: renamed.version })).ok).toBe(true);
  const [signed, unknown] = [reportOn(kept), reportOn(await truck())];
  expect((await file(newId("submission"), signed)).status).toBe(200);
  const refused = await file(newId("submission"), unknown);
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, "part-unknown"]);
  const report = await findInspection(shop.db, (signed.units[0]?.id ?? "") as Id<"inspection">);
  expect(report?.groups.flatMap(({ parts }) => parts)).toContain("own:Liftgate");
  const [defect] = await loadDefects(shop.db, eq(inspectionDefects.assetId, asset));
  expect(defect?.part).toBe("own:Liftgate");
});
