import { numberFormat } from "./intl.ts";

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
export const portion = (amount: Cents, rate: BasisPoints): Cents => rounded(BigInt(amount) * BigInt(rate), 10_000n);

function rounded(amount: bigint, over: bigint): Cents {
  const twice = 2n * amount;
  return toCents(Number((amount < 0n ? twice - over : twice + over) / (2n * over)));
}

declare const thousandths: unique symbol;
/** A count of hours or parts in thousandths: 1.25 h is 1250. */
export type Quantity = number & { readonly [thousandths]: true };

export function toQuantity(value: number): Quantity {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not whole thousandths: ${value}`);
  return value as Quantity;
}

/** A quantity at a price each, rounded half up as `portion` is. */
export const times = (each: Cents, quantity: Quantity): Cents => rounded(BigInt(each) * BigInt(quantity), 1_000n);

/** What some of a quantity makes of the amount for all of it, rounded as `portion` is. */
export const shareOf = (amount: Cents, some: Quantity, all: Quantity): Cents => rounded(BigInt(amount) * BigInt(some), BigInt(all));

/** "$1,240.00" as the organization's locale and currency write it. */
export const formatMoney = (amount: Cents, currency: string, locale: string): string =>
  numberFormat(locale, { style: "currency", currency }).format(amount / 100);

/** The bare figure for a field or a column whose head names the currency: "1240.00". */
export const moneyText = (amount: Cents): string => decimalText(amount, 2);
/** "1.25", without zeros at its end. */
export const quantityText = (quantity: Quantity): string => decimalText(quantity, 3).replace(/\.?0+$/, "");
/** "8.25", without zeros at its end. */
export const percentText = (rate: BasisPoints): string => decimalText(rate, 2).replace(/\.?0+$/, "");

/** Reads what a person types for money, with or without thousands' commas; null where it is not an amount that can be kept. */
export const parseMoney = (text: string): Cents | null => parseDecimal(text, 2, 12) as Cents | null;
export const parseQuantity = (text: string): Quantity | null => parseDecimal(text, 3, 9) as Quantity | null;
export const parsePercent = (text: string): BasisPoints | null => parseDecimal(text.replace(/%\s*$/, ""), 2, 5) as BasisPoints | null;

function parseDecimal(text: string, places: number, digits: number): number | null {
  const plain = text
    .trim()
    .replace(/^\$/, "")
    .replace(/,(?=\d{3}(\D|$))/g, "");
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!match) return null;
  const [, minus, whole = "", fraction = ""] = match;
  if (whole + fraction === "" || fraction.length > places || whole.length + places > digits) return null;
  const value = Number(whole + fraction.padEnd(places, "0"));
  return minus && value !== 0 ? -value : value;
}

function decimalText(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
