import * as z from "zod";
import { defineEffects, mail, sync } from "~/kernel/effects";
import { idOf } from "~/modules/audit/event-fields";
import { payWays } from "./checkouts/payment-intent";
import { disputeNews } from "./disputes/dispute";

export const paymentEffects = defineEffects({
  "square.event": sync(z.object({ eventId: z.string() })),
  "square.checkout-closed": sync(z.object({ linkId: z.string(), way: z.enum(payWays) })),
  "square.refund-asked": sync(z.object({ refundId: idOf("refund") })),
  "square.evidence-asked": sync(z.object({ disputeId: z.string() })),
  "square.payment-assigned": sync(z.object({ paymentId: z.string() })),
  "mail.payment-received": mail(z.object({ paymentId: z.string() }), "The notice of a payment"),
  "mail.payment-failed": mail(z.object({ paymentId: z.string() }), "The notice of a failed payment"),
  "mail.payment-late": mail(z.object({ intentId: idOf("paymentIntent") }), "The question about a late payment"),
  "mail.payment-refunded": mail(z.object({ refundId: z.string() }), "The notice of a refund"),
  "mail.refund-failed": mail(z.object({ refundId: idOf("refund") }), "The notice of a failed refund"),
  "mail.payment-disputed": mail(z.object({ disputeId: z.string(), about: z.enum(disputeNews) }), "The notice of a dispute"),
  "mail.payment-unclear": mail(z.object({ paymentId: z.string() }), "The notice of a payment that fits no invoice"),
});
