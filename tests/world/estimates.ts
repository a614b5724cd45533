import { type Id, newId } from "~/kernel/ids";
import { type Cents, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import type { Head, OfferedJob } from "~/modules/estimates/estimate-snapshot";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { browserIn } from "./browser";
import type { Shop } from "./shop";
import { createWorld } from "./world";

type Staff = Awaited<ReturnType<Shop["asStaff"]>>;

/** A part at a price, without supplies, whose cost is known. */
export const partLine = (text: string, price: number, more: Partial<Line> = {}): Line => ({
  id: newId("line"),
  kind: "part",
  text,
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(price),
  cost: toCents(43_21),
  supplies: false,
  ...more,
});

type WrittenJob = { complaint?: string; lines: readonly Line[] };

/** An order with one job per list of lines. */
export async function writtenOrder(staff: Staff, assetId: Id<"asset">, jobs: readonly WrittenJob[], { asDraft = false } = {}) {
  const id = newId("workOrder");
  const [first, ...more] = jobs.map(({ complaint = "Brakes pull", lines }) => ({ id: newId("job"), complaint, lines }));
  const opening = { id, assetId, complaint: first?.complaint ?? "Brakes pull", lead: null, promisedAt: null, purchaseOrder: null, asDraft };
  const job = first && { id: first.id, lines: first.lines.map((line) => newLine(line, 1)) };
  const opened = await openWorkOrder(staff, { ...opening, ...(job ? { job } : {}) });
  if (!opened.ok) throw new Error(`the order was not opened: ${opened.error.kind}`);
  for (const job of more) await addJob(staff, id, job);
  return { id, jobs: [first, ...more].flatMap((job) => (job ? [job] : [])) };
}

/** Adds a job with these lines to an order. */
export async function addJob(staff: Staff, order: Id<"workOrder">, { id = newId("job"), complaint = "Brakes pull", lines }: WrittenJob & { id?: Id<"job"> }) {
  const job = { id, complaint, cause: "", correction: "", vmrs: null, technician: null, lines };
  const saved = await changeWorkOrder(staff, order, { intent: "save-job", seen: 999, job });
  if (!saved.ok) throw new Error(`the job was not saved: ${saved.error.kind}`);
  return job;
}

export const offered = (job: { id: Id<"job">; lines: readonly { id: Id<"line"> }[] }, more: Partial<OfferedJob> = {}): OfferedJob => ({
  jobId: job.id,
  recommendation: "All of it",
  together: false,
  lineIds: job.lines.map(({ id }) => id),
  ...more,
});

export const headOf = (more: Partial<Head> = {}): Head => ({
  title: "Brakes all round",
  note: "",
  insideNote: "",
  validThrough: "2099-03-20",
  deposit: null,
  ...more,
});

/** A draft of an estimate for these jobs of an order. */
export async function draftEstimate(staff: Staff, workOrderId: Id<"workOrder">, jobs: readonly OfferedJob[], head: Partial<Head> = {}) {
  const id = newId("estimate");
  const created = await createEstimate(staff, { id, workOrderId, content: { ...headOf(head), jobs } });
  if (!created.ok) throw new Error(`the estimate was not created: ${JSON.stringify(created.error)}`);
  return id;
}

/** Sends the draft of an estimate, at any total. */
export async function sendEstimate(staff: Staff, id: Id<"estimate">, total: Cents | null = null) {
  const sent = await changeEstimate(staff, id, { intent: "send", seen: 999, total });
  if (!sent.ok) throw new Error(`the estimate was not sent: ${JSON.stringify(sent.error)}`);
  return sent.value;
}

/** What staff record of an answer that the customer gave by phone. */
export const phoneAnswer = {
  from: { who: "Renee", how: "phone", recordedBy: "Owner", email: null, ip: null, userAgent: null },
  answer: { choice: { kind: "approve" }, note: "", purchaseOrder: "", notToExceed: null, drawn: null },
} as const;

/** A shop with 10 % tax on parts, a unit, and a contact of its customer who may decide. */
export async function estimateShop() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const [customer, other] = [await shop.customer(), await shop.customer()];
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  await changeShopRules(staff, { seen: 0, rules: { ...firstRules, tax: { ...firstRules.tax, parts: toBasisPoints(1_000) } } });
  const email = `decider@${shop.id.slice(-8)}.test`;
  await addContact(staff, { customerId: customer.id, name: "Renee", email });
  await world.drainOutbox(shop);
  /** A browser in which someone of a customer is signed in. */
  const visitor = async (person: { email: string }) => {
    const browser = browserIn(world);
    browser.jar.set("__Host-customer", (await shop.session(person.email, "customer")).cookie.split("=")[1] ?? "");
    return browser;
  };
  return { world, shop, customer, other, asset, staff, decider: { id: customer.id, email }, visitor };
}
export type EstimateShop = Awaited<ReturnType<typeof estimateShop>>;

/** What the shop writes on an estimate for itself. */
export const INSIDE = "Charge the usual extra";

/** A draft for an order with three parts, which come to 350.00 and 385.00 with tax. */
export async function writtenEstimate({ staff, asset }: Pick<EstimateShop, "staff" | "asset">, { asDraft = false } = {}) {
  const lines = [partLine("Front drums", 100_00), partLine("Rear drums", 200_00), partLine("Wheel seals", 50_00)];
  const { id: order, jobs } = await writtenOrder(staff, asset, [{ lines }], { asDraft });
  const id = await draftEstimate(
    staff,
    order,
    jobs.map((job) => offered(job)),
    { note: "Front first", insideNote: INSIDE, validThrough: "2030-03-20" },
  );
  return { id, order, jobs, lines };
}

export async function sentEstimate(it: Pick<EstimateShop, "staff" | "asset" | "world" | "shop">, options: { asDraft?: boolean } = {}) {
  const estimate = await writtenEstimate(it, options);
  await sendEstimate(it.staff, estimate.id);
  await it.world.drainOutbox(it.shop);
  return estimate;
}

/** The form of a customer's answer. */
export const answerForm = (choice: string, more: Record<string, string> = {}) => ({
  intent: "answer",
  choice,
  revision: "1",
  signed: "Renee Okafor",
  purchaseOrder: "",
  note: "",
  ...more,
});
