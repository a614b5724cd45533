import type { Cents } from "~/kernel/money";
import { invoiceNumber } from "~/modules/invoices/invoice";
import type { BeginRefusal } from "./payment-intent";

const TRY_AGAIN = "Square didn't answer. Nothing was charged. Try again in a minute.";

/** Why a checkout was not made, in the words of who pays. */
export function beginMessage(refusal: BeginRefusal, money: (amount: Cents) => string): string {
  switch (refusal.kind) {
    case "not-found":
      return "One of these invoices can't be paid here. Reload the page.";
    case "nothing-to-pay":
      return "There is nothing to pay here any more. Reload the page.";
    case "too-many-invoices":
      return "Pay at most 20 invoices at once.";
    case "too-much":
      return `${invoiceNumber(refusal.number)} needs ${money(refusal.most)} at most.`;
    case "too-little":
      return `Pay at least ${money(refusal.least)} of ${invoiceNumber(refusal.number)}.`;
    case "pending":
      return `A payment of ${money(refusal.amount)} is on its way already. You don't need to pay again.`;
    case "no-bank-transfer":
      return "The shop doesn't take bank transfers any more. Pay by card.";
    case "no-email":
      return "A bank transfer needs an email address, and the shop has none of yours. Pay by card, or ask the shop to add one.";
    case "square":
      return refusal.fault.kind === "squareRefused" ? "Square refused to open its payment page. Call the shop, or pay another way." : TRY_AGAIN;
    case "strange-address":
      return TRY_AGAIN;
    case "stale":
      return "Somebody else began to pay this at the same moment. Try again.";
  }
}
