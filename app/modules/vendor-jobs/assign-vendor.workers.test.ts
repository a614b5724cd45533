import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { ActivityItem } from "~/kernel/activity";
import { newId } from "~/kernel/ids";
import { toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { addFile } from "~/modules/attachments/add-file.server";
import { attachments } from "~/modules/attachments/attachment.tables";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { fromSession } from "~/platform/scope/scope.server";
import { action as assign } from "~/routes/staff/assign-vendor";
import { action as recordAnswer, loader as recordPage } from "~/routes/staff/record-vendor-answer";
import { loader as recordOf } from "~/routes/staff/vendor-job/route";
import { loader as workPage } from "~/routes/staff/vendor-work";
import { loader as orderPage } from "~/routes/staff/work-order/route";
import { loader as fileOf } from "~/routes/vendor/file";
import { loader as jobPage } from "~/routes/vendor/job/route";
import { browserIn } from "../../../tests/world/browser";
import { addJob, partLine } from "../../../tests/world/estimates";
import { testRequest } from "../../../tests/world/request";
import {
  assigned,
  assignedJob,
  at,
  decides,
  lines,
  oneFile,
  onePhoto,
  post,
  SECRET_CUSTOMER,
  text,
  type Vendor,
  vendorShop,
} from "../../../tests/world/vendor-work";
import { vendorJobStore } from "./vendor-job.store.server";

test("the vendor reads text, quantity and part number of the lines that were asked, never a price, and gets only the photos that were chosen", async () => {
  const it = await vendorShop();
  const seal = partLine("Rear seal", 987_65, { partNumber: "RS-7", quantity: toQuantity(2_000) });
  const secret = partLine("Oil", 43_21);
  await addJob(it.staff, it.order, { lines: [seal, secret] });
  const photo = async (name: string) => {
    const id = newId("attachment");
    const record = { kind: "workOrder", id: it.order } as const;
    expect((await addFile(it.staff, { id, record, name, audiences: [], content: onePhoto() })).ok).toBe(true);
    return id;
  };
  const [chosen, other] = [await photo("leak.png"), await photo("cab.png")];
  const id = await assigned(it, it.gear, { [`asked-${seal.id}`]: "on", [`photo-${chosen}`]: "on" });
  const page = text((await it.gear.browser.get(jobPage, "/", at(id))).body);
  for (const wanted of ["Rear seal", "RS-7", "leak.png"]) expect(page).toContain(wanted);
  for (const unwanted of ["98765", "4321", "Oil", "cab.png"]) expect(page).not.toContain(unwanted);
  // The shop reads what it asked, and the mail lists it too.
  expect((await it.desk.get(recordOf, "/", at(id))).body).toMatchObject({
    asked: expect.arrayContaining([expect.objectContaining({ text: "Rear seal", partNumber: "RS-7", quantity: 2_000 })]),
  });
  await it.world.drainOutbox(it.shop);
  const [mail] = (await it.world.mail(it.gear.email)).filter(({ subject }) => subject.startsWith("New job"));
  expect(mail?.text).toContain("What is asked:\nRear seal (RS-7), 2\n");
  expect(mail?.text).not.toMatch(/987|Oil/);
  // The order's own photos stay the shop's.
  for (const own of [chosen, other]) expect((await it.gear.browser.get(fileOf, "/", { params: { attachmentId: own } })).status).toBe(404);
  // Another photo is given to one vendor later, and to that one alone.
  const elsewhere = await assigned(it, it.cool);
  const given = await decides(it, id, "photos", { [`photo-${other}`]: "on" });
  expect([given.status, text(given.body)]).toEqual([200, expect.stringContaining("Photo added for this vendor.")]);
  expect(text((await it.gear.browser.get(jobPage, "/", at(id))).body)).toContain("cab.png");
  expect(text((await it.cool.browser.get(jobPage, "/", at(elsewhere))).body)).not.toMatch(/cab\.png|leak\.png/);
  // The same form sent twice copies nothing twice.
  const sentAgain = assignedJob(it.gear, id, { [`photo-${chosen}`]: "on" });
  await it.desk.post(assign, "/", sentAgain, { params: { orderId: it.order } });
  const copies = await it.staff.db.query({ from: attachments, columns: { name: attachments.name }, where: eq(attachments.recordId, id), limit: 10 });
  expect(copies.map(({ name }) => name).toSorted()).toEqual(["cab.png", "leak.png"]);
});

test("a form submitted twice is one assignment, and a declined job is reassigned once", async () => {
  const it = await vendorShop();
  const id = newId("vendorJob");
  const params = { params: { orderId: it.order } };
  const both = await Promise.all([it.desk.post(assign, "/", assignedJob(it.cool, id), params), it.desk.post(assign, "/", assignedJob(it.cool, id), params)]);
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  expect(text((await it.desk.get(workPage, "/")).body).match(/Rebuild the box/g)).toHaveLength(1);
  expect((await post(it.cool, id, "decline", { reason: "" })).status).toBe(422);
  expect((await post(it.cool, id, "decline", { reason: "Full until May" })).status).toBe(200);
  const again = [newId("vendorJob"), newId("vendorJob")] as const;
  const handed = await Promise.all(again.map((next) => it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)));
  expect(handed.map(({ status }) => status).sort()).toEqual([303, 409]);
  const store = vendorJobStore(it.shop.db);
  const taken = handed[0]?.status === 303 ? again[0] : again[1];
  expect([(await store.find(id))?.laterId, (await store.find(taken))?.earlierId]).toEqual([taken, id]);
  expect(await store.find(taken === again[0] ? again[1] : again[0])).toBeNull();
  // A reassigned job needs no decision, and is in the list of all.
  const { rows, counts } = (await it.desk.get(workPage, "/")).body as { rows: unknown[]; counts: Record<string, number> };
  expect([rows.length, counts]).toEqual([2, { decide: 0, waiting: 1, working: 0, owed: 0, settled: 0, all: 2 }]);
  // The first vendor still sees that it declined, and nothing later.
  const closed = text((await it.cool.browser.get(jobPage, "/", at(id))).body);
  expect(closed).toContain("Full until May");
  expect(closed).not.toMatch(/Shudder in 8th|Gearworks/);
});

test("a vendor opens the files of its open job; after a reassignment only the new vendor does", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.cool);
  const params = { params: { orderId: it.order } };
  const add = async (name: string, record: { kind: "vendorJob" | "workOrder"; id: string }, audiences: readonly "vendor"[]) => {
    const fileId = newId("attachment");
    expect((await addFile(it.staff, { id: fileId, record, name, audiences, content: oneFile() })).ok).toBe(true);
    return fileId;
  };
  const record = { kind: "vendorJob", id } as const;
  const [shared, inside, ofOrder] = [
    await add("Photo.pdf", record, ["vendor"]),
    await add("Inside.pdf", record, []),
    await add("Order.pdf", { kind: "workOrder", id: it.order }, ["vendor"]),
  ];
  const opens = (vendor: Vendor, fileId: string) => vendor.browser.get(fileOf, "/", { params: { attachmentId: fileId } }).then(({ status }) => status);
  expect([await opens(it.cool, shared), await opens(it.cool, inside), await opens(it.cool, ofOrder)]).toEqual([200, 404, 200]);
  expect([await opens(it.gear, shared), await opens(it.gear, ofOrder)]).toEqual([404, 404]);
  const theirs = newId("attachment");
  const coolDb = it.world.context.servicesFor(fromSession((await it.shop.session(it.cool.email, "vendor")).session, testRequest));
  expect((await addFile(coolDb, { id: theirs, record, name: "Report.pdf", audiences: [], content: oneFile() })).ok).toBe(true);
  expect(await opens(it.cool, theirs)).toBe(200);

  await post(it.cool, id, "decline", { reason: "Full" });
  const next = newId("vendorJob");
  for (let again = 0; again < 2; again++) expect((await it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)).status).toBe(303);
  expect([await opens(it.cool, shared), await opens(it.cool, ofOrder), await opens(it.cool, theirs)]).toEqual([404, 404, 404]);
  const page = (await it.gear.browser.get(jobPage, "/", at(next))).body as {
    attachments: { items: { id: string; name: string }[] };
    shared: { name: string }[];
  };
  expect(page.attachments.items.map(({ name }) => name)).toEqual(["Photo.pdf"]);
  expect(page.shared.map(({ name }) => name)).toEqual(["Order.pdf"]);
  // If the first attempt failed before copying the files, submitting the form again copies them.
  await it.shop.db.batch([it.shop.db.update(attachments, { recordId: "vj_elsewhere" }, eq(attachments.recordId, next))]);
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)).status).toBe(303);
  const brought = (await it.gear.browser.get(jobPage, "/", at(next))).body as typeof page;
  expect(brought.attachments.items.map(({ name }) => name)).toEqual(["Photo.pdf"]);
  expect(await opens(it.gear, brought.attachments.items[0]?.id ?? "")).toBe(200);
  expect(await opens(it.gear, theirs)).toBe(404);
});

test("a vendor without a portal gets the job by mail, and staff record its answers on its behalf in the journal", async () => {
  const it = await vendorShop();
  const email = `office@prairie-${it.shop.id.slice(-6)}.test`;
  const prairie = newId("vendor");
  const form = { ...noTerms, name: "Prairie Machine", phone: "+1 815 555 0162", email, portalEnabled: false };
  expect((await saveVendor(it.staff, { id: prairie, form, version: null, plan: "pro-plus" })).ok).toBe(true);
  const id = newId("vendorJob");
  const sent = await it.desk.post(assign, "/", assignedJob({ ...it.gear, id: prairie }, id), { params: { orderId: it.order } });
  expect(sent.status).toBe(303);
  const records = (command: string, more: Record<string, string> = {}) => it.desk.post(recordAnswer, "/", { intent: command, ...more }, at(id));
  expect((await records("decline", { reason: "" })).status).toBe(422);
  for (const [command, more] of [
    ["accept", {}],
    ["submit-estimate", lines("400.00", "32.00")],
  ] as const)
    expect((await records(command, more)).location).toBe(paths.staff.vendorJob(id));
  expect((await decides(it, id, "approve-estimate", { revision: "1" })).status).toBe(200);
  for (const [command, more] of [
    ["complete", { note: "Shaft is true" }],
    ["submit-invoice", { reference: "P-1", ...lines("400.00", "32.00") }],
  ] as const)
    expect((await records(command, more)).status).toBe(303);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "0" })).status).toBe(200);
  expect((await vendorJobStore(it.shop.db).find(id))?.costs).toMatchObject([{ amount: 432_00 }]);

  // The mail holds the whole job and how to answer, without a link. The shop gets no mail about what it recorded itself.
  await it.world.drainOutbox(it.shop);
  const mails = await it.world.mail(email);
  const printed = mails.map(({ text: body }) => body).join("\n");
  expect(printed).toMatch(/Shudder in 8th/);
  expect(printed).toMatch(/Please send an estimate before you start\.[\s\S]*To answer, /);
  expect(printed).toMatch(/approved your estimate of \$432\.00/);
  expect(printed).not.toMatch(new RegExp(`vendor-portal|${SECRET_CUSTOMER}|notToExceed`));
  expect((await it.world.mail(it.shop.ownerEmail)).filter(({ subject }) => subject.includes("Prairie"))).toEqual([]);
  const { activity } = (await it.desk.get(recordOf, "/", at(id))).body as {
    activity: ActivityItem[];
  };
  expect(activity.filter(({ detail }) => detail?.includes("Recorded for Prairie Machine")).map(({ event }) => event)).toEqual([
    "vendor-job.invoice-submitted",
    "vendor-job.completed",
    "vendor-job.estimate-submitted",
    "vendor-job.accepted",
  ]);
  expect(new Set(activity.map(({ who }) => who))).toEqual(new Set([it.staff.db.scope.actor.name]));

  // A vendor with a portal answers for itself.
  const own = await assigned(it, it.gear);
  expect((await it.desk.post(recordAnswer, "/", { intent: "accept" }, at(own))).status).toBe(409);
  expect((await it.desk.get(recordPage, "/", at(own))).location).toBe(paths.staff.vendorJob(own));
});

test("a technician sees which vendor has the work, without amounts; assigning needs Pro+ and an unlocked order", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.gear);
  await post(it.gear, id, "accept", { reason: "" });
  await post(it.gear, id, "submit-estimate", lines("432.10"));
  await it.shop.person("staff", `tech@${it.shop.id.slice(-8)}.test`);
  const tech = browserIn(it.world);
  tech.jar.set("__Host-staff", (await it.shop.session(`tech@${it.shop.id.slice(-8)}.test`, "staff")).cookie.split("=")[1] ?? "");
  const page = await tech.get(orderPage, "/", { params: { orderId: it.order } });
  expect(text(page.body)).toContain("Gearworks");
  // Neither in the list of jobs nor in the activity; the owner sees it in the list.
  expect(text(page.body)).not.toContain("43210");
  expect(text((await it.desk.get(orderPage, "/", { params: { orderId: it.order } })).body)).toContain("43210");
  expect((await tech.get(recordOf, "/", at(id))).status).toBe(403);
  const params = { params: { orderId: it.order } };
  expect((await runOrderCommand(it.staff, it.order, { intent: "cancel", why: "Sold" })).ok).toBe(true); // the rule of work orders, which knows nothing of vendors
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, newId("vendorJob")), params)).status).toBe(409);
  await it.world.context.platform.directory.setPlan(it.shop.id, "pro");
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, newId("vendorJob")), params)).status).toBe(403);
  expect((await it.gear.browser.get(jobPage, paths.vendor.job(id), at(id))).status).toBe(403);
});
