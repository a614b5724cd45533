import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { customerStore } from "~/modules/customers/customer.store.server";
import type { CustomerForm } from "~/modules/customers/customer-form";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { doubtKey } from "~/modules/invoices/receivables/doubts";
import type { LedgerCommand } from "~/modules/invoices/receivables/ledger-command";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { draftEstimate, type EstimateShop, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "./estimates";
import { completedOrder } from "./orders";

/* A customer's account: invoices, payments and deposits, on the shop of `estimateShop`. */

export const check = (day: string, reference = "1041") => ({ method: "check", reference, day }) as const;

/** Runs a command as somebody does who answers yes to what looks unusual. */
export async function record({ staff, customer }: EstimateShop, command: LedgerCommand) {
  const asked = await changeAccount(staff, customer.id, command);
  if (asked.ok || asked.error.kind !== "doubtful") return asked;
  return changeAccount(staff, customer.id, { ...command, confirmed: doubtKey(asked.error.doubts) } as LedgerCommand); // the same command
}

/** A payment for an estimate. */
export const depositOf = (estimate: Id<"estimate">, amount: number, id = newId("entry")) =>
  ({ intent: "pay", id, on: [], forEstimate: estimate, amount: toCents(amount), ...check("2030-03-01") }) as const;

/** A draft that bills these orders, or one with a hose. */
export async function drafted({ staff, customer, asset }: EstimateShop, orders?: readonly Id<"workOrder">[]) {
  const id = newId("invoice");
  const made = await draftInvoice(staff, { id, customerId: customer.id, orders: orders ?? [await completedOrder(staff, asset, [partLine("Hose", 60_00)])] });
  if (!made.ok) throw new Error(`not drafted: ${made.error.kind}`);
  return id;
}

export async function issued(its: EstimateShop, orders?: readonly Id<"workOrder">[]) {
  const id = await drafted(its, orders);
  const made = await issueInvoice(its.staff, id, { terms: "net-30" });
  if (!made.ok) throw new Error(`not issued: ${made.error.kind}`);
  return id;
}

/** An order on which this was offered to the customer, who approved it on the phone. */
export async function approvedOrder({ staff, asset }: EstimateShop, prices: Readonly<Record<string, number>>, deposit?: number) {
  const lines = Object.entries(prices).map(([text, price]) => partLine(text, price));
  const { id, jobs } = await writtenOrder(staff, asset, [{ lines }]);
  const offer = jobs.map((job) => offered(job));
  const estimate = await draftEstimate(staff, id, offer, deposit ? { deposit: toCents(deposit) } : {});
  await sendEstimate(staff, estimate);
  const answered = await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer });
  if (!answered.ok) throw new Error(`not approved: ${answered.error.kind}`);
  return { id, jobs, estimate };
}

/** Everything on it was repaired; it can be completed. */
export async function begin({ staff }: EstimateShop, id: Id<"workOrder">) {
  const found = await readOrderRecord(staff, id);
  for (const job of found?.order.jobs ?? []) await changeWorkOrder(staff, id, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
  const moved = await changeWorkOrder(staff, id, { intent: "move", seen: 999, to: "in-progress", holdReason: null });
  if (!moved.ok) throw new Error(`not begun: ${moved.error.kind}`);
}

/** Begun and completed; what was not done goes to another order. */
export async function completed(its: EstimateShop, id: Id<"workOrder">, notDone: readonly Id<"line">[] = []) {
  await begin(its, id);
  const done = await completeOrder(its.staff, id, { seen: 999, why: "Later", notDone: [...notDone], leftover: "follow-up" });
  if (!done.ok) throw new Error(`not completed: ${done.error.kind}`);
}

/** Saves the customer's form with these facts. */
export async function saveTerms({ staff, customer }: EstimateShop, facts: Partial<CustomerForm>) {
  const form = { name: "Lakeside", email: "", phone: "", laborRate: "", taxCertificate: "", shares: true, ...facts };
  const version = (await customerStore(staff.db).find(customer.id))?.version ?? 0;
  const saved = await saveCustomer(staff, { id: customer.id, form, seen: version });
  if (!saved.ok) throw new Error(`not saved: ${saved.error.kind}`);
}
