import * as z from "zod";
import { formatMoney, quantityText, toCents } from "~/kernel/money";
import { termNames } from "~/kernel/payment-terms";
import { type CloseRefusal, closeInvoice } from "~/modules/invoices/close-invoice.server";
import { type SettleRefusal, settleCore } from "~/modules/invoices/cores/settle-core.server";
import { invoiceReaders, voidReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { readInvoiceCustomer } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { amount, coreFields, moneyFields, why } from "~/modules/invoices/receivables/ledger-form";
import { ledgerRefusalMessage, paymentMessage } from "~/modules/invoices/receivables/ledger-messages";
import { voidInvoice } from "~/modules/payments/checkouts/void-invoice.server";
import { readTakesPayments } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { noFields } from "~/platform/http/commands.server";
import { confirmedField, idField, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type Answer, type OwnRefusal, onField } from "~/platform/http/refusals.server";
import { notEmailed, splitByFault } from "~/queries/staff/mail-history.server";
import { disputeCommands } from "../dispute-commands.server";
import { entryCommands, entryField, moneyOf, receiptAfter, recordOn, refuseEntry as refuse } from "../ledger-commands.server";

/** A total as the page showed it; a draft's total may be negative. */
const wholeCents = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform((text) => toCents(Number(text)));

const STALE_FORM = "Something was missing from that form. Reload the page and try again.";
const ofCore = z.object({ id: idField("coreReturn", STALE_FORM), line: idField("line", STALE_FORM), ...coreFields });

const customerOf = async ({ services, id }: Pick<Authed<"staff">, "services" | "id">) => orNotFound(await readInvoiceCustomer(services.db, id("invoice")));
const record = recordOn(customerOf);
const withReceipt = receiptAfter(customerOf);
const permission = "payment:record" as const;

/** @param of the cores that the command takes from. */
const refuseCore =
  (of: "outstanding" | "forfeited") =>
  (refusal: OwnRefusal<SettleRefusal>, { scope }: Pick<Authed<"staff">, "scope">): Answer => {
    switch (refusal.kind) {
      case "bad-quantity":
        return onField("quantity", "Enter a quantity above zero.");
      case "too-many": {
        const message = `That's more than is ${of}. Enter ${quantityText(refusal.most)} at most.`;
        return { status: 409, message, fields: { quantity: message } };
      }
      case "not-credited": {
        const money = moneyOf(scope);
        if (refusal.why.kind === "too-much") return `Only ${money(refusal.why.most)} of this invoice is left to credit, which is less than this core.`;
        return ledgerRefusalMessage(refusal.why, { money, locale: scope.organization.locale });
      }
    }
  };

const closeRefusals = { "no-reason": onField("why", "Enter the reason for voiding it.") } satisfies Partial<Record<CloseRefusal["kind"], Answer>>;

/** Everything that can be done on an invoice's page: issue or discard a draft, void it, record money, settle its cores. */
export const action = staff.commands({
  issue: staff.command({
    permission: "invoice:write",
    form: z.object({ terms: z.enum(termNames), seen: wholeCents, why: z.string().trim().max(300, "Use at most 300 characters.").optional() }),
    async run({ services, id, form }) {
      const { terms, seen, why } = form;
      return issueInvoice(services, id("invoice"), { terms, seen, ...(why ? { why } : {}), paysOnline: await readTakesPayments(services) });
    },
    done: async (_, { services, ...args }) => {
      const { emails } = await invoiceReaders(services.db, await customerOf({ services, ...args }));
      const { reached, failing } = await splitByFault(services.db, emails);
      return reached.length === 0 && failing.length > 0 ? `Invoice issued.${notEmailed(failing)}` : `${formatMailed(reached)}${notEmailed(failing)}`;
    },
    refuse: (refusal, { scope: { organization } }) => {
      if (refusal.kind === "needs-reason") return onField("why", refusal.message);
      const total = formatMoney(refusal.total, organization.currency, organization.locale);
      return `The work changed since you opened this draft. The total is now ${total}. Review it, then issue it.`;
    },
  }),
  discard: staff.command({
    permission: "invoice:write",
    form: noFields,
    run: ({ services, id }) => closeInvoice(services, id("invoice"), { intent: "discard" }),
    done: "Draft discarded. Its work orders are ready to invoice again.",
    refusals: closeRefusals,
  }),
  void: staff.command({
    permission: "invoice:write",
    form: z.object({ why }),
    run: ({ services, id, form }) => voidInvoice(services, id("invoice"), form.why),
    done: async (_, { services, id, ...args }) => {
      const { emails } = await voidReaders(services.db, id("invoice"), await customerOf({ services, id, ...args }));
      return `Invoice voided. Its work orders are ready to invoice again.${emails.length > 0 ? ` Emailed to ${emails.join(", ")}.` : ""}`;
    },
    refusals: closeRefusals,
  }),
  pay: staff.command({
    permission,
    form: z.object({ id: entryField, ...moneyFields, ...confirmedField, receipt: switched }),
    run: ({ form: { receipt, ...money }, ...args }) =>
      record(args, { intent: "pay", on: [{ invoiceId: args.id("invoice"), amount: null }], ...money }, receipt),
    done: (outcome, args) => withReceipt(paymentMessage(outcome, moneyOf(args.scope)), args, outcome !== null),
    refuse,
  }),
  "apply-credit": staff.command({
    permission,
    form: noFields,
    run: (args) => record(args, { intent: "apply-credit", invoiceId: args.id("invoice") }),
    done: (outcome, { scope }) => {
      const [on] = outcome?.on ?? [];
      if (!on) return "Credit applied to this invoice.";
      const money = moneyOf(scope);
      return `${money(on.applied)} of credit applied. ${on.open > 0 ? `${money(on.open)} is still open.` : "The invoice is paid in full."}`;
    },
    refuse,
  }),
  "credit-note": staff.command({
    permission,
    form: z.object({ id: entryField, amount, why }),
    run: (args) => record(args, { intent: "credit-note", invoiceId: args.id("invoice"), ...args.form }),
    done: (outcome, { scope, form }) => {
      const money = moneyOf(scope);
      const credit = outcome && outcome.credit > 0 ? ` ${money(outcome.credit)} of it is customer credit.` : "";
      return `Credit note for ${money(form.amount)} recorded.${credit}`;
    },
    refuse,
  }),
  release: staff.command({
    permission,
    form: z.object({ source: entryField, why }),
    run: ({ form, ...args }) => record(args, { intent: "release", sourceId: form.source, invoiceId: args.id("invoice"), why: form.why }),
    done: "Unapplied. The money is customer credit again.",
    refuse,
  }),
  ...entryCommands(customerOf),
  ...disputeCommands,
  "return-core": staff.command({
    permission,
    form: ofCore,
    run: ({ services, id, form }) => settleCore(services, id("invoice"), { intent: "return", ...coreIn(form) }),
    done: "Core credited. Anything over the balance becomes customer credit.",
    refuse: refuseCore("outstanding"),
  }),
  "forfeit-core": staff.command({
    permission,
    form: ofCore,
    run: ({ services, id, form }) => settleCore(services, id("invoice"), { intent: "forfeit", ...coreIn(form) }),
    done: "Core forfeited. The shop keeps the core charge.",
    refuse: refuseCore("outstanding"),
  }),
  "reopen-core": staff.command({
    permission,
    form: ofCore.extend({ why }),
    run: ({ services, id, form }) => settleCore(services, id("invoice"), { intent: "reopen", ...coreIn(form), why: form.why }),
    done: "Undone. The core is outstanding again.",
    refuse: refuseCore("forfeited"),
  }),
});

const coreIn = ({ id, line, quantity }: z.output<typeof ofCore>) => ({ id, lineId: line, quantity });

const formatMailed = (emails: readonly string[]): string =>
  emails.length === 0
    ? "Invoice issued, but not emailed: the customer has no email address on file."
    : `Invoice issued and emailed with its PDF to ${emails.join(", ")}.`;
