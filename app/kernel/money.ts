declare const cents: unique symbol;
/** Whole cents of the organization's currency. Plain arithmetic loses the brand on purpose. */
export type Cents = number & { readonly [cents]: true };

declare const basisPoints: unique symbol;
/** A rate in hundredths of a percent: 8.25 % is 825. */
export type BasisPoints = number & { readonly [basisPoints]: true };

/** Throws on anything that is not a whole number of cents: such a value is a bug, never input. */
export function toCents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not whole cents: ${value}`);
  return value as Cents;
}

export function toBasisPoints(value: number): BasisPoints {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not whole basis points: ${value}`);
  return value as BasisPoints;
}

export const sumCents = (amounts: readonly Cents[]): Cents => toCents(amounts.reduce<number>((sum, amount) => sum + amount, 0));

/** The one rounding rule: half up (away from zero for credits), once per line, before any sum. */
export function portion(amount: Cents, rate: BasisPoints): Cents {
  const scaled = BigInt(amount) * BigInt(rate);
  const half = scaled < 0n ? -5_000n : 5_000n;
  return toCents(Number((scaled + half) / 10_000n));
}
