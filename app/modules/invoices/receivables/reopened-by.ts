import { type Cents, toCents } from "~/kernel/money";

/**
 * What money that goes back takes off invoices: unapplied money goes first, then the latest allocation. `on`: what the
 * source has on each invoice, in order of allocation.
 */
export function reopenedBy<Share extends { amount: Cents }>(amount: Cents, free: Cents, on: readonly Share[]): Share[] {
  let missing = amount - free;
  return on.toReversed().flatMap((share) => {
    const back = Math.max(0, Math.min(share.amount, missing));
    missing -= back;
    return back > 0 ? [{ ...share, amount: toCents(back) }] : [];
  });
}
