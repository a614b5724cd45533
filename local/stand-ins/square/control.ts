import { type DisputeState, evidenceOf, openDispute, settleDispute } from "./disputes";
import { payInvoice, returnPayment } from "./invoices";
import { counterSale, type Payment, payLink, settle, settleRefund, startRefund } from "./payments";
import { payOut } from "./payouts";
import { notFound } from "./refusal";
import { type Merchant, newId, type Store } from "./store";
import { announceRevoked, type Mode, modes } from "./webhooks";

/** What no program may do at Square, and a test must: what sellers, payers, banks and failures do. */
export type Command =
  | { do: "reset" }
  | { do: "add-merchant"; merchant: Merchant }
  | { do: "grant"; merchant: string; scopes: string[] }
  | { do: "expire-tokens" | "revoke"; merchant: string }
  | { do: "pay"; link: string; way: "card" | "decline" | "bank"; tip?: number }
  | { do: "pay-invoice"; invoice: string }
  | { do: "return"; merchant: string; payment: string; as: "dispute" | "status" }
  | { do: "counter-sale"; merchant: string; location: string; amount: number }
  | { do: "settle"; merchant: string; payment: string; as: "COMPLETED" | "FAILED" | "CANCELED" }
  | { do: "refund"; merchant: string; payment: string; amount: number }
  | { do: "settle-refund"; merchant: string; refund: string; as: "COMPLETED" | "REJECTED" | "FAILED" }
  | { do: "next-refund"; as: "COMPLETED" | "REJECTED" | "FAILED" | "PENDING" }
  | { do: "dispute"; merchant: string; payment: string; amount?: number; reason?: string; inquiry?: boolean; days?: number }
  | { do: "settle-dispute"; merchant: string; dispute: string; as: DisputeState }
  | { do: "evidence"; merchant: string; dispute: string }
  | { do: "payout"; merchant: string; location: string; amount: number; at?: number; failed?: boolean }
  | { do: "webhooks"; mode: Mode }
  | { do: "fault"; kind: "429" | "500" | "timeout" | "broken" | "lost"; path?: string; times?: number }
  | { do: "no-faults" };

export function control(store: Store, applicationId: string, command: Command): Response {
  switch (command.do) {
    case "reset":
      store.clear();
      return done();
    case "add-merchant":
      store.addMerchant(command.merchant);
      return done();
    case "grant": {
      // What the page does when the seller clicks Allow.
      const code = `sandbox-sq0cgb-${newId()}`;
      store.addToken({ token: code, kind: "code", merchant: command.merchant, scopes: command.scopes, expiresAt: Date.now() + 300_000 });
      return Response.json({ code });
    }
    case "expire-tokens":
      store.expireAccess(command.merchant);
      return done();
    case "revoke":
      store.endTokens(command.merchant);
      announceRevoked(store, command.merchant);
      return done();
    case "pay":
      return Response.json(payLink(store, command.link, { way: command.way, tip: command.tip ?? 0, applicationId }).payment);
    case "pay-invoice":
      return Response.json(payInvoice(store, command.invoice).payment);
    case "return": {
      if (command.as === "status") return Response.json(returnPayment(store, command.merchant, command.payment));
      const { id } = openDispute(store, command.merchant, { payment: command.payment, reason: "NO_KNOWLEDGE" });
      return Response.json(settleDispute(store, command.merchant, id, "LOST"));
    }
    case "counter-sale": {
      const merchant = store.merchant(command.merchant);
      return merchant ? Response.json(counterSale(store, merchant, { amount: command.amount, locationId: command.location })) : notFound("Merchant");
    }
    case "settle":
      return Response.json(settle(store, command.merchant, command.payment, command.as));
    case "refund": {
      const payment = store.record<Payment>("payment", command.merchant, command.payment);
      if (!payment) return notFound("Payment");
      const money = { amount: command.amount, currency: payment.total_money.currency };
      const { id } = startRefund(store, command.merchant, { payment_id: payment.id, amount_money: money, reason: "Refunded in the dashboard" });
      return Response.json(settleRefund(store, command.merchant, id, "COMPLETED"));
    }
    case "settle-refund":
      return Response.json(settleRefund(store, command.merchant, command.refund, command.as));
    case "next-refund":
      store.set("next-refund", command.as);
      return done();
    case "dispute":
      return Response.json(openDispute(store, command.merchant, command));
    case "settle-dispute":
      return Response.json(settleDispute(store, command.merchant, command.dispute, command.as));
    case "evidence":
      return Response.json(evidenceOf(store, command.merchant, command.dispute));
    case "payout":
      return Response.json(payOut(store, command.merchant, command));
    case "webhooks":
      if (!modes.includes(command.mode)) return new Response("no such mode\n", { status: 400 });
      store.set("mode", command.mode);
      return done();
    case "fault":
      for (let time = 0; time < (command.times ?? 1); time++) store.addFault(command.kind, command.path ?? "/");
      return done();
    case "no-faults":
      store.endFaults();
      return done();
    default:
      return new Response("no such command\n", { status: 400 });
  }
}

const done = (): Response => Response.json({ ok: true });
