import * as z from "zod";
import { err } from "~/kernel/result";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { amount, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { paymentMessage } from "~/modules/invoices/receivables/ledger-messages";
import type { Authed } from "~/platform/http/authed.server";
import { confirmedField, idField, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid } from "~/platform/http/refusals.server";
import { disputeCommands } from "../dispute-commands.server";
import { entryCommands, entryField, moneyOf, receiptAfter, recordOn, refuseEntry as refuse } from "../ledger-commands.server";
import { readShares } from "./shares";

const customerOf = ({ id }: Pick<Authed<"staff">, "id">) => id("customer");
const record = recordOn(customerOf);
const withReceipt = receiptAfter(customerOf);
const permission = "payment:record" as const;
const noEstimate = z.literal("").transform(() => null);

/** Everything that can be done on a customer's account. */
export const action = staff.commands({
  receive: staff.command({
    permission,
    form: z.looseObject({ id: entryField, ...moneyFields, ...confirmedField, receipt: switched }),
    run: async ({ form, ...args }) => {
      const shares = readShares(form);
      if (!shares.ok) return err(invalid(shares.fields));
      if (shares.on.length === 0) return err(invalid({ amount: "Choose at least one invoice below, or take a deposit instead." }));
      const { id, amount: sum, method, reference, day, confirmed } = form;
      return record(args, { intent: "pay", id, on: shares.on, amount: sum, method, reference, day, confirmed }, form.receipt);
    },
    done: (outcome, args) => withReceipt(paymentMessage(outcome, moneyOf(args.scope)), args, outcome !== null),
    refuse,
  }),
  pay: staff.command({
    permission,
    form: z.object({
      id: entryField,
      estimate: z.union([noEstimate, idField("estimate", "Choose an estimate.")]).optional(),
      ...moneyFields,
      ...confirmedField,
      receipt: switched,
    }),
    run: ({ form: { estimate, receipt, ...money }, ...args }) => record(args, { intent: "pay", on: [], forEstimate: estimate ?? null, ...money }, receipt),
    done: (outcome, { form, ...args }) => {
      const next = form.estimate ? "It pays the first invoice with work of this estimate." : "Apply it to an invoice when you're ready.";
      return withReceipt(`Deposit of ${moneyOf(args.scope)(form.amount)} recorded. ${next}`, { form, ...args }, outcome !== null);
    },
    refuse,
  }),
  "give-credit": staff.command({
    permission,
    form: z.object({ id: entryField, amount, why }),
    run: (args) => record(args, { intent: "give-credit", ...args.form }),
    done: (_, { form, scope }) => `Credit of ${moneyOf(scope)(form.amount)} given. Apply it to an invoice when you're ready.`,
    refuse,
  }),
  allocate: staff.command({
    permission,
    form: z.object({ id: entryField, source: entryField, invoice: idField("invoice", "Choose an invoice."), amount }),
    run: ({ form, ...args }) => record(args, { intent: "allocate", id: form.id, sourceId: form.source, invoiceId: form.invoice, amount: form.amount }),
    done: (outcome, { form, scope }) => {
      const money = moneyOf(scope);
      const [on] = outcome?.on ?? [];
      const rest = on
        ? ` ${on.open > 0 ? `${money(on.open)} is still open on ${invoiceNumber(on.number)}.` : `${invoiceNumber(on.number)} is paid in full.`}`
        : "";
      return `${money(form.amount)} applied.${rest}`;
    },
    refuse,
  }),
  "pay-out": staff.command({
    permission,
    form: z.object({ id: entryField, source: entryField, ...moneyFields, ...confirmedField, why }),
    run: ({ form: { source, ...money }, ...args }) => record(args, { intent: "refund", sourceId: source, ...money }),
    done: (_, { form, scope }) => `${moneyOf(scope)(form.amount)} paid out. The refund is recorded.`,
    refuse,
  }),
  ...entryCommands(customerOf),
  ...disputeCommands,
});
