import { type Cents, formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { dayOf, formatDay } from "~/kernel/time";
import { type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { paymentStore } from "../payment.store.server";
import { paymentNoticeMail } from "../payment-notice.email";
import { type DisputeNews, isPlaced, reasonLabel } from "./dispute";
import { disputeStore } from "./dispute.store.server";

/** Notifies the office of a dispute: that it is there, until when evidence is taken, and how it ended. */
export async function sendDisputeNotice(s: NotifyNeeds, key: string, { disputeId, about: news }: { disputeId: string; about: DisputeNews }): Promise<void> {
  const [dispute, organization] = await Promise.all([disputeStore(s.db).find(disputeId), s.directory.organization(s.db.scope.organizationId)]);
  if (!dispute || !organization) throw new Error("notice of an unknown dispute");
  const payment = await paymentStore(s.db).payment(dispute.paymentId);
  const money = (amount: Cents) => formatMoney(amount, organization.currency, organization.locale);
  const amount = money(dispute.amount);
  const customer = payment?.customer ?? "A customer";
  const due = dispute.dueAt === null ? null : formatDay(dayOf(dispute.dueAt, organization.zone), organization.locale);
  const texts: Record<DisputeNews, { subject: string; first: string; lines: string[] }> = {
    opened: {
      subject: `${customer}'s bank disputes ${amount}${due ? `: answer by ${due}` : ""}`,
      first: `${customer}'s bank asks for ${amount} back`,
      lines: [
        `Reason: ${reasonLabel(dispute.reason)}.`,
        ...(isPlaced(dispute) ? [] : ["The payment fits no invoice yet. Put it on one in Settings, Payments, to send the evidence from here."]),
        `Send the evidence${due ? ` before ${due}` : ""}: the approval, what was done and the invoice. Without an answer the money is lost.`,
        "Until the bank decides, nothing changes on the customer's account.",
      ],
    },
    won: {
      subject: `Dispute won: ${amount} of ${customer} stays`,
      first: `The bank decided for you: ${amount} stays`,
      lines: [
        dispute.entryId
          ? `It was lost before, and ${amount} was taken off the account. The bank gave ${amount} back: record it as a payment.`
          : "Nothing changes on the account.",
      ],
    },
    lost: {
      subject: `Dispute lost: ${amount} of ${customer} was taken back`,
      first: `The bank gave ${amount} back to ${customer}`,
      lines: [
        "It is a chargeback on the account, as far as the payment was not refunded before. Invoices that it had paid are open again; their due days stay.",
      ],
    },
    closed: {
      subject: `A question about ${amount} of ${customer} is closed`,
      first: `The bank asks no more about ${amount}`,
      lines: ["Nothing changes on the account."],
    },
    "evidence-failed": {
      subject: `Square did not take the evidence about ${amount} of ${customer}`,
      first: "The evidence was not sent",
      lines: [dispute.problem ?? "Square gave no reason.", `Send it again, or answer in Square's dashboard${due ? ` before ${due}` : ""}.`],
    },
    "evidence-unknown": {
      subject: `Nobody knows whether the evidence about ${amount} of ${customer} was sent`,
      first: "The evidence may not have been sent",
      lines: [
        dispute.problem ?? "Square did not answer.",
        `Look in Square's dashboard${due ? ` before ${due}` : ""}. If it is not there, send it again or answer there.`,
      ],
    },
  };
  const { subject, first, lines } = texts[news];
  const href = dispute.customerId ? paths.staff.account(dispute.customerId) : paths.staff.payments;
  const about = dispute.customerId ? { kind: "account", id: dispute.customerId, href } : { kind: "payment", id: dispute.paymentId, href };
  const mail = paymentNoticeMail("payment-disputed", {
    organization,
    subject,
    first,
    lines,
    button: { href: organization.publicOrigin + href, label: dispute.customerId ? "View account" : "View payments" },
  });
  await notifyStaff(s, key, { event: "payment.disputed", about, mail });
}
