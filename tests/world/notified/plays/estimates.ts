import { eq } from "drizzle-orm";
import { newId } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later } from "~/kernel/time";
import { contacts } from "~/modules/customers/customer.tables";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import { changeOpeningHours } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { recordOptionSwitch } from "~/modules/work-orders/lines/record-option-switch.server";
import { cancelRequest } from "~/modules/work-orders/service-requests/cancel-request.server";
import { requestService } from "~/modules/work-orders/service-requests/request-service.server";
import { readDeciders } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as answerOn } from "~/routes/customer/estimate/route";
import { developmentSecrets } from "../../../../local/settings";
import { signed } from "../../../../local/stand-ins/resend-webhooks";
import { answerForm, draftEstimate, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "../../estimates";
import { bring, bringAll } from "../../resend";
import type { Stage } from "../stage";
import type { Play } from "../watch";

type Staff = Stage["staff"];
const offices = ["owner", "mara", "ned"];

export async function playEstimates(it: Stage, { play, ignore }: Play): Promise<void> {
  const { world, shop, staff, asset, renee } = it;
  const [reneeAtPortal, louAtPortal] = [await it.visitor("renee", "customer"), await it.visitor("lou", "customer")];
  const at = (estimateId: string) => ({ params: { estimateId } });
  const drafted = async (by: Staff = staff, more: Parameters<typeof draftEstimate>[3] = {}) => {
    const { id: order, jobs } = await writtenOrder(by, asset, [{ lines: [partLine("Front drums", 100_00), partLine("Rear drums", 200_00)] }]);
    const id = await draftEstimate(
      by,
      order,
      jobs.map((job) => offered(job)),
      { note: "Front first", ...more },
    );
    return { id, order, line: jobs[0]?.lines[0]?.id ?? "" };
  };
  await ignore();

  const first = await drafted();
  await play({ happens: () => sendEstimate(staff, first.id), causes: ["customer estimate: estimate-ready (mail.estimate-ready)"] });
  await play({ happens: () => changeEstimate(staff, first.id, { intent: "send-again" }), causes: ["customer estimate: estimate-ready (mail.estimate-again)"] });
  const question = { intent: "message", id: newId("message"), line: first.line, [`message-${first.line}`]: "Can the rear wait?" };
  await play({
    happens: () => reneeAtPortal.post(answerOn, "/", question, at(first.id)),
    causes: ["staff estimate.question: estimate-message (mail.estimate-message)"],
  });
  await play({
    happens: () => writeMessage(staff, { id: newId("message"), estimateId: first.id, lineId: null, text: "A month, not longer." }),
    causes: ["customer estimate: estimate-message (mail.estimate-message)"],
    // Who asked is answered, not all who may decide.
    contacts: ["renee"],
  });
  await play({ happens: () => replyTo("lee@elsewhere.test", first.id, "Please call me."), causes: ["staff reply.received: reply-received (mail.reply)"] });

  // Written by Mara, who is then the one to be notified.
  const marasServices = await it.staffAs("mara");
  const second = await drafted(marasServices);
  await play({ happens: () => sendEstimate(marasServices, second.id), causes: ["customer estimate: estimate-ready (mail.estimate-ready)"] });
  await play({
    happens: () => louAtPortal.post(answerOn, "/", { intent: "ask-colleague", revision: "1" }, at(second.id)),
    causes: [
      "customer estimate: estimate-colleague (mail.estimate-colleague)",
      "staff estimate.second-person: estimate-second-person (mail.estimate-colleague)",
    ],
    responsible: ["mara"],
    // The one whose limit covers it.
    contacts: ["renee"],
  });
  await play({
    happens: () => reneeAtPortal.post(answerOn, "/", answerForm("approve"), at(second.id)),
    causes: ["customer confirmed: estimate-confirmed (mail.estimate-confirmed)", "staff estimate.answered: estimate-answered (mail.estimate-answered)"],
    responsible: ["mara"],
    person: "renee",
  });
  await play({
    happens: () => changeEstimate(staff, first.id, { intent: "withdraw", why: "Priced for another unit" }),
    causes: ["customer estimate: estimate-withdrawn (mail.estimate-withdrawn)"],
  });

  const options = await optionsOf(staff, it);
  const third = await draftEstimate(staff, options.order, [{ jobId: options.job, recommendation: "", together: false, lineIds: options.lines }]);
  await play({ happens: () => sendEstimate(staff, third), causes: ["customer estimate: estimate-ready (mail.estimate-ready)"] });
  const answer = { ...phoneAnswer.answer, options: { [options.job]: options.best } };
  await play({
    happens: () => changeEstimate(staff, third, { intent: "answer", revision: 1, answer, from: phoneAnswer.from }),
    causes: ["staff estimate.answered: estimate-answered (mail.estimate-answered)"],
  });
  await play({
    happens: () => recordOptionSwitch(staff, options.order, { jobId: options.job, option: options.good, by: "shop", who: "Owner", reason: "Drums are fine" }),
    causes: ["customer estimate: option-switched (mail.option-switched)"],
  });

  const id = newId("workOrder");
  const form = { complaint: "Coolant is hot", urgency: "do-not-drive", preferredDay: "", reading: "", fault: "" };
  await play({
    happens: () => requestService(renee, { id, assetId: asset, form }),
    causes: ["staff service.requested: service-request (mail.service-request)"],
    responsible: offices,
  });
  await play({
    happens: () => cancelRequest(renee, id, "It cooled down"),
    causes: ["staff service.canceled: request-canceled (mail.request-canceled)"],
    responsible: offices,
  });

  // A sent mail bounces: the office is notified in the app alone.
  const bounced = await it.add("bounced", "customer", { partyId: it.customer.id, email: `bounced+${shop.id.slice(-8)}@fleet.test` });
  await it.addContact("bounced", it.customer.id, { mayDecide: true, mayDocuments: true }, bounced);
  const fourth = await drafted();
  await play({
    happens: () => sendEstimate(staff, fourth.id),
    causes: ["customer estimate: estimate-ready (mail.estimate-ready)"],
    contacts: ["renee", "lou", "bounced"],
  });
  await play({ happens: () => bringAll(world, bounced), causes: ["staff mail.given-up: notice (delivery.failed)"] });
  await shop.db.batch([shop.db.update(contacts, { archivedAt: shop.now() }, eq(contacts.email, bounced))]);

  // Nobody answers: reminder, backup, then the shop is to call.
  const opening = { opens: "00:00", closes: "23:59" };
  const openingHours = [opening, opening, opening, opening, opening, opening, opening];
  const { version } = await readShopRules(staff.db);
  if (!(await changeOpeningHours(staff, { seen: version, openingHours })).ok) throw new Error("no opening hours");
  const backup = (await readDeciders(staff.db, it.customer.id)).find(({ name }) => name === "Lou");
  const hurried = await drafted(staff, { answerWanted: { hours: 4, backupId: backup?.id ?? null } });
  await play({ happens: () => sendEstimate(staff, hurried.id), causes: ["customer estimate: estimate-ready (mail.estimate-ready)"], contacts: ["renee"] });
  const pass = async () => world.clock.pass(2 * HOUR);
  await play({ happens: pass, causes: ["customer estimate: estimate-answer-reminder (mail.estimate-answer-reminder)"], contacts: ["renee"] });
  await play({ happens: pass, causes: ["customer estimate: estimate-backup (mail.estimate-backup)"], contacts: ["lou"] });
  await play({ happens: pass, causes: ["staff estimate.unanswered: estimate-unanswered (mail.estimate-unanswered)"] });

  const soon = await drafted(staff, { validThrough: dayOf(later(shop.now(), 10 * DAY), "Pacific/Chatham") });
  await play({ happens: () => sendEstimate(staff, soon.id), causes: ["customer estimate: estimate-ready (mail.estimate-ready)"] });
  await play({ happens: async () => world.clock.pass(9 * DAY), causes: ["customer estimate: estimate-ready (mail.estimate-reminder)"] });

  async function replyTo(from: string, estimateId: string, text: string): Promise<void> {
    const mail = (await world.mail(it.emailOf("renee"))).find(({ html }) => html.includes(estimateId));
    const body = JSON.stringify({ from: `Lee <${from}>`, to: mail?.headers?.["Reply-To"], subject: `Re: ${mail?.subject}`, text });
    const { report } = (await (await fetch("http://resend.test/__inbound", { method: "POST", body })).json()) as {
      report: { headers: Record<string, string>; body: string };
    };
    await bring(world, signed(developmentSecrets.RESEND_WEBHOOK_SECRET, report.headers["svix-id"] ?? "", report.body, world.clock.now()));
  }
}

/** An order whose one job can be done in two ways. */
async function optionsOf(staff: Staff, { asset }: Stage) {
  const [good, best] = [newId("option"), newId("option")];
  const lines = [partLine("Pads", 100_00, { option: good }), partLine("Drums and shoes", 500_00, { option: best })];
  const { id: order } = await writtenOrder(staff, asset, [{ lines: [partLine("Hardware kit", 50_00)] }]);
  const job = (await readOrderRecord(staff, order))?.order.jobs[0];
  if (!job) throw new Error("an order without its job");
  const list = [
    { id: good, name: "Good" },
    { id: best, name: "Best" },
  ];
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 99, job: { ...job, options: { list, preselected: best }, lines } });
  return { order, job: job.id, good, best, lines: lines.map((line) => line.id) };
}
