import * as z from "zod";
import { err, ok } from "~/kernel/result";
import { DAY, later } from "~/kernel/time";
import { why } from "~/modules/invoices/receivables/ledger-form";
import { paymentMessage } from "~/modules/invoices/receivables/ledger-messages";
import { assignPayment } from "~/modules/payments/assign-payment.server";
import { endWait } from "~/modules/payments/checkouts/end-wait.server";
import { chooseSquareLocation, disconnectSquare, startSquareConnection, switchBankTransfers } from "~/modules/payments/square/connect-square.server";
import { faultMessage } from "~/modules/payments/square/square-connection";
import { noFields } from "~/platform/http/commands.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField } from "~/platform/http/refusals.server";
import { moneyOf } from "../ledger-commands.server";

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
const STALE = "Something was missing from that form. Reload the page and try again.";
const NOT_CONNECTED = "Square isn't connected anymore. Reload the page.";

const invoiceNumberField = z
  .string()
  .trim()
  .regex(/^(INV-)?\d{1,9}$/i, "Enter an invoice's number, such as INV-1002.")
  .transform((text) => Number(text.replace(/^INV-/i, "")));

export const commands = {
  connect: staff.command({
    permission: "square:connect",
    form: noFields,
    run: ({ services, session, url }) => startSquareConnection(services, { sessionId: session.id, origin: url.origin }),
    // Our pages may not send forms elsewhere, not even by a redirect: the page goes on by a link.
    done: ({ url }) => ({ done: "Square asks you to sign in and allow access. You come back here afterwards.", continueTo: url }),
    refusals: {
      "square-not-set-up": "Square isn't set up for this installation of BayTrack.",
      "square-connected-already": "Square is connected already.",
    },
  }),
  "choose-location": staff.command({
    permission: "square:connect",
    form: z.object({ locationId: z.string().max(64) }),
    run: ({ services, session, form }) => chooseSquareLocation(services, { ...form, currency: session.organization.currency }),
    done: ({ name }) => `Payments are taken for ${name}.`,
    refusals: { "square-not-connected": NOT_CONNECTED, "square-fault": ({ fault }) => faultMessage(fault) },
  }),
  "switch-bank": staff.command({
    permission: "square:connect",
    form: z.object({ bank: z.enum(["on", "off"]) }),
    run: ({ services, session, url, form }) => switchBankTransfers(services, { on: form.bank === "on", sessionId: session.id, origin: url.origin }),
    done: ({ on, url }) =>
      url === null
        ? on
          ? "Customers can pay by bank transfer."
          : "Customers can no longer pay by bank transfer. Money that is on its way still comes in."
        : { done: "Bank transfers need more access: invoices and customers. Square asks you to allow it, and leads back here.", continueTo: url },
    refusals: {
      "square-not-connected": NOT_CONNECTED,
      "square-no-bank-transfers": "Square takes bank transfers in the United States only, for a location in US dollars.",
    },
  }),
  "ask-square": staff.command({
    permission: "payment:record",
    form: noFields,
    run: async ({ services }) => {
      const square = await services.square();
      if (!square) return err({ kind: "square-not-connected" as const });
      const asked = await square.catchUp(later(services.clock.now(), -28 * DAY));
      return asked.fault ? err({ kind: "square-fault" as const, fault: asked.fault }) : ok(asked);
    },
    done: ({ payments, refunds, disputes, found, unread, goesOnSince }) =>
      `Square has ${counted(payments, "payment")} and ${counted(refunds, "refund")} of the last 28 days, and ${counted(disputes, "dispute")} in all. ${found === 0 ? "All of them were known." : `${found} of them are new, and entered now.`}${unread === 0 ? "" : ` ${unread} could not be read. They are tried again within the hour.`}${goesOnSince === null ? "" : " That is as far as one check goes. The rest comes by itself, some each hour."}`,
    refusals: { "square-not-connected": NOT_CONNECTED, "square-fault": ({ fault }) => faultMessage(fault) },
  }),
  "assign-payment": staff.command({
    permission: "payment:record",
    form: z.object({ payment: z.string().min(1).max(200), invoice: invoiceNumberField }),
    run: ({ services, form }) => assignPayment(services, { paymentId: form.payment, invoiceNumber: form.invoice }),
    done: (outcome, { scope }) => paymentMessage(outcome, moneyOf(scope)),
    refusals: {
      "payment-not-waiting": "This payment is on an invoice by now. Reload the page.",
      "no-such-invoice": onField("invoice", "There is no issued invoice of this number."),
      "other-currency": ({ currency }) => `It was paid in ${currency}, and your shop bills in another currency. Refund it in Square's dashboard.`,
    },
  }),
  "end-wait": staff.command({
    permission: "payment:record",
    form: z.object({ payment: idField("paymentIntent", STALE), why }),
    run: ({ services, form }) => endWait(services, form.payment, form.why),
    done: ({ amount }, { scope }) => `${moneyOf(scope)(amount)} is no longer awaited. What it was for can be paid another way, or voided.`,
    refusals: {
      "not-on-its-way": "This payment is not on its way any more. Reload the page.",
      "square-knows": "Square knows of this payment and still expects it. Press Check Square now, or wait until it is late.",
    },
  }),
  disconnect: staff.command({
    permission: "square:connect",
    form: noFields,
    run: ({ services }) => disconnectSquare(services),
    done: ({ merchant }) => `${merchant} is disconnected. Customers can't pay online until Square is connected again.`,
    refusals: {
      "square-not-connected": NOT_CONNECTED,
      "square-fault": ({ fault }) => `${faultMessage(fault)} Square is still connected.`,
    },
  }),
};
