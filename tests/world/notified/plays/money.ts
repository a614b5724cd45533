import { expect } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { sendReminders } from "~/modules/invoices/reminders/send-reminders.server";
import { emailStatement } from "~/modules/invoices/statements/email-statement.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { beginCheckout } from "~/modules/payments/checkouts/begin-checkout.server";
import { applyDispute } from "~/modules/payments/disputes/apply-dispute.server";
import { paymentEffects } from "~/modules/payments/payment.effects";
import { applyRefund } from "~/modules/payments/refunds/apply-refund.server";
import { askRefund } from "~/modules/payments/refunds/ask-refund.server";
import { renewSquareAccess } from "~/modules/payments/square/renew-square-access.server";
import { effectRow } from "~/platform/database/journal.server";
import { readAccount } from "~/queries/staff/account.server";
import { completedOrder } from "../../orders";
import { beginning, connect, unclearPayment } from "../../payments";
import { announced, atSquare } from "../../square";
import type { Stage } from "../stage";
import type { Play } from "../watch";

const RECEIPT = "customer payment: receipt (mail.receipt)" as const;
const RECEIVED = "staff payment.received: payment-received (mail.payment-received)" as const;
const ZONE = "Pacific/Chatham";

export async function playMoney(it: Stage, { play, ignore }: Play): Promise<void> {
  const { world, shop, staff, customer, asset } = it;
  const day = () => dayOf(shop.now(), ZONE);
  const its = await connect({ world, shop, customer, staff, invoices: [] }, "USD");
  const line = () =>
    ({
      id: newId("line"),
      kind: "part",
      text: "Hose",
      partNumber: null,
      quantity: toQuantity(1_000),
      each: toCents(300_00),
      cost: null,
      supplies: false,
    }) as const;
  const drafted = async () => {
    const order = await completedOrder(staff, asset, [line()]);
    const id = newId("invoice");
    expect((await draftInvoice(staff, { id, customerId: customer.id, orders: [order] })).ok).toBe(true);
    return id;
  };
  const issue = async (id: Id<"invoice">) => expect(await issueInvoice(staff, id, { terms: "net-30" })).toMatchObject({ ok: true });
  const issued = async () => {
    const id = await drafted();
    await issue(id);
    return id;
  };
  let taken = 0;
  /** What Square announced since the last time comes in. */
  const takeNotices = async () => {
    const all = await announced(its.merchant);
    for (const notice of all.slice(taken)) await its.send(notice);
    taken = all.length;
    await world.drainOutbox(shop);
  };
  await ignore();

  await play({ happens: () => completedOrder(staff, asset, [line()]), causes: ["customer ready: order-ready (mail.order-ready)"] });
  const first = await drafted();
  await ignore();
  await play({ happens: () => issue(first), causes: ["customer invoice: invoice-issued (mail.invoice-issued)"] });
  const [second, third, fourth, fifth] = [await issued(), await issued(), await issued(), await issued()];
  await ignore();

  const begin = async (invoice: Id<"invoice">, way: "card" | "bank") => {
    const begun = await beginCheckout(its.services, its.square, beginning(its, [invoice], [300_00], 10_00, way));
    if (!begun.ok) throw new Error(begun.error.kind);
    const { id, linkId } = begun.value.intent;
    return { id, link: linkId ?? "" };
  };
  const payByCard = async (invoice: Id<"invoice">) =>
    (await atSquare<{ id: string }>({ do: "pay", link: (await begin(invoice, "card")).link, way: "card" })).id;
  const source = async () =>
    (await readAccount(staff.db, customer.id, { now: shop.now(), before: null }))?.entries.find(({ kind }) => kind === "payment")?.id ?? newId("entry");

  await play({
    happens: async () => {
      await payByCard(first);
      await takeNotices();
    },
    causes: [RECEIVED, RECEIPT],
  });
  const sourceId = await source();
  const refund = (amount: number) => askRefund(staff, customer.id, { id: newId("refund"), sourceId, amount: toCents(amount), why: "Core returned" });
  await play({
    happens: () => refund(50_00),
    causes: ["staff payment.refunded: payment-refunded (mail.payment-refunded)", "customer payment: refund (mail.payment-refunded)"],
  });
  await atSquare({ do: "next-refund", as: "PENDING" });
  await refund(40_00);
  await ignore();
  await play({
    happens: async () => {
      const listed = await its.client.refunds({ updatedSince: 0 as never, cursor: null });
      const pending = listed.ok ? listed.value.refunds.find(({ status }) => status === "PENDING") : null;
      await atSquare({ do: "settle-refund", merchant: its.merchant, refund: pending?.id ?? "", as: "FAILED" });
      await takeNotices();
    },
    causes: ["staff payment.refund-failed: refund-failed (mail.refund-failed)"],
  });

  const transfer = await begin(second, "bank");
  const { id: bank } = await atSquare<{ id: string }>({ do: "pay-invoice", invoice: transfer.link });
  await takeNotices();
  await ignore();
  await play({
    // As the hourly question has it once the transfer is five days late (on-its-way.workers.test.ts).
    happens: () => shop.db.batch([effectRow(shop.db, paymentEffects.of("mail.payment-late", "late", { intentId: transfer.id }), shop.now())]),
    causes: ["staff payment.late: payment-late (mail.payment-late)"],
  });
  await play({
    happens: async () => {
      await atSquare({ do: "settle", merchant: its.merchant, payment: bank, as: "FAILED" });
      await takeNotices();
    },
    causes: ["staff payment.failed: payment-failed (mail.payment-failed)", "customer payment: transfer-failed (mail.payment-failed)"],
  });
  await play({
    happens: async () => {
      await unclearPayment({ ...its, currency: "USD" }, 75_00);
      await takeNotices();
    },
    causes: ["staff payment.unclear: payment-unclear (mail.payment-unclear)"],
  });

  const disputed = await payByCard(third);
  await takeNotices();
  await ignore();
  const back = await atSquare<{ id: string }>({ do: "refund", merchant: its.merchant, payment: disputed, amount: 200_00 });
  const { id: dispute } = await atSquare<{ id: string }>({ do: "dispute", merchant: its.merchant, payment: disputed, days: 30 });
  const applyNow = async () => {
    const read = await its.client.dispute(dispute);
    await applyDispute(its.needs, (read.ok && read.value) || expect.fail("no dispute"));
  };
  await play({ happens: applyNow, causes: ["staff payment.disputed: payment-disputed (mail.payment-disputed)"] });
  await play({
    happens: async () => {
      await atSquare({ do: "settle-dispute", merchant: its.merchant, dispute, as: "LOST" });
      await applyNow();
    },
    causes: ["staff payment.disputed: payment-disputed (mail.payment-disputed)"],
  });
  // The bank took all of it: what Square refunded as well is beyond the payment.
  await play({
    happens: async () => {
      const read = await its.client.refundById(back.id);
      await applyRefund(its.needs, (read.ok && read.value) || expect.fail("no refund"));
    },
    causes: ["staff payment.refund-failed: payment-refunded (mail.payment-refunded)", "customer payment: refund (mail.payment-refunded)"],
  });

  const check = {
    intent: "pay",
    id: newId("entry"),
    on: [{ invoiceId: fourth, amount: null }],
    amount: toCents(100_00),
    method: "check",
    reference: "1041",
    day: day(),
  } as const;
  await play({ happens: () => changeAccount(staff, customer.id, check, { receipt: true }), causes: [RECEIPT] });
  await play({
    happens: () => closeInvoice(staff, fifth, { intent: "void", why: "Mistake of ours" }),
    causes: ["customer invoice: invoice-voided (mail.invoice-voided)"],
  });
  await play({
    happens: () => emailStatement(staff, customer.id, { from: day(), through: day() }, newId("statement")),
    causes: ["customer statement: statement (mail.statement)"],
  });
  await play({
    happens: async () => {
      await atSquare({ do: "revoke", merchant: its.merchant });
      await renewSquareAccess(its.services);
    },
    causes: ["staff square.revoked: square-revoked (mail.square-revoked)"],
  });

  const { version, rules } = await readShopRules(staff.db);
  expect(await changeShopRules(staff, { seen: version, rules: { ...rules, remindBefore: 3 } })).toMatchObject({ ok: true });
  await play({
    happens: async () => {
      // Noon in Chatham, three days before the invoices are due.
      world.clock.pass(27 * 86_400_000 - ((shop.now() + 13.75 * 3_600_000) % 86_400_000) + 12 * 3_600_000);
      await sendReminders({ ...world.context.platform, db: shop.db, onItsWay: async () => [] });
    },
    // One for each invoice that is open.
    causes: Array(4).fill("customer reminder: invoice-reminder (mail.invoice-reminder)"),
  });
}
