import { type Cents, parseMoney } from "~/kernel/money";

export const NO_AMOUNT = "Enter an amount above zero, such as 250.00.";

/** What a payer typed, all of what is open where that is nothing; null for what is no amount. */
export function amountTyped(text: unknown, open: Cents): Cents | null {
  if (text === undefined || text === "") return open;
  const amount = typeof text === "string" && text.length <= 30 ? parseMoney(text) : null;
  return amount !== null && amount > 0 ? amount : null;
}

/** What who pays by bank transfer should know before. */
export const BANK_TAKES = " Bank transfers take 3 to 5 business days, and count when they arrive.";
