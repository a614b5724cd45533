import { SELF } from "cloudflare:test";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, HOUR, MINUTE, toUtcMs } from "~/kernel/time";
import { MAX_BYTES } from "~/modules/attachments/attachment";
import { bytesOf, jpeg, pdf, png, refusedFiles } from "~/modules/attachments/attachments.fixtures";
import { readAttachment, readAttachments } from "~/modules/attachments/attachments.read.server";
import { beginUpload } from "~/modules/attachments/upload/begin-upload.server";
import { completeUpload } from "~/modules/attachments/upload/complete-upload.server";
import { endUpload } from "~/modules/attachments/upload/end-upload.server";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import { journal } from "~/platform/database/tenant.tables";
import { quotaKeys, quotas } from "~/platform/http/quotas.server";
import { exhaustQuota } from "../tests/world/quotas";
import { digestOf, filesOf, senderFor, video } from "../tests/world/sender";
import type { Shop } from "../tests/world/shop";
import { ORIGIN } from "../tests/world/socket";
import { createWorld } from "../tests/world/world";

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const record = { kind: "customer", id: customer.id } as const;
  const services = await shop.asStaff();
  return { world, shop, customer, record, services, list: () => readAttachments(services, record, null), ...(await senderFor(shop, record)) };
}
const errorText = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as Record<string, unknown>) });

test("a file of 20 MB arrives in parts, is whole, and is in the record's activity", async () => {
  const { shop, customer, list, whole } = await setUp();
  const content = video(20 * 1_048_576 + 7);
  const { id, answer } = await whole("engine.mp4", content, ["customer"]);
  expect(answer.status).toBe(201);
  expect(await list()).toMatchObject({
    items: [{ id, name: "engine.mp4", mediaType: "video/mp4", bytes: content.length, audiences: ["customer"], hidden: null, addedBy: "Owner 1" }],
    unfinished: [],
  });
  const [kept] = await journalOf(shop, id);
  expect(kept).toMatchObject({ event: "file.added", about: customer.id, body: { name: "engine.mp4", sha256: digestOf(content, "hex") } });
  expect((await filesOf(shop)).map(({ size }) => size)).toEqual([content.length]);
});

const journalOf = ({ db }: Shop, id: string) =>
  db.query({
    from: journal,
    columns: { event: journal.event, about: journal.about, body: journal.body },
    where: eq(journal.recordId, id),
    orderBy: [asc(journal.version)],
    limit: 10,
  });

test("parts may come in any order and twice; what is missing is named, and the rest is sent later", async () => {
  const { list, begin, part, piece, complete, record, services } = await setUp();
  const content = video(2 * PART_BYTES + 1_000);
  const id = newId("attachment");
  const facts = { name: "walk.mp4", bytes: content.length };
  expect(await (await begin(id, facts)).json()).toEqual({ kept: false, parts: [], partBytes: PART_BYTES });
  expect((await part(id, 3, piece(content, 3))).status).toBe(204);
  expect((await part(id, 1, piece(content, 1))).status).toBe(204);
  expect(await errorText(await complete(id))).toMatchObject({ status: 409, missing: [2] });
  expect((await list()).unfinished).toEqual([{ id, name: "walk.mp4", bytes: content.length, parts: 2 }]);

  // The page was closed; the same file is chosen again.
  const resumed = (await (await begin(id, facts)).json()) as { parts: { number: number; sha256: string }[] };
  expect(resumed.parts.map(({ number, sha256 }) => [number, sha256])).toEqual([1, 3].map((number) => [number, digestOf(piece(content, number))]));
  expect((await part(id, 2, piece(content, 2))).status).toBe(204);
  expect((await part(id, 2, piece(content, 2))).status).toBe(204);
  const [one, other] = await Promise.all([complete(id), complete(id)]);
  expect([one.status, other.status, (await complete(id)).status]).toEqual([201, 201, 201]);
  expect(await (await begin(id, facts)).json()).toEqual({ kept: true, parts: [], partBytes: PART_BYTES });
  expect((await part(id, 2, piece(content, 2))).status).toBe(410);
  expect((await readAttachments(services, record, null)).items).toHaveLength(1);
});

test("a damaged part counts as not come, and never takes the place of a sound one", async () => {
  const { begin, part, piece, complete, services } = await setUp();
  const content = video(PART_BYTES + 5_000);
  const id = newId("attachment");
  await begin(id, { name: "a.mp4", bytes: content.length });
  expect((await part(id, 1, piece(content, 1))).status).toBe(204);
  expect((await part(id, 2, piece(content, 2))).status).toBe(204);
  const damaged = piece(content, 2);
  damaged[100] = (damaged[100] ?? 0) ^ 1;
  expect(await errorText(await part(id, 2, damaged, digestOf(piece(content, 2))))).toMatchObject({ status: 422, again: true });
  expect((await complete(id)).status).toBe(201);
  expect((await readAttachment(services.db, id))?.bytes).toBe(content.length);
});

test("a part has its length, its number and its checksum, or is refused", async () => {
  const { begin, part, send } = await setUp();
  const id = newId("attachment");
  await begin(id, { name: "a.jpg", bytes: jpeg.length });
  expect(await errorText(await part(id, 1, jpeg.slice(1)))).toMatchObject({ status: 422, error: `This part of the file has ${jpeg.length} bytes.` });
  expect((await part(id, 1, bytesOf(jpeg, "more"))).status).toBe(413);
  for (const number of [0, 2, 99_999]) expect((await part(id, number, jpeg)).status).toBe(422);
  expect((await send(`${id}/parts/1`, { method: "PUT", body: jpeg })).status).toBe(422);
  const endless = new ReadableStream({ pull: (out) => out.close() });
  expect((await send(`${id}/parts/1`, { method: "PUT", body: endless, headers: { "Content-Digest": `sha-256=:${digestOf(jpeg)}:` } })).status).toBe(411);
});

test.each(refusedFiles)("%s does not come in", async (name, content, is) => {
  const { shop, list, whole } = await setUp();
  const { answer } = await whole(name, content);
  expect(await errorText(answer)).toEqual({ status: 415, error: `${name} is ${is}. Upload a photo, PDF, MP4 video, .xlsx, .docx or .csv file instead.` });
  expect(await list()).toMatchObject({ items: [], unfinished: [] });
  expect(await filesOf(shop)).toEqual([]);
});

test("a video's name and a page's first part: what it is shows in the first part, before the rest is sent", async () => {
  const { begin, part, piece } = await setUp();
  const content = bytesOf("<!doctype html><p>", new Uint8Array(2 * PART_BYTES));
  const id = newId("attachment");
  await begin(id, { name: "clip.mp4", bytes: content.length });
  // The other parts come first: the first one tells all the same.
  expect((await part(id, 2, piece(content, 2))).status).toBe(204);
  expect((await part(id, 1, piece(content, 1))).status).toBe(415);
  expect((await part(id, 3, piece(content, 3))).status).toBe(410);
});

test("too large, empty and too many are refused in words before a byte is sent", async () => {
  const { world, services, begin } = await setUp();
  expect(await errorText(await begin(newId("attachment"), { name: "long.mp4", bytes: MAX_BYTES + 1 }))).toEqual({
    status: 413,
    error: "long.mp4 is 100 MB. Files can be up to 100 MB.",
  });
  expect(await errorText(await begin(newId("attachment"), { name: "none.jpg", bytes: 0 }))).toEqual({
    status: 422,
    error: "none.jpg is empty. Choose the file again.",
  });
  for (const bytes of [-1, 1.5, "9", null]) expect((await begin(newId("attachment"), { name: "a", bytes })).status).toBe(422);
  const now = Date.now();
  for (const key of quotaKeys("upload", services.db.scope))
    for (const at of [now, now + quotas.upload.window]) await exhaustQuota(world.env.DIRECTORY, "upload", key, toUtcMs(at));
  const refused = await begin(newId("attachment"), { name: "one.jpg", bytes: 10 });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("a thumbnail is a small JPEG or none", async () => {
  const { begin, part, send, complete, services } = await setUp();
  const id = newId("attachment");
  await begin(id, { name: "a.png", bytes: png.length });
  const thumbnail = (body: Uint8Array<ArrayBuffer>) => send(`${id}/thumbnail`, { method: "PUT", body });
  for (const wrong of [png, bytesOf("<html>"), bytesOf(jpeg, new Uint8Array(200_000)), new Uint8Array()]) expect((await thumbnail(wrong)).status).toBe(422);
  expect((await thumbnail(jpeg)).status).toBe(204);
  await part(id, 1, png);
  await complete(id);
  expect(await readAttachment(services.db, id)).toMatchObject({ hasThumbnail: true, mediaType: "image/png" });
});

test("an upload belongs to who began it, its ticket to one shop, and only those who may add files can send it", async () => {
  const { world, shop, customer, begin, part, piece, complete, send, to } = await setUp();
  const content = video(1_000);
  const id = newId("attachment");
  await begin(id, { name: "a.mp4", bytes: content.length });
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  const { cookie: colleague } = await shop.session(`tech@${shop.id.slice(-8)}.test`, "staff");
  const elsewhere = await world.shop();
  const { cookie: stranger } = await elsewhere.session(elsewhere.ownerEmail, "staff");
  const { cookie: portal } = await shop.session(customer.email, "customer");
  const put = { method: "PUT", body: content, headers: { "Content-Digest": `sha-256=:${digestOf(content)}:` } };
  for (const cookie of [colleague, stranger]) {
    expect((await send(`${id}/parts/1`, put, cookie)).status).toBe(410);
    expect((await send(`${id}/complete`, { method: "POST" }, cookie)).status).toBe(410);
    await send(id, { method: "DELETE" }, cookie);
  }
  const again = { method: "PUT", body: JSON.stringify({ to, name: "a.mp4", bytes: content.length }) };
  expect((await send(newId("attachment"), again, stranger)).status).toBe(404);
  expect((await send(id, again, colleague)).status).toBe(410);
  expect((await send(newId("attachment"), again, colleague)).status).toBe(200);
  expect((await send(`${id}/parts/1`, put, portal)).status).toBe(401);
  // A customer may add files to what is theirs: not to another's upload, nor by a ticket of the shop's.
  expect((await send(`${id}/parts/1?as=customer`, put, portal)).status).toBe(410);
  expect((await send(`${newId("attachment")}?as=customer`, again, portal)).status).toBe(404);
  await shop.driver({ customer, email: `driver@${shop.id.slice(-8)}.test` });
  const { cookie: driver } = await shop.session(`driver@${shop.id.slice(-8)}.test`, "driver");
  expect((await send(`${id}/parts/1?as=driver`, put, driver)).status).toBe(403);
  expect((await send(`${id}/parts/1`, { ...put, headers: { ...put.headers, "Sec-Fetch-Site": "cross-site" } })).status).toBe(403);
  for (const ticket of ["", "x", to.replace("customer.", "asset."), to.slice(0, -1), `${to}x`])
    expect((await begin(newId("attachment"), { to: ticket, name: "a.mp4", bytes: 10 })).status).toBe(404);
  expect((await SELF.fetch(`${ORIGIN}/uploads/att_1`)).status).toBe(404);
  expect((await send(id)).status).toBe(405);
  expect((await part(id, 1, piece(content, 1))).status).toBe(204);
  expect((await complete(id)).status).toBe(201);
});

test("a canceled upload takes nothing more and leaves nothing behind", async () => {
  const { shop, begin, part, send, complete, list } = await setUp();
  const id = newId("attachment");
  await begin(id, { name: "a.jpg", bytes: jpeg.length });
  await part(id, 1, jpeg);
  for (const _twice of [1, 2]) expect((await send(id, { method: "DELETE" })).status).toBe(204);
  expect([(await part(id, 1, jpeg)).status, (await complete(id)).status]).toEqual([410, 410]);
  expect(await list()).toMatchObject({ items: [], unfinished: [] });
  expect(await filesOf(shop)).toEqual([]);
});

test("canceling what was kept takes nothing away", async () => {
  const { shop, whole, send, list } = await setUp();
  const { id } = await whole("a.pdf", pdf);
  expect((await send(id, { method: "DELETE" })).status).toBe(204);
  expect((await list()).items).toHaveLength(1);
  expect(await filesOf(shop)).toHaveLength(1);
});

test("what nobody finished within a day is cleared away by the sweep, and what was finished stays", async () => {
  const { world, shop, begin, part, whole, list, to, services } = await setUp();
  const left = newId("attachment");
  await begin(left, { name: "left.jpg", bytes: jpeg.length });
  await part(left, 1, jpeg);
  const { id: kept } = await whole("kept.jpg", jpeg);
  world.clock.pass(DAY + MINUTE);
  expect((await list()).unfinished).toEqual([]);
  expect(await completeUpload(services, left, () => true)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await beginUpload(services, { id: left, to, name: "left.jpg", bytes: jpeg.length, audiences: [] }, () => true)).toEqual({
    ok: false,
    error: { kind: "ended" },
  });
  world.clock.pass(2 * HOUR);
  await world.drainOutbox(shop);
  const rows = await world.env.TENANTS.prepare("select id, ended_at from uploads where organization_id = ?")
    .bind(shop.id)
    .all<{ id: string; ended_at: number | null }>();
  expect(rows.results.find(({ id }) => id === left)?.ended_at).toBe(world.clock.now());
  expect((await list()).items.map(({ id }) => id)).toEqual([kept]);
  expect(await filesOf(shop)).toHaveLength(1);
});

test("a file is kept or canceled, never half of both, also when both are asked for at once", async () => {
  const { shop, services, begin, part, list } = await setUp();
  const ready = async () => {
    const id = newId("attachment");
    await begin(id, { name: "photo.jpg", bytes: jpeg.length });
    await part(id, 1, jpeg);
    return id;
  };
  const late = await ready();
  // Canceled when its parts are together and it is just being read.
  const read = async (name: string) => {
    const content = await services.files.read(name);
    await endUpload(services, late);
    return content;
  };
  expect(await completeUpload({ ...services, files: { ...services.files, read } }, late, () => true)).toEqual({ ok: false, error: { kind: "not-found" } });
  for (let round = 0; round < 5; round++) {
    const id = await ready();
    await Promise.all([completeUpload(services, id, () => true), endUpload(services, id)]);
  }
  expect(await filesOf(shop)).toHaveLength((await list()).items.length);
});
