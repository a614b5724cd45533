import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";

export const invoiceEffects = defineEffects({
  "mail.invoice-issued": mail(z.object({ invoiceId: idOf("invoice") }), "An invoice", ({ invoiceId }) => invoiceId),
  "mail.receipt": mail(z.object({ entryId: idOf("entry") }), "A receipt"),
});
