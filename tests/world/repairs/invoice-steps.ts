import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { type Billed, type KnownInvoice, type KnownLine, livingOn, type Repairs, the } from "./model";
import { type Bench, type Outcome, refused, type Step, short } from "./step";
import { isOut, sumsOf } from "./sums";

async function draft(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const isTaken = (id: string) => m.invoices.some(({ state, orders }) => state !== "void" && orders.some((order) => order === id));
  const ready = m.orders.filter(({ id, state }) => state === "completed" && !isTaken(id));
  const unpriced = ready.filter(({ id }) => livingOn(m, id).some(({ priceOpen }) => priceOpen));
  const first = dice.pick(unpriced.length > 0 && dice.chance(0.5) ? unpriced : ready);
  if (!first) return null;
  const orders = ready.filter(({ id, customer }) => id === first.id || (customer === first.customer && dice.chance(0.5))).map(({ id }) => id);
  const id = newId("invoice");
  const drafted = await draftInvoice(shop.staff, { id, customerId: first.customer, orders });
  if (!drafted.ok) return refused("draft an invoice", drafted.error);
  const invoice: KnownInvoice = { id, customer: first.customer, orders, state: "draft", billed: [], credited: 0 };
  m.invoices.push(invoice);
  const issued = dice.chance(0.85) ? await issue(it, invoice) : null;
  return [`draft an invoice: ${short(id)}`, ...(issued ?? [])];
}

type Refused = { kind: "not-allowed" | "needs-reason"; because: string };

/** Why the model expects an invoice not to be issued; null if it does not. */
function expectedRefusal(m: Repairs, { orders }: KnownInvoice, why: string): Refused | null {
  if (orders.some((id) => the(m.orders, id).state !== "completed")) return { kind: "not-allowed", because: "an order is open again" };
  const charged = orders.flatMap((id) => livingOn(m, id).filter((line) => !isOut(m, line)));
  if (charged.some(({ priceOpen }) => priceOpen)) return { kind: "not-allowed", because: "a price is open" };
  const isOver = orders.map((id) => sumsOf(m, id)).some(({ over, applies }) => applies && over > 0);
  if (!isOver || m.rules.over === "warn") return null;
  if (m.rules.over === "block") return { kind: "not-allowed", because: "the shop blocks it" };
  return why === "" ? { kind: "needs-reason", because: "a reason is missing" } : null;
}

async function issue(it: Bench, invoice: KnownInvoice, why = ""): Promise<Outcome> {
  const { shop, m } = it;
  const expected = expectedRefusal(m, invoice, why);
  const issued = await issueInvoice(shop.staff, invoice.id, { terms: "net-30", why });
  const answered = issued.ok ? undefined : issued.error.kind;
  if (answered !== expected?.kind)
    throw new Error(`issuing ${short(invoice.id)} was answered ${JSON.stringify(issued)}, expected ${expected?.because ?? "no refusal"}`);
  if (answered === "needs-reason") return issue(it, invoice, "Safety first");
  if (expected) return [`not issued, ${expected.because}: ${short(invoice.id)}`];
  invoice.state = "issued";
  invoice.billed = invoice.orders.map((id) => bill(m, id));
  return [`${why === "" ? "issue" : "issue with a reason"}: ${short(invoice.id)}`];
}

/** Marks an order as invoiced, with the shop's reason for each line that nobody authorized. */
function bill(m: Repairs, order: Id<"workOrder">): Billed {
  const before = sumsOf(m, order);
  const lines = livingOn(m, order);
  if (before.applies)
    for (const line of lines) {
      const { over, reasoned } = before.byLine(line);
      if (over > 0) line.decisions.push({ outcome: "reasoned", amount: reasoned + over, ground: "override", estimate: null });
    }
  the(m.orders, order).state = "invoiced";
  const charged = lines.filter((line) => !isOut(m, line));
  const notDone = charged.filter(({ done }) => done !== true);
  const { over, applies, total, byLine } = sumsOf(m, order);
  // Outside work that is priced in other lines is not printed.
  const isElsewhere = (line: KnownLine) =>
    line.vendorJob !== null && !line.priceOpen && byLine(line).toBill === 0 && !line.decisions.some(({ outcome }) => outcome === "reasoned");
  const printed = charged.filter((line) => !isElsewhere(line));
  return { order, lines: printed.map(({ id }) => id), notDone: notDone.map(({ id }) => id), total, over: applies ? over : 0 };
}

async function issueOne(it: Bench): Promise<Outcome> {
  const invoice = it.dice.pick(it.m.invoices.filter(({ state }) => state === "draft"));
  if (!invoice) return null;
  return issue(it, invoice);
}

async function end({ shop, m, dice }: Bench): Promise<Outcome> {
  const invoice = dice.pick(m.invoices.filter(({ state }) => state !== "void"));
  if (!invoice) return null;
  const wasIssued = invoice.state === "issued";
  const ended = await closeInvoice(shop.staff, invoice.id, wasIssued ? { intent: "void", why: "Wrong customer" } : { intent: "discard" });
  if (!ended.ok) return refused("void", ended.error);
  invoice.state = "void";
  for (const id of wasIssued ? invoice.orders : []) the(m.orders, id).state = "completed";
  return [`${wasIssued ? "void" : "discard a draft"}: ${short(invoice.id)}`];
}

async function creditNote({ shop, m, dice }: Bench): Promise<Outcome> {
  const invoice = dice.pick(m.invoices.filter(({ state, credited }) => state === "issued" && credited === 0));
  if (!invoice) return null;
  const noted = await changeAccount(shop.staff, invoice.customer, {
    intent: "credit-note",
    id: newId("entry"),
    invoiceId: invoice.id,
    amount: toCents(1_00),
    why: "Late",
  });
  if (!noted.ok) return refused("credit note", noted.error);
  invoice.credited += 1_00;
  return [`credit note: ${short(invoice.id)}`];
}

export const invoiceSteps: readonly Step[] = [
  { weight: 7, run: draft },
  { weight: 1, run: issueOne },
  { weight: 3, run: end },
  { weight: 3, run: creditNote },
];
