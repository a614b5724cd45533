import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { cents, idOf } from "~/modules/audit/event-fields";
import { allMethods } from "./receivables/ledger";
import { dueText } from "./reminders/reminder";

const invoice = idOf("invoice");
const entry = idOf("entry");
const money = { amount: cents, method: z.enum(allMethods), reference: z.string().nullable(), day: z.string() };
/** The doubts that the person confirmed (doubts.ts). */
const confirmed = z.string().nullish();
const ofSource = z.object({ sourceId: entry, why: z.string() });
const closed = z.object({ invoice, number: z.number().nullable(), why: z.string().nullable() });
const core = z.object({
  invoice,
  line: idOf("line"),
  core: z.string(),
  quantity: z.number(),
  credited: cents,
  creditNote: entry.nullable(),
  why: z.string().nullable(),
});

export const invoiceJournal = defineEvents({
  "invoice.drafted": event(z.object({ invoice, orders: z.number() }), "Invoice drafted"),
  "invoice.issued": event(z.object({ invoice, total: cents }), { label: "Invoice issued", tone: "blue" }),
  "invoice.voided": event(closed, { label: ({ number, why }) => `Invoice INV-${number} voided: ${why}`, title: "Invoice voided", tone: "red" }),
  "invoice.discarded": event(closed, "Invoice draft discarded"),
  /** The account's own entry of a closed invoice: it takes the account's next version, so that no payment slips in. */
  "account.invoice-closed": event(closed, "Invoice closed on its account"),
  /** The same of an issued one: no deposit slips by, and two at once don't pass the credit limit together. */
  "account.invoice-issued": event(z.object({ invoice }), "Invoice issued on its account"),
  "payment.recorded": event(
    z.object({
      ...money,
      id: entry,
      on: z.array(z.object({ invoiceId: invoice, amount: cents.nullable() })).readonly(),
      forEstimate: idOf("estimate").nullish(),
      confirmed,
    }),
    { label: "Payment recorded", tone: "green" },
  ),
  "payment.received": event(
    z.object({ ...money, id: entry, on: z.array(z.object({ invoiceId: invoice, amount: cents })).readonly(), forEstimate: idOf("estimate").nullable() }),
    { label: "Payment received through Square", tone: "green" },
  ),
  "refund.received": event(z.object({ ...money, id: entry, sourceId: entry, why: z.string() }), ({ why }) => `Refunded through Square: ${why}`),
  "chargeback.received": event(z.object({ ...money, id: entry, sourceId: entry, why: z.string() }), {
    label: ({ why }) => `Taken back by the payer's bank: ${why}`,
    tone: "red",
  }),
  "deposit.applied": event(z.object({ invoiceId: invoice, estimates: z.array(idOf("estimate")).readonly() }), "Deposit applied"),
  "entry.corrected": event(z.object({ ...money, id: entry, entryId: entry, why: z.string(), confirmed }), ({ why }) => `Payment or refund corrected: ${why}`),
  "entry.removed": event(z.object({ entryId: entry, why: z.string() }), ({ why }) => `Payment or refund removed: ${why}`),
  "credit.given": event(z.object({ id: entry, amount: cents, why: z.string() }), ({ why }) => `Credit given: ${why}`),
  "credit-note.written": event(z.object({ id: entry, invoiceId: invoice, amount: cents, why: z.string() }), ({ why }) => `Credit note written: ${why}`),
  "credit.used": event(z.object({ id: entry.optional(), sourceId: entry.optional(), invoiceId: invoice, amount: cents.optional() }), "Credit used"),
  "credit.unapplied": event(z.object({ sourceId: entry, invoiceId: invoice, why: z.string() }), ({ why }) => `Credit unapplied: ${why}`),
  "refund.recorded": event(z.object({ ...money, id: entry, sourceId: entry, why: z.string(), confirmed }), ({ why }) => `Refund recorded: ${why}`),
  "payment.reversed": event(ofSource, ({ why }) => `Payment reversed: ${why}`),
  "reversal.undone": event(ofSource, ({ why }) => `Reversal undone: ${why}`),
  "reminder.sent": event(z.object({ invoice, daysLate: z.number() }), ({ daysLate }) => `Payment reminder sent, ${dueText(daysLate)}`),
  "statement.emailed": event(z.object({ from: z.string(), through: z.string() }), ({ from, through }) => `Statement emailed: ${from} through ${through}`),
  "core.returned": event(core, ({ core: its }) => `Core returned: ${its}`),
  "core.forfeited": event(core, ({ core: its }) => `Core forfeited: ${its}`),
  "core.forfeit-undone": event(core, ({ core: its, why }) => `Core forfeit undone: ${its}${why ? `, ${why}` : ""}`),
});
