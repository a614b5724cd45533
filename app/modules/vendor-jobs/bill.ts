import { type Cents, type Quantity, sumCents, times } from "~/kernel/money";

export const billKinds = ["labor", "part", "fee"] as const;
export type BillKind = (typeof billKinds)[number];
export const billKindWords: Record<BillKind, string> = { labor: "Labor", part: "Part", fee: "Fee" };

/** One line of what a vendor asks for: hours, parts or a fee. */
export type BillLine = { kind: BillKind; text: string; quantity: Quantity; each: Cents };
/** An estimate or an invoice of a vendor's, as it was sent. */
export type Bill = { lines: readonly BillLine[]; note: string };

export const lineTotal = ({ each, quantity }: Pick<BillLine, "each" | "quantity">): Cents => times(each, quantity);
/** Every line is rounded by itself, then added. */
export const billTotal = ({ lines }: Pick<Bill, "lines">): Cents => sumCents(lines.map(lineTotal));
