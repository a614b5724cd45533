import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR } from "~/kernel/time";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contacts } from "~/modules/customers/customer.tables";
import { changeOpeningHours } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readDeciders } from "~/queries/staff/estimate-record.server";
import { draftEstimate, type EstimateShop, estimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "../../../tests/world/estimates";
import { changeEstimate } from "./change-estimate.server";

/** A shop that is always open but on Sunday, and an estimate that wants an answer within four hours, else of Dana. */
async function hurried() {
  const it = await estimateShop();
  const { version } = await readShopRules(it.staff.db);
  const always = { opens: "00:00", closes: "23:59" };
  const openingHours = [always, always, always, always, always, always, null];
  await changeOpeningHours(it.staff, { seen: version, openingHours });
  const dana = `dana@${it.shop.id.slice(-8)}.test`;
  await addContact(it.staff, { customerId: it.customer.id, name: "Dana", email: dana });
  await it.shop.db.batch([it.shop.db.update(contacts, { mayDocuments: true, mayDecide: true }, eq(contacts.email, dana))]);
  // Not near midnight, when it is closed for a minute.
  it.world.clock.pass(6 * HOUR);
  await it.world.drainOutbox(it.shop);
  const backup = (await readDeciders(it.staff.db, it.customer.id)).find(({ name }) => name === "Dana");
  const send = async (backupId: typeof backup) => {
    const { id: order, jobs } = await writtenOrder(it.staff, it.asset, [{ lines: [partLine("Front drums", 100_00)] }]);
    const offers = jobs.map((job) => offered(job));
    const id = await draftEstimate(it.staff, order, offers, { answerWanted: { hours: 4, backupId: backupId?.id ?? null } });
    const sent = await sendEstimate(it.staff, id);
    await it.world.drainOutbox(it.shop);
    return { id, sent };
  };
  return { ...it, dana, backup, send };
}

/** Oldest first, without what it is about. */
const subjects = async ({ world }: Pick<EstimateShop, "world">, email: string) =>
  (await world.mail(email)).map(({ subject }) => subject.replace(/: \$.*/, "")).reverse();
const after = async (it: Pick<EstimateShop, "world" | "shop">, hours: number) => {
  it.world.clock.pass(hours * HOUR);
  await it.world.drainOutbox(it.shop);
};

test("who got it is reminded, then the backup is asked, then the shop calls; each once", async () => {
  const it = await hurried();
  const { sent } = await it.send(it.backup);
  expect(sent.revisions[0]?.offer?.snapshot.answerBy).toEqual({ at: it.world.clock.now() + 4 * HOUR, backup: "Dana" });
  const owner = it.shop.ownerEmail;
  const [renee, dana, office] = [it.decider.email, it.dana, owner];
  const before = { renee: await subjects(it, renee), dana: await subjects(it, dana), office: await subjects(it, office) };
  const since = async () => ({
    renee: (await subjects(it, renee)).slice(before.renee.length),
    dana: (await subjects(it, dana)).slice(before.dana.length),
    office: (await subjects(it, office)).slice(before.office.length),
  });
  expect(before.renee.at(-1)).toBe("Estimate ready");
  expect(before.dana).not.toContain("Estimate ready");

  await after(it, 2);
  expect(await since()).toEqual({ renee: [expect.stringMatching(/^Please answer by /)], dana: [], office: [] });
  await after(it, 2);
  expect(await since()).toMatchObject({ renee: [expect.anything()], dana: ["No answer yet, so you're asked"], office: [] });
  await after(it, 2);
  for (let again = 0; again < 2; again++) await it.world.drainOutbox(it.shop);
  expect(await since()).toMatchObject({ renee: [expect.anything()], dana: [expect.anything()], office: ["Time to call, no answer yet"] });
});

test("an answer in time ends it", async () => {
  const it = await hurried();
  const { id } = await it.send(it.backup);
  await after(it, 1);
  const { answer, from } = phoneAnswer;
  expect(await changeEstimate(it.staff, id, { intent: "answer", revision: 1, answer, from })).toMatchObject({ ok: true });
  await it.world.drainOutbox(it.shop);
  const before = [await subjects(it, it.decider.email), await subjects(it, it.dana)];
  await after(it, 12);
  expect([await subjects(it, it.decider.email), await subjects(it, it.dana)]).toEqual(before);
});

test("a new revision has a clock of its own, and the old one's stops", async () => {
  const it = await hurried();
  const { id } = await it.send(it.backup);
  await after(it, 1);
  expect(await changeEstimate(it.staff, id, { intent: "revise", validThrough: "2099-03-20" })).toMatchObject({ ok: true });
  const again = await sendEstimate(it.staff, id);
  expect(again.revisions.at(-1)?.offer?.snapshot.answerBy?.at).toBe(it.world.clock.now() + 4 * HOUR);
  await it.world.drainOutbox(it.shop);
  await after(it, 3.5);
  expect((await subjects(it, it.decider.email)).filter((subject) => subject?.startsWith("Please answer"))).toHaveLength(1);
  expect(await subjects(it, it.dana)).not.toContain("No answer yet, so you're asked");
});

test("without a backup all get it at first, and the shop calls when the time is over", async () => {
  const it = await hurried();
  await it.send(undefined);
  expect(await subjects(it, it.dana)).toContain("Estimate ready");
  await after(it, 4.1);
  expect(await subjects(it, it.shop.ownerEmail)).toContain("Time to call, no answer yet");
  expect(await subjects(it, it.dana)).not.toContain("No answer yet, so you're asked");
});
