import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney } from "~/kernel/money";
import { err } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { invoiceReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { type AccountRefusal, changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { doubtKey } from "~/modules/invoices/receivables/doubts";
import type { LedgerCommand } from "~/modules/invoices/receivables/ledger-command";
import { amount, dayRefusal, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { ledgerRefusalMessage, receiptMessage } from "~/modules/invoices/receivables/ledger-messages";
import { askRefund } from "~/modules/payments/refunds/ask-refund.server";
import { refundByHand } from "~/modules/payments/refunds/refund-by-hand.server";
import { refundRefusalMessage } from "~/modules/payments/refunds/refund-messages";
import type { Authed } from "~/platform/http/authed.server";
import { confirmedField, idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { type Answer, askAgain, invalid, type OwnRefusal } from "~/platform/http/refusals.server";

type Recording = Pick<Authed<"staff">, "services" | "scope" | "id">;
type CustomerOf = (args: Recording) => Id<"customer"> | Promise<Id<"customer">>;

const STALE_FORM = "Something was missing from that form. Reload the page and try again.";
export const entryField = idField("entry", STALE_FORM);
export const moneyOf =
  ({ organization: { currency, locale } }: Authed<"staff">["scope"]) =>
  (sum: Cents) =>
    formatMoney(sum, currency, locale);

const runOn = (services: Recording["services"], customerId: Id<"customer">, command: LedgerCommand, receipt: boolean) =>
  command.intent === "refund" ? refundByHand(services, customerId, command) : changeAccount(services, customerId, command, { receipt });

/** Runs a command on the account of the page's customer, after its day was checked where it has one. */
export const recordOn =
  (customerOf: CustomerOf) =>
  async (args: Recording, command: LedgerCommand, receipt = false) => {
    const { services, scope } = args;
    const wrongDay = "day" in command ? dayRefusal(command.day, dayOf(services.clock.now(), scope.organization.zone)) : null;
    return wrongDay === null ? runOn(services, await customerOf(args), command, receipt) : err(invalid({ day: wrongDay }));
  };

/** A payment's message, with whom its receipt went to; a form that was sent before mails nothing. */
export const receiptAfter =
  (customerOf: CustomerOf) =>
  async (message: string, { services, form, ...args }: Recording & { form: { receipt: boolean } }, isNew: boolean): Promise<string> =>
    form.receipt && isNew
      ? `${message} ${receiptMessage((await invoiceReaders(services.db, await customerOf({ services, ...args }), "payment")).emails)}`
      : message;

/** The answer to a refused account command; what it doubts is asked about at the form. */
export function refuseEntry(refusal: OwnRefusal<AccountRefusal>, { scope }: Recording): Answer {
  const message = ledgerRefusalMessage(refusal, { money: moneyOf(scope), locale: scope.organization.locale });
  switch (refusal.kind) {
    case "doubtful":
      return askAgain(message, doubtKey(refusal.doubts));
    case "too-much-on":
      return { status: 409, message, fields: { [`on-${refusal.invoiceId}`]: message } };
    case "too-much":
    case "over-allocated":
      return { status: 409, message, fields: { amount: message } };
    default:
      return message;
  }
}

const ofSource = z.object({ source: entryField, why });
const typedMoney = z.object({ id: entryField, ...moneyFields, ...confirmedField, why });
/** With `never`, the payment or refund was not made at all; nothing else matters then. */
const Correction = z.discriminatedUnion("never", [
  z.object({ entry: entryField, never: z.literal("on"), why }),
  typedMoney.extend({ entry: entryField, never: z.undefined().optional() }),
]);

/** What can be done about an entry of an account, on the customer's account and on an invoice alike. */
export function entryCommands(customerOf: CustomerOf) {
  const record = recordOn(customerOf);
  const refuse = refuseEntry;
  const permission = "payment:record" as const;
  return {
    refund: staff.command({
      permission,
      form: typedMoney.extend({ source: entryField }),
      run: ({ form: { source, ...money }, ...args }) => record(args, { intent: "refund", sourceId: source, ...money }),
      done: (_, { form, scope }) => `Refund of ${moneyOf(scope)(form.amount)} recorded.`,
      refuse,
    }),
    "refund-through-square": staff.command({
      permission,
      form: z.object({ id: idField("refund", STALE_FORM), source: entryField, amount, why }),
      run: async ({ form: { source, ...wanted }, ...args }) => askRefund(args.services, await customerOf(args), { sourceId: source, ...wanted }),
      done: (_, { form, scope }) => `Refund of ${moneyOf(scope)(form.amount)} is on its way. It is on the account once Square has paid it out.`,
      refuse: (refusal, { scope }) => {
        const message = refundRefusalMessage(refusal, moneyOf(scope));
        return refusal.kind === "too-much" ? { status: 409, message, fields: { amount: message } } : message;
      },
    }),
    correct: staff.command({
      permission,
      form: Correction,
      run: ({ form, ...args }) =>
        record(args, "id" in form ? { intent: "correct", entryId: form.entry, ...moneyIn(form) } : { intent: "remove", entryId: form.entry, why: form.why }),
      done: (_, { form, scope }) =>
        "id" in form ? `Corrected to ${moneyOf(scope)(form.amount)}. Statements show only that.` : "Removed. Statements no longer show it.",
      refuse,
    }),
    reverse: staff.command({
      permission,
      form: ofSource,
      run: ({ form, ...args }) => record(args, { intent: "reverse", sourceId: form.source, why: form.why }),
      done: "Reversed. What it paid is open again.",
      refuse,
    }),
    reinstate: staff.command({
      permission,
      form: ofSource,
      run: ({ form, ...args }) => record(args, { intent: "reinstate", sourceId: form.source, why: form.why }),
      done: "Reversal undone. The money counts again.",
      refuse,
    }),
  };
}

const moneyIn = ({ id, amount: sum, method, reference, day, confirmed, why: reason }: z.output<typeof typedMoney>) => ({
  id,
  amount: sum,
  method,
  reference,
  day,
  confirmed,
  why: reason,
});
