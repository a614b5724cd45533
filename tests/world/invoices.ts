import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { completedOrder } from "./orders";
import { createWorld } from "./world";

/** A shop with a customer and its invoices, issued on March 1, 2030 and due in 30 days, whose mails have left. */
export async function issuedInvoices(totals: readonly number[]) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const invoices = [];
  for (const total of totals) {
    const line = { id: newId("line"), kind: "part", text: "Hose", partNumber: null, quantity: toQuantity(1_000), each: toCents(total), cost: null } as const;
    const order = await completedOrder(staff, asset, [{ ...line, supplies: true }]);
    const id = newId("invoice");
    await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
    if (!(await issueInvoice(staff, id, { terms: "net-30" })).ok) throw new Error("not issued");
    invoices.push(id);
  }
  await world.drainOutbox(shop);
  return { world, shop, customer, asset, staff, invoices };
}
