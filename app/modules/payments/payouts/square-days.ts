import { type Cents, sumCents, toCents } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import type { SquarePayout } from "../square/square";

/** What an account's entries of one day and kind sum to, or, `pending`, what is on its way and expected on the day; `fee` of payments whose fee is known, `withoutFee` of how many it isn't. */
export type DaySum = { day: string; kind: "payment" | "refund" | "chargeback" | "pending"; count: number; amount: Cents; fee: Cents; withoutFee: number };

/** One day of money through Square, for the bookkeeper. */
export type SquareDay = {
  day: string;
  payments: number;
  received: Cents;
  refunded: Cents;
  takenBack: Cents;
  /** Expected on the day from customers' banks; in no other figure. */
  onItsWay: Cents;
  fees: Cents;
  withoutFee: number;
  /** What is left of the day for the shop. */
  net: Cents;
  /** Of the whole location, counter sales too; null where Square could not be asked. */
  payouts: { amount: Cents; references: string } | null;
};

/** Every day on which money moved, in order. `payouts`: null where Square could not be asked. */
export function squareDays(sums: readonly DaySum[], payouts: readonly SquarePayout[] | null, zone: string): SquareDay[] {
  const paid = new Map<string, SquarePayout[]>();
  for (const payout of payouts ?? []) {
    const day = dayOf(payout.createdAt, zone);
    paid.set(day, [...(paid.get(day) ?? []), payout]);
  }
  const days = [...new Set([...sums.map(({ day }) => day), ...paid.keys()])].sort();
  return days.map((day) => {
    const of = (kind: DaySum["kind"]) => sums.filter((one) => one.day === day && one.kind === kind);
    const [received, refunded, takenBack, onItsWay] = (["payment", "refund", "chargeback", "pending"] as const).map((kind) =>
      sumCents(of(kind).map(({ amount }) => amount)),
    ) as [Cents, Cents, Cents, Cents]; // one for each kind
    const fees = sumCents(of("payment").map(({ fee }) => fee));
    const its = paid.get(day) ?? [];
    return {
      day,
      payments: of("payment").reduce((sum, { count }) => sum + count, 0),
      received,
      refunded,
      takenBack,
      onItsWay,
      fees,
      withoutFee: of("payment").reduce((sum, one) => sum + one.withoutFee, 0),
      net: toCents(received + refunded + takenBack - fees),
      payouts:
        payouts === null ? null : { amount: sumCents(its.map(({ amount }) => amount)), references: its.map(({ id, reference }) => reference ?? id).join(" ") },
    };
  });
}
