import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { DAY } from "~/kernel/time";
import { attachments } from "~/modules/attachments/attachment.tables";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contacts } from "~/modules/customers/customer.tables";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { countUnseen } from "~/modules/notifications/my-notifications.server";
import { readEstimateList } from "~/queries/staff/estimate-list.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { action as answerOn, loader as pageOf } from "~/routes/customer/estimate/route";
import { loader as photoOf } from "~/routes/customer/estimate-photo";
import { loader as listOf } from "~/routes/customer/estimates";
import { action as customerRecord } from "~/routes/staff/customer/route";
import { browserIn } from "../../../tests/world/browser";
import { answerForm, estimateShop, headOf, INSIDE, offered, sentEstimate, writtenEstimate } from "../../../tests/world/estimates";
import { changeEstimate } from "./change-estimate.server";
import { latestSent, newest } from "./estimate";
import { estimateStore } from "./estimate.store.server";
import { estimateRevisions, estimates } from "./estimate.tables";
import { writeMessage } from "./messages/write-message.server";

const at = (id: string) => ({ params: { estimateId: id } });

test("when two contacts answer at once, one answer counts and the other is refused", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const email = `second@${it.shop.id.slice(-8)}.test`;
  await addContact(it.staff, { customerId: it.customer.id, name: "Sol", email });
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDecide: true }, eq(contacts.email, email))]);
  await it.world.drainOutbox(it.shop);
  const [one, two] = [await it.visitor(it.decider), await it.visitor({ email })];
  const answers = await Promise.all([one.post(answerOn, "/", answerForm("approve"), at(id)), two.post(answerOn, "/", answerForm("decline"), at(id))]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  const record = await readEstimateRecord(it.staff, id);
  expect(record?.activity.filter(({ event }) => ["estimate.approved", "estimate.declined"].includes(event))).toHaveLength(1);
  expect(record && latestSent(record.estimate)?.decision?.outcome).toBe(answers[0]?.status === 303 ? "approved" : "declined");
});

test("of twenty-five answers at once one counts, and each line has one decision", async () => {
  const it = await estimateShop();
  const { id, lines } = await sentEstimate(it);
  const person = await it.visitor(it.decider);
  const answers = await Promise.all(Array.from({ length: 25 }, () => person.post(answerOn, "/", answerForm("approve"), at(id))));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(24);
  await it.world.drainOutbox(it.shop);
  const record = await readEstimateRecord(it.staff, id);
  expect(record?.activity.filter(({ event }) => event === "estimate.approved")).toHaveLength(1);
  const order = record?.order ?? expect.fail("no order");
  expect(order.decisions.map(({ lineId, outcome }) => [lineId, outcome]).sort()).toEqual(lines.map((line) => [line.id, "approved"]).sort());
});

test("of more than a hundred revisions, the newest is shown, revised and answered, and the first can still be read", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const r = estimateRevisions;
  const { revision, state, content, snapshot, hash, sentAt, sentBy, rulesVersion, version } = r;
  const columns = { revision, state, content, snapshot, hash, sentAt, sentBy, rulesVersion, version };
  const [first] = await it.shop.db.query({ from: r, columns, where: eq(r.estimateId, id), limit: 1 });
  if (!first) throw new Error("nothing was sent");
  const last = 103;
  await it.shop.db.batch([
    it.shop.db.update(r, { state: "superseded" }, eq(r.estimateId, id)),
    ...Array.from({ length: last - 1 }, (_, at) =>
      it.shop.db.insert(r, { ...first, estimateId: id, revision: at + 2, state: at + 2 === last ? "sent" : "superseded" }),
    ),
    it.shop.db.update(estimates, { latestSentRevision: last }, eq(estimates.id, id)),
  ]);
  const record = async () => (await readEstimateRecord(it.staff, id))?.estimate ?? expect.fail("no such estimate");
  expect([newest(await record()).revision, latestSent(await record())?.revision]).toEqual([last, last]);
  expect(await estimateStore(it.staff.db).findRevision(id, 1)).toMatchObject({ revision: 1, state: "superseded" });
  expect((await changeEstimate(it.staff, id, { intent: "revise", validThrough: "2030-03-21" })).ok).toBe(true);
  expect([newest(await record()).revision, latestSent(await record())?.revision]).toEqual([last + 1, last]);
  const browser = await it.visitor(it.decider);
  expect((await browser.get(pageOf, "/", at(id))).body).toMatchObject({ estimate: { revision: last, newest: last } });
  expect((await browser.get(pageOf, "/?revision=1", at(id))).body).toMatchObject({ estimate: { revision: 1, state: "superseded" } });
  const answered = await browser.post(answerOn, "/", answerForm("approve", { revision: String(last) }), at(id));
  expect(answered.location).toBe(paths.customer.estimate(id));
  expect(latestSent(await record())).toMatchObject({ revision: last, state: "approved" });
});

test("refuses an answer to a revision that was replaced while the page was open", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  expect((await changeEstimate(it.staff, id, { intent: "revise", validThrough: "2030-03-25" })).ok).toBe(true);
  expect((await changeEstimate(it.staff, id, { intent: "send", seen: 99, total: null })).ok).toBe(true);
  const late = await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("approve"), at(id));
  expect(late.status).toBe(409);
  expect(JSON.stringify(late.body)).toContain("newer revision");
});

test("the customer's pages hold no draft, no cost, no internal note, and no other customer's estimate", async () => {
  const it = await estimateShop();
  const draft = await writtenEstimate(it);
  const { id, jobs } = await sentEstimate(it);
  // While being revised, the draft is not shown.
  await changeEstimate(it.staff, id, { intent: "revise", validThrough: "2030-03-25" });
  const head = headOf({ title: "Twice as dear", insideNote: INSIDE, validThrough: "2030-03-25" });
  expect((await changeEstimate(it.staff, id, { intent: "write", seen: 99, head, jobs: jobs.map((job) => offered(job)) })).ok).toBe(true);
  const browser = await it.visitor(it.decider);
  const [page, list] = [await browser.get(pageOf, "/", at(id)), await browser.get(listOf, "/")];
  expect([page.status, list.status]).toEqual([200, 200]);
  for (const body of [page.body, list.body].map((one) => JSON.stringify(one))) {
    expect(body).toContain("Brakes all round");
    expect(body).not.toMatch(/"cost"|4321|Charge the usual|Twice as dear/);
    expect(body).not.toContain(draft.id);
  }
  expect((await browser.get(pageOf, "/", at(draft.id))).status).toBe(404);
  const stranger = await it.visitor(it.other);
  expect((await stranger.get(pageOf, "/", at(id))).status).toBe(404);
  expect((await stranger.post(answerOn, "/", answerForm("approve"), at(id))).status).toBe(404);
  expect(JSON.stringify((await stranger.get(listOf, "/")).body)).not.toContain(id);
});

test("a customer's list begins with what waits for an answer, however old it is", async () => {
  const it = await estimateShop();
  const waiting = await sentEstimate(it);
  const declined = await sentEstimate(it);
  const browser = await it.visitor(it.decider);
  expect((await browser.post(answerOn, "/", answerForm("decline", { note: "Not now" }), at(declined.id))).status).toBe(303);
  const { open, closed } = (await browser.get(listOf, "/")).body as Record<"open" | "closed", { id: string }[]>;
  expect(open.map(({ id }) => id)).toEqual([waiting.id]);
  expect(closed.map(({ id }) => id)).toEqual([declined.id]);
});

test("mails the estimate once to the contacts who may decide, and the answer to the shop's managers", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const ready = (await it.world.mail(it.decider.email)).filter(({ subject }) => subject.startsWith("Estimate ready"));
  expect(ready).toHaveLength(1);
  expect(ready[0]?.text).toContain(paths.customer.estimate(id));
  expect(ready[0]?.html).not.toContain(INSIDE);
  await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("decline", { note: "Too dear" }), at(id));
  await it.world.drainOutbox(it.shop);
  const mails = (await it.world.mail(it.shop.ownerEmail)).filter(({ subject }) => subject.includes("declined"));
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("Too dear");
});

test("expires at midnight of its last day in the shop's time zone, also in the list", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const listSent = async (filter: "waiting" | "expired", today: string) =>
    (await readEstimateList(it.staff.db, { filter, query: "brakes", after: null, today })).rows.map((row) => row.id);
  expect([await listSent("waiting", "2030-03-20"), await listSent("expired", "2030-03-20")]).toEqual([[id], []]);
  expect([await listSent("waiting", "2030-03-21"), await listSent("expired", "2030-03-21")]).toEqual([[], [id]]);
  it.world.clock.pass(25 * DAY);
  const late = await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("approve"), at(id));
  expect(late.status).toBe(409);
  expect(JSON.stringify(late.body)).toContain("has expired");
});

test("a search by name keeps the filter, and a chosen unit lists only its own estimates", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const rows = async (filter: "draft" | "waiting") =>
    (await readEstimateList(it.staff.db, { filter, query: "customer", after: null, today: "2030-03-02" })).rows;
  expect((await rows("waiting")).map((row) => row.id)).toEqual([id]);
  expect(await rows("draft")).toEqual([]);
  const last = await it.shop.asset({ customer: it.customer });
  for (const only of [it.asset, last]) expect((await findUnits(it.staff.db, { query: "", only })).map((unit) => unit.id)).toEqual([only]);
});

test("staff viewing as a contact can't answer and don't mark an estimate as viewed; the contact's first view is recorded once", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const views = async () => ((await readEstimateRecord(it.staff, id))?.activity ?? []).filter(({ event }) => event === "estimate.viewed").length;
  const viewer = browserIn(it.world);
  viewer.jar.set("__Host-staff", (await it.shop.session(it.shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const [contact] = await it.shop.db.query({ from: contacts, columns: { id: contacts.id }, where: eq(contacts.email, it.decider.email), limit: 1 });
  const begun = await viewer.post(customerRecord, "/", { intent: "view-as", contact: contact?.id ?? "" }, { params: { customerId: it.customer.id } });
  expect(begun.location).toBe("/portal");
  expect((await viewer.get(pageOf, "/", at(id))).body).toMatchObject({ mayAnswer: false });
  expect((await viewer.post(answerOn, "/", answerForm("approve"), at(id))).status).toBe(403);
  expect(await views()).toBe(0);
  const browser = await it.visitor(it.decider);
  for (let pass = 0; pass < 2; pass++) expect((await browser.get(pageOf, "/", at(id))).body).toMatchObject({ mayAnswer: true });
  expect(await views()).toBe(1);
});

test("refuses a contact above their limit and offers to ask a colleague; a contact without document rights sees none", async () => {
  const it = await estimateShop();
  const { id, lines } = await sentEstimate(it);
  const own = eq(contacts.email, it.decider.email);
  await it.shop.db.batch([it.shop.db.update(contacts, { decideLimit: toCents(150_00) }, own)]);
  const browser = await it.visitor(it.decider);
  const refused = await browser.post(answerOn, "/", answerForm("approve"), at(id));
  expect(refused.status).toBe(403);
  expect(JSON.stringify(refused.body)).toContain("Ask a colleague");
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDocuments: false }, own)]);
  expect((await browser.get(pageOf, "/", at(id))).status).toBe(403);
  expect((await browser.get(listOf, "/")).status).toBe(403);
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDocuments: true }, own)]);
  const part = Object.fromEntries(lines.map((one, place) => [`answer-${one.id}`, place === 0 ? "approve" : "decline"]));
  expect((await browser.post(answerOn, "/", answerForm("lines", part), at(id))).status).toBe(303);
});

test("a question about a line is mailed to the shop and the answer to the asker, once each; another customer can neither read nor post", async () => {
  const it = await estimateShop();
  const { id, lines } = await sentEstimate(it);
  const line = lines[1]?.id ?? "";
  const browser = await it.visitor(it.decider);
  const question = { intent: "message", id: newId("message"), line, [`message-${line}`]: "Can the rear wait?" };
  for (let again = 0; again < 2; again++) expect((await browser.post(answerOn, "/", question, at(id))).status).toBe(200);
  const stranger = await it.visitor(it.other);
  expect((await stranger.post(answerOn, "/", { ...question, id: newId("message") }, at(id))).status).toBe(404);
  const draft = await writtenEstimate(it);
  expect((await browser.post(answerOn, "/", { ...question, id: newId("message") }, at(draft.id))).status).toBe(404);
  expect((await browser.post(answerOn, "/", { intent: "message", id: newId("message"), line, [`message-${line}`]: " " }, at(id))).status).toBe(422);
  await it.world.drainOutbox(it.shop);
  const mails = (await it.world.mail(it.shop.ownerEmail)).filter(({ subject }) => subject.includes("about"));
  expect(mails.map(({ text }) => text)).toEqual([expect.stringContaining("Can the rear wait?")]);
  expect(mails[0]?.subject).toContain("Rear drums");
  expect(await countUnseen(it.staff, (await it.shop.membershipOf(it.shop.ownerEmail, "staff")).id)).toBe(1);

  await writeMessage(it.staff, { id: newId("message"), estimateId: id, lineId: lines[1]?.id ?? null, text: "A month, not longer." });
  await it.world.drainOutbox(it.shop);
  expect((await it.world.mail(it.decider.email)).filter(({ text }) => text.includes("not longer"))).toHaveLength(1);
  const page = await browser.get(pageOf, "/", at(id));
  expect(page.body).toMatchObject({
    messages: [
      { text: "Can the rear wait?", lineId: line, fromShop: false },
      { text: "A month, not longer.", fromShop: true },
    ],
  });
});

test("a contact without decision rights gets answers to their questions, and can't ask a colleague to decide", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const dora = `dora@${it.shop.id.slice(-8)}.test`;
  await addContact(it.staff, { customerId: it.customer.id, name: "Renee", email: dora });
  await it.world.drainOutbox(it.shop);
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDocuments: true, mayDecide: false }, eq(contacts.email, dora))]);
  const browser = await it.visitor({ email: dora });
  expect((await browser.post(answerOn, "/", { intent: "ask-colleague", revision: "1" }, at(id))).status).toBe(403);
  expect((await browser.post(answerOn, "/", { intent: "message", id: newId("message"), line: "whole", "message-whole": "When?" }, at(id))).status).toBe(200);
  await writeMessage(it.staff, { id: newId("message"), estimateId: id, lineId: null, text: "On Monday." });
  await it.world.drainOutbox(it.shop);
  const mails = async (to: string) => (await it.world.mail(to)).filter(({ text }) => text.includes("On Monday.")).length;
  expect([await mails(dora), await mails(it.decider.email)]).toEqual([1, 0]);
});

test("the customer sees a line's photo in the sent estimate, no other customer does, and no one once it is hidden", async () => {
  const it = await estimateShop();
  const estimate = await writtenEstimate(it);
  const [shared, kept] = [newId("attachment"), newId("attachment")];
  for (const [photo, audiences] of [
    [shared, ["customer"]],
    [kept, []],
  ] as const) {
    await it.staff.files.put(`photos/${photo}`, new Uint8Array([1, 2, 3]));
    const facts = {
      name: "drum.png",
      mediaType: "image/png",
      bytes: 3,
      sha256: "ab",
      file: `photos/${photo}`,
      thumbnail: null,
      audiences: [...audiences],
    } as const;
    const row = { ...facts, audiences: [...audiences], recordKind: "line" as const, recordId: estimate.lines[0]?.id ?? "" };
    await it.shop.db.batch([it.shop.db.insert(attachments, { id: photo, ...row, addedAt: it.world.clock.now(), addedBy: it.shop.db.scope.actor, version: 1 })]);
  }
  expect((await changeEstimate(it.staff, estimate.id, { intent: "send", seen: 2, total: null })).ok).toBe(true);
  const [own, stranger] = [await it.visitor(it.decider), await it.visitor(it.other)];
  const open = async (who: typeof own, photo: string) => (await who.get(photoOf, "/", { params: { estimateId: estimate.id, attachmentId: photo } })).status;
  expect(JSON.stringify((await own.get(pageOf, "/", at(estimate.id))).body)).toContain(shared);
  expect([await open(own, shared), await open(own, kept), await open(stranger, shared)]).toEqual([200, 404, 404]);
  const hidden = { hiddenAt: it.world.clock.now(), hiddenBy: it.shop.db.scope.actor, hiddenReason: "wrong truck" };
  await it.shop.db.batch([it.shop.db.update(attachments, hidden, eq(attachments.id, shared))]);
  expect(await open(own, shared)).toBe(404);
});

test("a contact below the limit asks a colleague to decide, and the shop sees who asked", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  const small = `small@${it.shop.id.slice(-8)}.test`;
  await addContact(it.staff, { customerId: it.customer.id, name: "Sam", email: small });
  await it.world.drainOutbox(it.shop);
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDocuments: true, mayDecide: true, decideLimit: toCents(50_00) }, eq(contacts.email, small))]);
  const sam = await it.visitor({ email: small });
  expect((await sam.post(answerOn, "/", answerForm("approve"), at(id))).status).toBe(403);
  for (const status of [200, 409]) expect((await sam.post(answerOn, "/", { intent: "ask-colleague", revision: "1" }, at(id))).status).toBe(status);
  await it.world.drainOutbox(it.shop);
  const asked = (await it.world.mail(it.decider.email)).filter(({ subject }) => subject.includes("asks you to decide"));
  expect(asked).toHaveLength(1);
  expect((await it.world.mail(small)).filter(({ subject }) => subject.includes("asks you"))).toEqual([]);
  const record = await readEstimateRecord(it.staff, id);
  expect(record && latestSent(record.estimate)?.asked?.by).toBe("Sam");
});

test("what was sent while the portal was off is mailed once it is on; staff send it again, and not after the answer", async () => {
  const it = await estimateShop();
  const turn = async (on: boolean) => {
    expect((await switchPortal(it.staff, { customerId: it.customer.id, on, plan: "pro-plus" })).ok).toBe(true);
    await it.world.drainOutbox(it.shop);
    await it.world.drainOutbox(it.shop);
  };
  const subjects = async () => (await it.world.mail(it.decider.email)).map(({ subject }) => subject).filter((subject) => /385\.00/.test(subject));
  await turn(false);
  const { id } = await sentEstimate(it);
  expect(await subjects()).toEqual([]);
  await turn(true);
  expect(await subjects()).toEqual([expect.stringContaining("Estimate ready: $385.00")]);
  // On again, it is no news.
  await turn(false);
  await turn(true);
  expect(await subjects()).toHaveLength(1);

  expect((await changeEstimate(it.staff, id, { intent: "send-again" })).ok).toBe(true);
  await it.world.drainOutbox(it.shop);
  expect((await subjects()).sort()).toEqual([expect.stringContaining("Estimate ready"), expect.stringContaining("Still waiting for your answer")]);
  expect((await readEstimateRecord(it.staff, id))?.activity.map(({ event }) => event)).toContain("estimate.sent-again");
  await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("decline"), at(id));
  expect(await changeEstimate(it.staff, id, { intent: "send-again" })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("who decides gets a mail that confirms it, with the paper", async () => {
  const it = await estimateShop();
  const { id } = await sentEstimate(it);
  await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("approve"), at(id));
  await it.world.drainOutbox(it.shop);
  const [mail, ...more] = (await it.world.mail(it.decider.email)).filter(({ subject }) => subject.startsWith("You approved"));
  expect(more).toEqual([]);
  expect(mail?.subject).toContain("You approved $385.00 for unit");
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^E-\d+ revision 1\.pdf$/)]);
});

test("reminds once of an unanswered estimate, and not of an answered one", async () => {
  const it = await estimateShop();
  const first = await sentEstimate(it);
  const second = await sentEstimate(it);
  await (await it.visitor(it.decider)).post(answerOn, "/", answerForm("decline"), at(second.id));
  it.world.clock.pass(17.5 * DAY);
  for (let again = 0; again < 2; again++) await it.world.drainOutbox(it.shop);
  const reminders = (await it.world.mail(it.decider.email)).filter(({ subject }) => subject.startsWith("Still waiting"));
  expect(reminders.map(({ text }) => text.includes(first.id))).toEqual([true]);
});
