import { type Cents, type Quantity, sumCents, times, toCents } from "~/kernel/money";

export const vendorChargeKinds = ["labor", "part", "fee"] as const;
export type VendorChargeKind = (typeof vendorChargeKinds)[number];
export const vendorChargeKindLabels: Record<VendorChargeKind, string> = { labor: "Labor", part: "Part", fee: "Fee" };

/** One line of what a vendor asks for: hours, parts or a fee. */
export type VendorChargeLine = { kind: VendorChargeKind; text: string; quantity: Quantity; each: Cents };
/** An estimate or an invoice of a vendor's, as it was sent. Where `tax` is absent it charges none. */
export type VendorCharges = { lines: readonly VendorChargeLine[]; note: string; tax?: Cents };

export const lineTotal = ({ each, quantity }: Pick<VendorChargeLine, "each" | "quantity">): Cents => times(each, quantity);
/** Every line is rounded by itself, then added. */
export const linesTotal = ({ lines }: Pick<VendorCharges, "lines">): Cents => sumCents(lines.map(lineTotal));
export const taxOf = ({ tax }: Pick<VendorCharges, "tax">): Cents => tax ?? toCents(0);
/** What the vendor asks for in all: its tax is a sum of its own, on top of the lines. */
export const vendorChargesTotal = (charges: Pick<VendorCharges, "lines" | "tax">): Cents => sumCents([linesTotal(charges), taxOf(charges)]);
