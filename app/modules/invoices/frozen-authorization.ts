import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import type { billedIn } from "~/modules/work-orders/lines/order-authorization";

/** By whose decision billed work was done, in cents before supplies and tax. */
type Grounds = {
  approved: Cents;
  /** Not decided, and within what the customer agreed to at most. */
  covered: Cents;
  /** Billed by the shop's own decision, with the reason on the line. */
  reasoned: Cents;
};

/** What was authorized of an order when its invoice was issued. Decisions made later don't change it. */
export type FrozenAuthorization = Grounds & { lines: readonly (Grounds & { id: Id<"line"> })[] };

/** Null where nothing was quoted, decided or limited, so that nobody had to agree. */
export function frozenFrom({ jobs, authorization }: ReturnType<typeof billedIn>): FrozenAuthorization | null {
  if (!authorization.applies) return null;
  const lines = jobs
    .flatMap((job) => job.lines)
    .flatMap(({ id, toBill }) => {
      const its = authorization.lines.get(id);
      if (!its || toBill === 0) return [];
      // A line that became cheaper than what was approved is billed at its price.
      const approved = toCents(Math.min(its.authorized, toBill));
      return [{ id, approved, covered: its.covered, reasoned: toCents(toBill - approved - its.covered) }];
    });
  return { ...sumsOf(lines), lines };
}

export const sumsOf = (parts: readonly Grounds[]): Grounds => ({
  approved: sumCents(parts.map(({ approved }) => approved)),
  covered: sumCents(parts.map(({ covered }) => covered)),
  reasoned: sumCents(parts.map(({ reasoned }) => reasoned)),
});

/** "$2,037.50 approved, $300.00 within the agreed limit, $20.00 by the shop's decision". */
export const describeGrounds = ({ approved, covered, reasoned }: Grounds, money: (amount: Cents) => string): string =>
  [
    `${money(approved)} approved`,
    ...(covered === 0 ? [] : [`${money(covered)} within the agreed limit`]),
    ...(reasoned === 0 ? [] : [`${money(reasoned)} by the shop's decision`]),
  ].join(", ");
