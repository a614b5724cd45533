import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { cents, idOf, instant } from "~/modules/audit/event-fields";

/** The key under which an issued invoice is mailed. */
export const invoiceMailKey = (id: Id<"invoice">): string => `mail.invoice-issued:${id}`;

export const invoiceEffects = defineEffects({
  "mail.invoice-issued": mail(z.object({ invoiceId: idOf("invoice") }), "An invoice", ({ invoiceId }) => invoiceId),
  "mail.invoice-voided": mail(z.object({ invoiceId: idOf("invoice") }), "The mail that an invoice was voided", ({ invoiceId }) => invoiceId),
  "mail.invoice-reminder": mail(
    z.object({
      invoiceId: idOf("invoice"),
      day: z.string(),
      open: cents,
      account: z.object({ version: z.number(), at: instant }).nullable(),
    }),
    "A payment reminder",
    ({ invoiceId }) => invoiceId,
  ),
  "mail.statement": mail(z.object({ customerId: idOf("customer"), from: z.string(), through: z.string(), closing: cents, edition: z.string() }), "A statement"),
  "mail.receipt": mail(z.object({ entryId: idOf("entry") }), "A receipt"),
});
