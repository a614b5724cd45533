import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { bytesOf, heic, jpeg, pdf, png } from "~/modules/attachments/attachments.fixtures";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import { routeArgs } from "../../../tests/world/route-args";
import { filesOf, senderFor, video } from "../../../tests/world/sender";
import { createWorld } from "../../../tests/world/world";
import { action as add, loader as addPage } from "./add-file";
import { loader as file } from "./file";
import { loader as small } from "./file-thumbnail";
import { action as hide, loader as hidePage } from "./hide-file";

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const record = { kind: "customer", id: customer.id } as const;
  const owner = await senderFor(shop, record);
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  const { cookie: technician } = await shop.session(`tech@${shop.id.slice(-8)}.test`, "staff");
  const args = (request: Request, attachmentId?: string) => routeArgs(world.context, request, { attachmentId });
  const asking = (path: string, cookie: string, headers: Record<string, string> = {}) =>
    new Request(`http://test${path}`, { headers: { Cookie: cookie, ...headers } });
  const get = (id: string, headers: Record<string, string> = {}, cookie = owner.cookie): Promise<Response> =>
    file(args(asking(paths.staff.file(id), cookie, headers), id));
  const posting = (path: string, body: FormData | URLSearchParams, cookie = owner.cookie) =>
    new Request(`http://test${path}`, { method: "POST", body, headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" } });
  return {
    world,
    shop,
    customer,
    record,
    owner,
    technician,
    services: await shop.asStaff(),
    args,
    asking,
    get,
    thumbnail: (id: string) => small(args(asking(paths.staff.thumbnail(id), owner.cookie), id)),
    list: async () => (await readAttachments(await shop.asStaff(), record, null)).items,
    hideIt: (id: string, reason: string, cookie = owner.cookie) =>
      hide(args(posting(paths.staff.hideFile(id), new URLSearchParams({ intent: "hide", reason, back: `/customers/${customer.id}` }), cookie), id)).catch(
        (answer: Response) => answer,
      ),
    form(content: Uint8Array<ArrayBuffer>, name: string, facts: Record<string, string> = {}) {
      const body = new FormData();
      for (const [key, value] of Object.entries({ id: newId("attachment"), back: "/customers", ...facts })) body.set(key, value);
      body.set("file", new File([content], name));
      return add(args(posting(paths.staff.addFile(owner.to), body)));
    },
  };
}
const bytes = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const thrown = (answer: Promise<unknown>) => answer.then(() => null).catch((refusal: Response) => refusal.status);

test("serves a file whole, with its real type, and never lets a browser treat it as another", async () => {
  const { owner, get } = await setUp();
  const withTail = bytesOf(jpeg, new Uint8Array(5_000), "<html><script>alert(1)</script></html>");
  const { id } = await owner.whole('brake "left" é.jpg', withTail);
  const answer = await get(id);
  expect(await bytes(answer)).toEqual(withTail);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-disposition": `inline; filename="brake _left_ _.jpg"; filename*=UTF-8''brake%20%22left%22%20%C3%A9.jpg`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "cache-control": "private, no-cache",
    etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
  });
  const again = await get(id, { "If-None-Match": answer.headers.get("ETag") ?? "" });
  expect([again.status, (await bytes(again)).length]).toEqual([304, 0]);
});

test("pictures that browsers can show and PDFs open inline; other files download", async () => {
  const { owner, get } = await setUp();
  const how = async (name: string, content: Uint8Array<ArrayBuffer>) =>
    (await get((await owner.whole(name, content)).id)).headers.get("Content-Disposition")?.split(";")[0];
  expect([await how("a.png", png), await how("a.pdf", pdf), await how("a.heic", heic), await how("a.mp4", video(500))]).toEqual([
    "inline",
    "inline",
    "attachment",
    "attachment",
  ]);
});

test("a file is saved under a name that ends as its content does", async () => {
  const { owner, get } = await setUp();
  const name = async (given: string, content: Uint8Array<ArrayBuffer>) =>
    /filename="([^"]*)"/.exec((await get((await owner.whole(given, content)).id)).headers.get("Content-Disposition") ?? "")?.[1];
  expect([await name("photo.hta", jpeg), await name("tool.exe", heic), await name("page.html", pdf), await name("run.jpg.bat", png)]).toEqual([
    "photo.jpg",
    "tool.heic",
    "page.pdf",
    "run.png",
  ]);
});

test("a small picture is its own thumbnail, and a file without one answers 404", async () => {
  const { owner, thumbnail } = await setUp();
  const [picture, pdfFile] = [await owner.whole("a.png", png), await owner.whole("a.pdf", pdf)];
  expect(await bytes(await thumbnail(picture.id))).toEqual(png);
  expect(await thrown(thumbnail(pdfFile.id))).toBe(404);
});

test("serves the byte range that a player asks for", async () => {
  const { owner, get } = await setUp();
  const content = video(PART_BYTES + 3_000);
  const { id } = await owner.whole("a.mp4", content);
  const part = await get(id, { Range: `bytes=${PART_BYTES - 10}-${PART_BYTES + 9}` });
  expect([part.status, part.headers.get("Content-Range"), part.headers.get("Content-Length")]).toEqual([
    206,
    `bytes ${PART_BYTES - 10}-${PART_BYTES + 9}/${content.length}`,
    "20",
  ]);
  expect(await bytes(part)).toEqual(content.slice(PART_BYTES - 10, PART_BYTES + 10));
  expect((await bytes(await get(id, { Range: "bytes=-5" }))).length).toBe(5);
  expect((await get(id, { Range: `bytes=${content.length}-` })).status).toBe(416);
  expect((await get(id, { Range: "bytes=0-9", "If-Range": '"another"' })).status).toBe(200);
});

test("answers another shop's staff with 404 and sends portal users to the staff sign-in", async () => {
  const { world, shop, customer, owner, get, technician, args, asking } = await setUp();
  const { id } = await owner.whole("a.jpg", jpeg);
  const elsewhere = await world.shop();
  await elsewhere.person("staff", `tech@${elsewhere.id.slice(-8)}.test`);
  const { cookie: stranger } = await elsewhere.session(`tech@${elsewhere.id.slice(-8)}.test`, "staff");
  expect((await get(id, {}, technician)).status).toBe(200);
  expect([await thrown(get(id, {}, stranger)), await thrown(get(newId("attachment"), {}, stranger))]).toEqual([404, 404]);
  expect(await thrown(addPage(args(asking(paths.staff.addFile(owner.to), stranger))))).toBe(404);
  expect(await thrown(hidePage(args(asking(paths.staff.hideFile(id), stranger), id)))).toBe(404);
  const { cookie: portal } = await shop.session(customer.email, "customer");
  expect(await thrown(get(id, {}, portal))).toBe(302);
});

test("a portal opens only shared, unhidden files of its own records", async () => {
  const { shop, customer, record, owner, hideIt } = await setUp();
  const portal = await shop.as(customer);
  const own = ({ kind, id }: { kind: string; id: string }) => kind === record.kind && id === portal.db.scope.partyId;
  const open = async (id: Id<"attachment">, canRead = own) => (await openAttachment(portal, id, canRead)).ok;
  const { id: kept } = await owner.whole("inside.jpg", jpeg);
  const { id: vendors } = await owner.whole("vendors.jpg", jpeg, ["vendor"]);
  const { id: shared } = await owner.whole("shared.jpg", jpeg, ["customer", "staff"]);
  expect([await open(kept), await open(vendors), await open(shared), await open(shared, () => false)]).toEqual([false, false, true, false]);
  await hideIt(shared, "not for them");
  expect(await open(shared)).toBe(false);
});

test("a hidden file shows who hid it and why; owners can open it, technicians can't, and it is not deleted", async () => {
  const { shop, owner, technician, get, hideIt, list } = await setUp();
  const { id } = await owner.whole("wrong.jpg", jpeg);
  const refused = (await hideIt(id, " ", technician)) as { data: { problem: { fields: Record<string, string> } }; init: ResponseInit }; // React Router's data() with a status
  expect([refused.init.status, refused.data.problem.fields.reason]).toEqual([422, "Enter a short reason."]);
  const hidden = (await hideIt(id, "wrong truck", technician)) as Response; // it goes to another page
  expect(hidden.headers.get("Location")).toMatch(/^\/customers\/cus_/);
  await hideIt(id, "another reason");
  expect(await list()).toMatchObject([{ id, hidden: { by: `tech@${shop.id.slice(-8)}.test`, reason: "wrong truck" }, version: 2 }]);
  expect((await get(id)).status).toBe(200);
  expect(await thrown(get(id, {}, technician))).toBe(403);
  expect(await filesOf(shop)).toHaveLength(1);
});

test("a plain form uploads a file of several parts once, even if it is sent twice", async () => {
  const { shop, form, list, get } = await setUp();
  const content = video(2 * PART_BYTES + 77);
  const id = newId("attachment");
  for (const _twice of [1, 2]) {
    const answer = (await form(content, "walk.mp4", { id, share: "customer" })) as Response; // a redirect
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/customers"]);
  }
  expect(await list()).toMatchObject([{ id, bytes: content.length, audiences: ["customer"] }]);
  expect(await bytes(await get(id))).toEqual(content);
  expect(await filesOf(shop)).toHaveLength(1);
});

test("a plain form's errors name what is wrong, and nothing is stored", async () => {
  const { shop, owner, form, list, args, asking } = await setUp();
  const problemOf = async (answer: ReturnType<typeof form>) => {
    const { data, init } = (await answer) as { data: { problem: { message: string } }; init: ResponseInit }; // React Router's data() with a status
    return [init.status, data.problem.message];
  };
  expect(await problemOf(form(bytesOf("<svg>"), "a.png"))).toEqual([
    415,
    "a.png is an SVG drawing. Upload a photo, PDF, MP4 video, .xlsx, .docx or .csv file instead.",
  ]);
  expect(await problemOf(form(new Uint8Array(), "a.png"))).toEqual([422, "a.png is empty. Choose the file again."]);
  expect(await problemOf(form(png, ""))).toEqual([422, "Choose a file first."]);
  expect(await problemOf(form(png, "a.png", { id: "att_1" }))).toEqual([422, "That form could not be read. Go back, reload the page and try again."]);
  expect(await problemOf(form(video(100 * 1_048_576 + 1), "long.mp4"))).toEqual([413, "long.mp4 is too large. Files can be up to 100 MB."]);
  expect(((await form(png, "b.png", { back: "https://elsewhere.test/" })) as Response).headers.get("Location")).toBe("/");
  expect(await list()).toHaveLength(1);
  expect(await filesOf(shop)).toHaveLength(1);
  expect(await thrown(addPage(args(asking(paths.staff.addFile(`${owner.to}x`), owner.cookie))))).toBe(404);
});

test("pages files newest first, each on one page", async () => {
  const { world, record, services, owner } = await setUp();
  const names: string[] = [];
  for (let at = 0; at < 50; at++) {
    await owner.whole(`${at}.jpg`, jpeg);
    names.unshift(`${at}.jpg`);
  }
  const first = await readAttachments(services, record, null);
  const second = await readAttachments(services, record, first.older);
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(names);
  expect([first.newest, second.newest, second.older]).toEqual([true, false, null]);
  expect((await readAttachments(services, record, "nonsense")).items).toHaveLength(48);
  expect(world.queued).toEqual([]);
});
