import type { Id } from "~/kernel/ids";
import { isCorrected, type LedgerEntry, type Money } from "./ledger";
import type { LedgerCommand, Share } from "./ledger-command";
import { firstShares } from "./new-entries";

/** Whether this command made the entry that has its id. */
export function isRepeated(command: Extract<LedgerCommand, { id: Id<"entry"> }>, there: LedgerEntry, entries: readonly LedgerEntry[]): boolean {
  const isMoney = (money: Money, kind: "payment" | "refund") =>
    there.kind === kind &&
    Math.abs(there.amount) === money.amount &&
    there.method === money.method &&
    there.reference === money.reference &&
    there.day === money.day;
  switch (command.intent) {
    case "pay": {
      const made = firstShares(entries, there);
      const isOn = ({ invoiceId, amount }: Share) => amount === null || made.some((one) => one.invoiceId === invoiceId && one.amount === amount);
      return (
        isMoney(command, "payment") &&
        there.forInvoice === (command.on.length === 1 ? command.on[0]?.invoiceId : null) &&
        there.forEstimate === (command.forEstimate ?? null) &&
        command.on.every(isOn) &&
        made.every((one) => command.on.some(({ invoiceId }) => invoiceId === one.invoiceId))
      );
    }
    case "receive":
      return isMoney(command, "payment") && there.forEstimate === command.forEstimate;
    case "give-back":
      return there.kind === "refund" && there.sourceId === command.sourceId;
    case "charge-back":
      return there.kind === "chargeback" && there.sourceId === command.sourceId;
    case "give-credit":
      return there.kind === "credit" && there.amount === command.amount && there.why === command.why;
    case "credit-note":
      return there.kind === "credit-note" && there.amount === command.amount && there.why === command.why && there.forInvoice === command.invoiceId;
    case "allocate":
      return there.kind === "allocation" && there.sourceId === command.sourceId && there.invoiceId === command.invoiceId && there.amount === command.amount;
    case "refund":
      return isMoney(command, "refund") && there.sourceId === command.sourceId && there.why === command.why;
    case "correct":
      return isCorrected(entries, command.entryId) && (isMoney(command, "payment") || (isMoney(command, "refund") && there.why === command.why));
  }
}
