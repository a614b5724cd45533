import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { cents, idOf } from "~/modules/audit/event-fields";
import { disputeLabels } from "./disputes/dispute";
import { squareDisputeStates } from "./square/square";

const intent = idOf("paymentIntent");

export const paymentJournal = defineEvents({
  "payment.begun": event(
    z.object({
      intent,
      amount: cents,
      on: z.array(z.object({ invoiceId: idOf("invoice"), amount: cents })).readonly(),
      forEstimate: idOf("estimate").nullable(),
    }),
    "Payment begun",
  ),
  "payment.checkout-made": event(z.object({ intent }), "Checkout made at Square"),
  "payment.checkout-refused": event(z.object({ intent, why: z.string() }), { label: ({ why }) => `Square refused the checkout: ${why}`, tone: "red" }),
  "payment.pending": event(z.object({ intent, amount: cents }), { label: "Payment on its way", tone: "amber" }),
  "payment.completed": event(z.object({ intent, entry: idOf("entry") }), { label: "Payment completed", tone: "green" }),
  "payment.failed": event(z.object({ intent }), { label: "Payment failed", tone: "red" }),
  "payment.wait-ended": event(z.object({ intent, amount: cents, why: z.string() }), {
    label: ({ why }) => `Payment on its way no longer awaited: ${why}`,
    tone: "amber",
  }),
  "refund.asked": event(z.object({ id: idOf("refund"), sourceId: idOf("entry"), amount: cents, why: z.string() }), {
    label: ({ why }) => `Refund asked of Square: ${why}`,
    tone: "amber",
  }),
  "refund.failed": event(z.object({ id: idOf("refund"), sourceId: idOf("entry"), amount: cents, problem: z.string() }), {
    label: ({ problem }) => `Refund through Square failed: ${problem}`,
    tone: "red",
  }),
  "refund.unknown": event(z.object({ id: idOf("refund"), sourceId: idOf("entry"), amount: cents, problem: z.string() }), {
    label: ({ problem }) => `Refund through Square unknown: ${problem}`,
    tone: "amber",
  }),
  "refund.beyond-payment": event(z.object({ refund: z.string(), sourceId: idOf("entry"), amount: cents }), {
    label: "Square refunded a payment that the bank had taken back before: nothing is left of it to enter",
    tone: "red",
  }),
  "dispute.changed": event(z.object({ dispute: z.string(), sourceId: idOf("entry"), amount: cents, state: z.enum(squareDisputeStates) }), {
    label: ({ state }) => `Disputed payment: ${disputeLabels[state].label}`,
    tone: ({ state }) => disputeLabels[state].tone,
  }),
  "dispute.evidence-asked": event(z.object({ dispute: z.string() }), "Evidence for a dispute is being sent to Square"),
  "dispute.evidence-sent": event(z.object({ dispute: z.string() }), { label: "Evidence for a dispute sent to Square", tone: "green" }),
  "dispute.evidence-refused": event(z.object({ dispute: z.string(), problem: z.string() }), {
    label: ({ problem }) => `Square did not take the evidence for a dispute: ${problem}`,
    tone: "red",
  }),
  "dispute.evidence-unknown": event(z.object({ dispute: z.string(), problem: z.string() }), {
    label: ({ problem }) => `Nobody knows whether the evidence for a dispute was sent: ${problem}`,
    tone: "amber",
  }),
  "payment.closed": event(z.object({ intent, why: z.enum(["replaced", "out-of-date"]) }), "Checkout closed"),
});
