import { type Cents, toCents } from "~/kernel/money";

/** So many times what is open, an amount is more likely a slip of the hand than a customer who pays ahead. */
const TIMES = 10;
/** What a deposit is measured by, because nothing is open for it. */
const USUAL_DEPOSIT = toCents(10_000_00);

/** How much more than what is open a payment is, where that is so much that a person is asked first; null where it is not. */
export function surplusToConfirm(amount: Cents, open: Cents | null): Cents | null {
  if (amount <= TIMES * (open ?? USUAL_DEPOSIT)) return null;
  return toCents(amount - (open ?? 0));
}
