import { type Cents, type Quantity, sumCents, times, toCents } from "~/kernel/money";

export const billKinds = ["labor", "part", "fee"] as const;
export type BillKind = (typeof billKinds)[number];
export const billKindWords: Record<BillKind, string> = { labor: "Labor", part: "Part", fee: "Fee" };

/** One line of what a vendor asks for: hours, parts or a fee. */
export type BillLine = { kind: BillKind; text: string; quantity: Quantity; each: Cents };
/** An estimate or an invoice of a vendor's, as it was sent. Where `tax` is absent it charges none. */
export type Bill = { lines: readonly BillLine[]; note: string; tax?: Cents };

export const lineTotal = ({ each, quantity }: Pick<BillLine, "each" | "quantity">): Cents => times(each, quantity);
/** Every line is rounded by itself, then added. */
export const linesTotal = ({ lines }: Pick<Bill, "lines">): Cents => sumCents(lines.map(lineTotal));
export const taxOf = ({ tax }: Pick<Bill, "tax">): Cents => tax ?? toCents(0);
/** What the vendor asks for in all: its tax is a sum of its own, on top of the lines. */
export const billTotal = (bill: Pick<Bill, "lines" | "tax">): Cents => sumCents([linesTotal(bill), taxOf(bill)]);
