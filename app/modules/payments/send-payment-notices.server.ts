import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatShortDay } from "~/kernel/time";
import { invoiceReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { readReceipt } from "~/modules/invoices/documents/receipt.step.server";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { intentStore } from "./checkouts/intent.store.server";
import { paymentStore } from "./payment.store.server";
import { paymentNoticeMail } from "./payment-notice.email";
import { refundStore } from "./refunds/refund-request.store.server";
import { squareRefundStore } from "./refunds/square-refund.store.server";

/** Tells the office of a payment that came through Square, and of money that its invoices did not need. */
export async function sendPaymentReceived(s: NotifyNeeds, key: string, id: string): Promise<void> {
  const { organization, money, payment, customer } = await load(s, id);
  const receipt = payment?.entryId ? await readReceipt(s.db, payment.entryId) : null;
  if (!payment?.customerId || !receipt) throw new Error("notice of a payment that is on no account");
  const credit = toCents(receipt.amount - sumCents(receipt.on.map(({ applied }) => applied)));
  const paid = receipt.on.map(({ number, applied, open }) =>
    open > 0 ? `${money(applied)} on ${invoiceNumber(number)}; ${money(open)} is still open.` : `${invoiceNumber(number)} is paid in full.`,
  );
  const deposit = receipt.estimate === null ? [] : [`It is the deposit for E-${receipt.estimate}, and pays the first invoice with its work.`];
  const surplus =
    credit > 0 && receipt.estimate === null
      ? [`${money(credit)} was more than was open, and is the customer's credit now. Refund it on the account, or keep it for the next invoice.`]
      : [];
  const href = paths.staff.account(payment.customerId);
  const mail = paymentNoticeMail("payment-received", {
    organization,
    subject: `${customer} paid ${money(receipt.amount)} through Square`,
    first: `${customer} paid ${money(receipt.amount)}`,
    lines: [...paid, ...deposit, ...surplus],
    button: { href: organization.publicOrigin + href, label: "View account" },
  });
  await notifyStaff(s, key, { event: "payment.received", about: { kind: "account", id: payment.customerId, href }, mail });
}

/**
 * Tells the office that money which was on its way did not arrive, a card was declined, or a bank took a transfer back
 * later; of bank transfers the customer, too, who sees a declined card at once.
 */
export async function sendPaymentFailed(s: NotifyNeeds, key: string, id: string): Promise<void> {
  const { organization, money, payment, customer } = await load(s, id);
  if (!payment?.customerId) throw new Error("notice of a payment of nobody");
  const isReturned = payment.entryId !== null;
  const amount = money(payment.amount);
  const href = paths.staff.account(payment.customerId);
  const mail = paymentNoticeMail("payment-failed", {
    organization,
    subject: isReturned ? `The bank of ${customer} took back ${amount}` : `A payment of ${amount} by ${customer} failed`,
    first: isReturned ? `${amount} by ${customer} was taken back` : `${amount} by ${customer} did not arrive`,
    lines: isReturned
      ? [
          "The bank returned a transfer that had arrived before. It is off the account, and its invoices are open again. Call the customer: this can't be disputed.",
        ]
      : ["Square could not complete the payment. Nothing was recorded, and the invoices are as open as before. The customer can try again."],
    button: { href: organization.publicOrigin + href, label: "View account" },
  });
  await notifyStaff(s, key, { event: "payment.failed", about: { kind: "account", id: payment.customerId, href }, mail });
  const intent = payment.intentId === null ? null : await intentStore(s.db).find(payment.intentId);
  if (intent?.way !== "bank") return;
  const { people, portalEnabled } = await invoiceReaders(s.db, payment.customerId, "payment");
  const toCustomer = paymentNoticeMail("transfer-failed", {
    organization,
    subject: `Your bank transfer of ${amount} to ${organization.name} ${isReturned ? "was returned" : "did not arrive"}`,
    first: isReturned ? `Your bank took back ${amount}` : `${amount} did not arrive`,
    lines: [
      `${isReturned ? "The transfer had arrived before" : "Your bank refused the transfer, and nothing was taken"}. What it was for is open again: please pay by card or another way, or call ${organization.name}.`,
    ],
    button: portalEnabled ? { href: organization.publicOrigin + paths.customer.invoices, label: "View invoices" } : null,
  });
  await mailEach(s.mailer, `${key}:customer`, organization, people, toCustomer);
}

/** Asks the office what becomes of money that is late; nothing where it arrived or is not awaited any more. */
export async function sendPaymentLate(s: NotifyNeeds, key: string, id: Id<"paymentIntent">): Promise<void> {
  const store = intentStore(s.db);
  const [intent, organization] = await Promise.all([store.find(id), s.directory.organization(s.db.scope.organizationId)]);
  if (!organization) throw new Error("notice without its organization");
  if (intent?.state !== "pending" || intent.expectedDay === null) return;
  const customer = await store.customerName(intent.customerId);
  const amount = formatMoney(intent.amount, organization.currency, organization.locale);
  const mail = paymentNoticeMail("payment-late", {
    organization,
    subject: `A bank transfer of ${amount} by ${customer} is late`,
    first: `${amount} by ${customer} did not arrive yet`,
    lines: [
      `It was expected ${formatShortDay(intent.expectedDay, organization.locale)}, and Square has no news of it. Nobody is reminded of what it pays.`,
      "Look for it in Square's dashboard. In Settings, Payments, you can stop waiting: then it can be paid another way, and reminders go out again.",
    ],
    button: { href: organization.publicOrigin + paths.staff.payments, label: "View payments" },
  });
  await notifyStaff(s, key, { event: "payment.late", about: { kind: "payment", id, href: paths.staff.payments }, mail });
}

/** Tells the office of a payment that was made through our checkout, but fits none of our records. */
export async function sendPaymentUnclear(s: NotifyNeeds, key: string, id: string): Promise<void> {
  const { organization, money, payment } = await load(s, id);
  if (!payment) throw new Error("notice of an unknown payment");
  const mail = paymentNoticeMail("payment-unclear", {
    organization,
    subject: `A payment of ${money(payment.amount)} at Square fits no invoice`,
    first: `${money(payment.amount)} came in, and nobody knows for what`,
    lines: [`Look for payment ${payment.id} in Square's dashboard, and put it on its invoice in Settings, Payments.`],
    button: { href: organization.publicOrigin + paths.staff.payments, label: "View payments" },
  });
  await notifyStaff(s, key, { event: "payment.unclear", about: { kind: "payment", id, href: paths.staff.payments }, mail });
}

/** Tells the office and the customer of money that Square paid back. */
export async function sendPaymentRefunded(s: NotifyNeeds, key: string, id: string): Promise<void> {
  const refund = await squareRefundStore(s.db).find(id);
  if (!refund) throw new Error("notice of an unknown refund");
  const { organization, money, payment, customer } = await load(s, refund.paymentId);
  if (!payment?.customerId) throw new Error("notice of a refund of nobody");
  const href = paths.staff.account(payment.customerId);
  const amount = money(refund.amount);
  // Not -0, which would be written as one.
  const entered = toCents(0 - (refund.entered ?? 0));
  const isBeyond = entered < refund.amount;
  const mail = paymentNoticeMail("payment-refunded", {
    organization,
    subject: isBeyond ? `${amount} refunded to ${customer}, but only ${money(entered)} is on the account` : `${amount} refunded to ${customer} through Square`,
    first: `${amount} went back to ${customer}`,
    lines: isBeyond
      ? [
          `Square refunded ${amount}. Only ${money(entered)} of the payment was left, so only that is on the account.`,
          "The payer's bank took the rest back before: the customer has it twice. Look in Square's dashboard, and ask the customer.",
        ]
      : ["The refund is on the account. Invoices that it had paid are open again by that amount."],
    button: { href: organization.publicOrigin + href, label: "View account" },
  });
  await notifyStaff(s, key, { event: isBeyond ? "payment.refund-failed" : "payment.refunded", about: { kind: "account", id: payment.customerId, href }, mail });
  const { people, portalEnabled } = await invoiceReaders(s.db, payment.customerId, "payment");
  const toCustomer = paymentNoticeMail("refund", {
    organization,
    subject: `Refund of ${amount} from ${organization.name}`,
    first: `${organization.name} refunded ${amount}`,
    lines: [`Square pays it back the way it was paid${refund.reason ? `: ${refund.reason}` : ""}. Banks take 2 to 7 days to show it.`],
    button: portalEnabled ? { href: organization.publicOrigin + paths.customer.invoices, label: "View invoices" } : null,
  });
  await mailEach(s.mailer, `${key}:customer`, organization, people, toCustomer);
}

/** Tells the office that a refund which it asked for came to nothing. */
export async function sendRefundFailed(s: NotifyNeeds, key: string, id: Id<"refund">): Promise<void> {
  const refund = await refundStore(s.db).find(id);
  if (!refund) throw new Error("notice of an unknown refund");
  const { organization, money, customer } = await load(s, refund.paymentId);
  const isUnknown = refund.state === "unknown";
  const href = paths.staff.account(refund.customerId);
  const mail = paymentNoticeMail("refund-failed", {
    organization,
    subject: isUnknown ? `A refund of ${money(refund.amount)} to ${customer} is unknown` : `A refund of ${money(refund.amount)} to ${customer} failed`,
    first: isUnknown ? `Nobody knows whether ${money(refund.amount)} went back to ${customer}` : `${money(refund.amount)} did not go back to ${customer}`,
    lines: [
      refund.problem ?? "Square gave no reason.",
      isUnknown
        ? "Nothing changed on the account yet. A refund that Square made all the same is entered once Square reports it."
        : "Nothing changed on the account. Ask for it again, or pay it back another way.",
    ],
    button: { href: organization.publicOrigin + href, label: "View account" },
  });
  await notifyStaff(s, key, { event: "payment.refund-failed", about: { kind: "account", id: refund.customerId, href }, mail });
}

async function load({ db, directory }: Pick<NotifyNeeds, "db" | "directory">, id: string) {
  const [payment, organization] = await Promise.all([paymentStore(db).payment(id), directory.organization(db.scope.organizationId)]);
  if (!organization) throw new Error("notice without its organization");
  return {
    organization,
    payment,
    customer: payment?.customer ?? "A customer",
    money: (amount: Cents) => formatMoney(amount, organization.currency, organization.locale),
  };
}
