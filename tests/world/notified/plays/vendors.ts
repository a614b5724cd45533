import { newId } from "~/kernel/ids";
import { mutedMailStore } from "~/modules/notifications/muted-mails.store.server";
import { vendorEvents } from "~/modules/notifications/vendor-mails.server";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { action as assign } from "~/routes/staff/assign-vendor";
import { action as decideOn } from "~/routes/staff/vendor-job/route";
import { action as answerOn } from "~/routes/vendor/job/route";
import { lines } from "../../vendor-work";
import type { Stage } from "../stage";
import type { Play } from "../watch";

/** A vendor with three people, of whom `vera` switched all off. */
export async function playVendorJobs(it: Stage, { play, ignore }: Play): Promise<void> {
  const { shop, staff } = it;
  const order = await shop.workOrder({ asset: it.asset, customer: it.customer, state: "in-progress" });
  await ignore();
  const vendor = newId("vendor");
  const email = await it.add("vic", "vendor", { partyId: vendor });
  await play({
    happens: () =>
      saveVendor(staff, { id: vendor, form: { ...noTerms, name: "Gearworks", phone: "", email, portalEnabled: true }, version: null, plan: "pro-plus" }),
    causes: ["vendor password: set-password (mail.set-password)"],
    person: "vic",
  });
  for (const who of ["val", "vera"]) await it.add(who, "vendor", { partyId: vendor });
  const { id: vera } = await shop.membershipOf(it.emailOf("vera"), "vendor");
  await mutedMailStore(it.world.dispatcher(shop.id).db).set(vera, vendorEvents);
  const [desk, vic] = [await it.visitor("owner", "staff"), await it.visitor("vic", "vendor")];
  const done = async (answer: ReturnType<typeof desk.post>) => {
    const { status, body } = await answer;
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  };
  const at = (jobId: string) => ({ params: { jobId } });
  const assignOne = async (id: string) => {
    const form = { id, vendor, title: "Rebuild the box", instructions: "Shudder in 8th", dueDay: "", notToExceed: "" };
    return desk.post(assign, "/", form, { params: { orderId: order } });
  };
  const answers =
    (id: string, intent: string, more: Record<string, string> = {}) =>
    () =>
      done(vic.post(answerOn, "/", { intent, ...more }, at(id)));
  const decides =
    (id: string, intent: string, more: Record<string, string> = {}) =>
    () =>
      done(desk.post(decideOn, "/", { intent, ...more }, at(id)));
  const assigned = ["vendor jobs: vendor-job-assigned (mail.vendor-job)"] as const;
  const accepted = ["staff vendor-job.answered: vendor-job-accepted (mail.vendor-job)"] as const;
  const submitted = ["staff vendor-job.estimate: vendor-job-estimate-submitted (mail.vendor-job)"] as const;
  const billed = ["staff vendor-job.invoice: vendor-job-invoice-submitted (mail.vendor-job)"] as const;
  const estimate = { ...lines("500.00"), note: "Two days" };
  const invoice = { reference: "GW-9", ...lines("500.00") };

  const job = newId("vendorJob");
  await play({ happens: () => assignOne(job), causes: assigned });
  await play({ happens: answers(job, "accept", { reason: "" }), causes: accepted });
  await play({ happens: answers(job, "submit-estimate", estimate), causes: submitted });
  await play({ happens: answers(job, "withdraw"), causes: ["staff vendor-job.estimate: vendor-job-estimate-withdrawn (mail.vendor-job)"] });
  await play({ happens: answers(job, "submit-estimate", estimate), causes: submitted });
  await play({
    happens: decides(job, "decline-estimate", { revision: "2", feedback: "Without the cooler" }),
    causes: ["vendor estimates: vendor-job-estimate-declined (mail.vendor-job)"],
  });
  await play({ happens: answers(job, "submit-estimate", estimate), causes: submitted });
  await play({ happens: decides(job, "approve-estimate", { revision: "3" }), causes: ["vendor estimates: vendor-job-estimate-approved (mail.vendor-job)"] });
  await play({
    happens: answers(job, "message", { id: newId("event"), text: "The case is cracked." }),
    causes: ["staff vendor-job.message: vendor-job-message-from-vendor (mail.vendor-job)"],
  });
  await play({
    happens: decides(job, "message", { id: newId("event"), text: "Send a photo." }),
    causes: ["vendor messages: vendor-job-message-from-shop (mail.vendor-job)"],
  });
  await play({ happens: answers(job, "complete", { note: "" }), causes: ["staff vendor-job.completed: vendor-job-completed (mail.vendor-job)"] });
  await play({ happens: answers(job, "submit-invoice", invoice), causes: billed });
  await play({ happens: answers(job, "withdraw-invoice"), causes: ["staff vendor-job.invoice: vendor-job-invoice-withdrawn (mail.vendor-job)"] });
  await play({ happens: answers(job, "submit-invoice", invoice), causes: billed });
  await play({
    happens: decides(job, "dispute", { submission: "2", reason: "The core is missing" }),
    causes: ["vendor invoices: vendor-job-invoice-disputed (mail.vendor-job)"],
  });
  await play({ happens: answers(job, "submit-invoice", invoice), causes: billed });
  await play({
    happens: decides(job, "approve-invoice", { submission: "3", markup: "0" }),
    causes: ["vendor invoices: vendor-job-invoice-approved (mail.vendor-job)"],
  });
  await play({ happens: decides(job, "reverse", { reason: "Billed twice" }), causes: ["vendor invoices: vendor-job-invoice-reversed (mail.vendor-job)"] });

  const [declined, recalled, canceled] = [newId("vendorJob"), newId("vendorJob"), newId("vendorJob")];
  await play({ happens: () => assignOne(declined), causes: assigned });
  await play({
    happens: answers(declined, "decline", { reason: "No room this week" }),
    causes: ["staff vendor-job.answered: vendor-job-declined (mail.vendor-job)"],
  });
  await play({ happens: () => assignOne(recalled), causes: assigned });
  await play({ happens: decides(recalled, "recall", { reason: "Sold" }), causes: ["vendor jobs: vendor-job-recalled (mail.vendor-job)"] });
  await play({ happens: () => assignOne(canceled), causes: assigned });
  await play({ happens: answers(canceled, "accept", { reason: "" }), causes: accepted });
  const seen = async () => String((await vendorJobStore(shop.db).find(canceled))?.version);
  await play({
    happens: async () => decides(canceled, "call-off", { seen: await seen(), reason: "The truck is sold", pays: "on" })(),
    causes: ["vendor jobs: vendor-job-called-off (mail.vendor-job)"],
  });
}
