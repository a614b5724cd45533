import { SELF } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { MINUTE } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import { attachments } from "~/modules/attachments/attachment.tables";
import { pdf } from "~/modules/attachments/attachments.fixtures";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { action as vendorRecord } from "~/routes/staff/vendor";
import { action as decideOn, loader as recordOf } from "~/routes/staff/vendor-job/route";
import { loader as activeTab } from "~/routes/vendor/active";
import { loader as addForm } from "~/routes/vendor/add-file";
import { loader as fileOf } from "~/routes/vendor/file";
import { loader as jobPage } from "~/routes/vendor/job/route";
import { loader as pendingTab } from "~/routes/vendor/pending";
import { loader as vendorFrame } from "~/routes/vendor/shell";
import { browserIn } from "../../../tests/world/browser";
import { digestOf } from "../../../tests/world/sender";
import { ORIGIN, openSocket } from "../../../tests/world/socket";
import { assigned, at, CUSTOMER_PRICE, decides, invoiced, lines, oneFile, post, SECRET_CUSTOMER, text, vendorShop } from "../../../tests/world/vendor-work";

test("a vendor sees its own jobs and nothing else of the shop, in pages, mails and frames", async () => {
  const it = await vendorShop();
  const vendorSocket = await openSocket<{ type: string; id?: string }>(`board-room/${it.shop.id}?as=vendor`, it.gear.cookie);
  const received = await openSocket<{ type: string; id?: string }>(`board-room/${it.shop.id}?as=vendor`, it.cool.cookie);
  const id = await invoiced(it, "123.45");
  await it.desk.post(decideOn, "/", { intent: "message", id: newId("event"), text: "Ring before you come" }, at(id));
  await it.world.drainOutbox(it.shop);
  const own = [await it.gear.browser.get(jobPage, "/", at(id)), await it.gear.browser.get(vendorFrame, "/"), await it.gear.browser.get(pendingTab, "/")];
  expect(own.map(({ status }) => status)).toEqual([200, 200, 200]);
  const pages = text(own.map(({ body }) => body));
  expect(pages).toContain("Ring before you come");
  const mails = await it.world.mail(it.gear.email);
  expect(mails.length).toBeGreaterThan(1);
  for (const seen of [pages, text(mails)]) {
    expect(seen).toContain("Rebuild the box");
    expect(seen).not.toMatch(new RegExp(`${SECRET_CUSTOMER}|${CUSTOMER_PRICE}|987\\.65|Our own hours|Coolant|notToExceed|assignedBy|workOrderId`));
  }
  // The other vendor can't see, follow or change the job.
  expect((await it.cool.browser.get(jobPage, "/", at(id))).status).toBe(404);
  for (const command of ["accept", "withdraw", "complete", "message"])
    expect((await post(it.cool, id, command, { note: "", reason: "", id: newId("event"), text: "Hello" })).status).toBe(404);
  for (const page of [activeTab, pendingTab, vendorFrame]) expect(text((await it.cool.browser.get(page, "/")).body)).not.toMatch(/Rebuild the box|Gearworks/);
  expect((await it.world.mail(it.cool.email)).filter(({ subject }) => /Rebuild|V-/.test(subject))).toEqual([]);
  expect([...new Set((await vendorSocket.soFar()).flatMap((one) => (one.type === "changed" ? [one.id] : [])))]).toEqual([id]);
  expect((await received.soFar()).filter(({ type }) => type === "changed")).toEqual([]);
  // Neither another shop's owner nor the vendor itself can open the staff page.
  const elsewhere = await vendorShop();
  expect((await elsewhere.desk.get(recordOf, "/", at(id))).status).toBe(404);
  expect((await it.gear.browser.get(recordOf, "/", at(id))).status).toBe(302);
  // The customer's name is shown if the shop chose so.
  const shared = await assigned(it, it.gear, { sharesCustomer: "on" });
  expect(text((await it.gear.browser.get(jobPage, "/", at(shared))).body)).toContain(SECRET_CUSTOMER);
});

test("mails each step to the other side once", async () => {
  const it = await vendorShop();
  const id = await invoiced(it, "500.00", "450.00");
  expect((await decides(it, id, "dispute", { submission: "1", reason: "Too many hours", markup: "20" })).status).toBe(200);
  expect((await post(it.gear, id, "submit-invoice", { reference: "GW-9b", ...lines("440.00") })).status).toBe(200);
  expect((await decides(it, id, "approve-invoice", { submission: "2", markup: "20" })).status).toBe(200);
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(200);
  const declined = await assigned(it, it.cool);
  await post(it.cool, declined, "decline", { reason: "Full until May" });
  const recalled = await assigned(it, it.cool);
  await decides(it, recalled, "recall", { reason: "Found it ourselves" });
  await it.world.drainOutbox(it.shop);
  const subjects = async (to: string) =>
    (await it.world.mail(to)).map(({ subject }) => subject.replace(/ \(V-\d+\)$/, "")).filter((one) => !/password|Choose/i.test(one));
  const money = (amount: string) => expect.stringContaining(amount);
  const toGear = await subjects(it.gear.email);
  expect(toGear).toEqual(
    expect.arrayContaining([
      expect.stringContaining("New job from"),
      expect.stringContaining("approved your estimate"),
      expect.stringContaining("disputed your invoice GW-9"),
      expect.stringContaining("reversed the approval of your invoice GW-9b"),
      money("440.00"),
    ]),
  );
  expect(new Set(toGear).size).toBe(toGear.length);
  const toShop = await subjects(it.shop.ownerEmail);
  for (const printed of [
    "Gearworks accepted the job",
    "Gearworks sent an estimate of",
    "marked the job complete",
    "sent invoice GW-9 ",
    "sent invoice GW-9b",
    "Coolant declined the job",
  ])
    expect(toShop.filter((one) => one.includes(printed))).toHaveLength(1);
  expect((await it.world.mail(it.cool.email)).some(({ text: body }) => body.includes("Found it ourselves"))).toBe(true);
});

test("a vendor adds files while the job is open, sees the order's files up to its completion, and no names of the customer's people", async () => {
  const it = await vendorShop();
  const { world, shop, staff } = it;
  const file = (name: string) => ({ name, audiences: ["vendor"] as const, content: oneFile() });
  const record = { kind: "workOrder", id: it.order } as const;
  const theirs = await shop.as(it.customer);
  const before = newId("attachment");
  expect((await addFile(staff, { id: before, record, ...file("Before.pdf") })).ok).toBe(true);
  await shop.db.batch([shop.db.update(attachments, { addedBy: theirs.db.scope.actor }, eq(attachments.id, before))]);

  const id = await invoiced(it);
  world.clock.pass(MINUTE);
  const after = newId("attachment");
  expect((await addFile(staff, { id: after, record, ...file("After.pdf") })).ok).toBe(true);
  const opens = (fileId: string) => it.gear.browser.get(fileOf, "/", { params: { attachmentId: fileId } }).then(({ status }) => status);
  expect([await opens(before), await opens(after)]).toEqual([200, 404]);
  const { shared } = (await it.gear.browser.get(jobPage, "/", at(id))).body as { shared: { name: string; addedBy: string }[] };
  expect(shared.map(({ name, addedBy }) => [name, addedBy])).toEqual([["Before.pdf", "the customer"]]);

  // Recalled after an upload was begun.
  const lost = await assigned(it, it.cool);
  const { attachments: files } = (await it.cool.browser.get(jobPage, "/", at(lost))).body as { attachments: { to: string } };
  const send = (path: string, init: RequestInit<RequestInitCfProperties>) =>
    SELF.fetch(`${ORIGIN}/uploads/${path}?as=vendor`, { ...init, headers: { Cookie: it.cool.cookie, "Sec-Fetch-Site": "same-origin", ...init.headers } });
  const begin = (fileId: string) => send(fileId, { method: "PUT", body: JSON.stringify({ to: files.to, name: "a.pdf", bytes: pdf.length }) });
  const begun = newId("attachment");
  expect((await begin(begun)).status).toBe(200);
  const digest = { "Content-Digest": `sha-256=:${digestOf(pdf)}:` };
  expect((await send(`${begun}/parts/1`, { method: "PUT", body: pdf, headers: digest })).status).toBe(204);
  const form = { url: paths.vendor.addFile(files.to) };
  expect((await it.cool.browser.get(addForm, form.url)).status).toBe(200);
  await decides(it, lost, "recall", { reason: "" });
  expect([(await begin(newId("attachment"))).status, (await send(`${begun}/complete`, { method: "POST" })).status]).toEqual([404, 410]);
  expect((await it.cool.browser.get(addForm, form.url)).status).toBe(404);
  expect((await readAttachments(staff, { kind: "vendorJob", id: lost }, null)).items).toEqual([]);
});

test("all users of a vendor see the same jobs, and a removed user is signed out", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.gear);
  await it.world.drainOutbox(it.shop);
  const email = `second@gear-${it.shop.id.slice(-6)}.test`;
  const vendorPage = { params: { vendorId: it.gear.id } };
  const add = () => it.desk.post(vendorRecord, "/", { intent: "add-user", userName: "Ray", userEmail: email }, vendorPage);
  expect([(await add()).status, (await add()).status]).toEqual([200, 422]);
  await it.world.drainOutbox(it.shop);
  expect((await it.world.mail(email)).length).toBe(1);
  const ray = browserIn(it.world);
  ray.jar.set("__Host-vendor", (await it.shop.session(email, "vendor")).cookie.split("=")[1] ?? "");
  expect((await ray.get(jobPage, "/", at(id))).status).toBe(200);
  await decides(it, id, "message", { id: newId("event"), text: "For all of you" });
  await it.world.drainOutbox(it.shop);
  for (const to of [email, it.gear.email]) expect((await it.world.mail(to)).filter(({ text: body }) => body.includes("For all of you"))).toHaveLength(1);
  expect((await it.desk.post(vendorRecord, "/", { intent: "remove-user", userEmail: email }, vendorPage)).status).toBe(200);
  expect((await ray.get(jobPage, "/", at(id))).status).toBe(302);
  expect((await it.gear.browser.get(jobPage, "/", at(id))).status).toBe(200);
});
