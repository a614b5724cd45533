import { type Cents, type Quantity, sumCents, times, toCents } from "~/kernel/money";

export const vendorChargeKinds = ["labor", "part", "fee"] as const;
export type VendorChargeKind = (typeof vendorChargeKinds)[number];
export const vendorChargeKindLabels: Record<VendorChargeKind, string> = { labor: "Labor", part: "Part", fee: "Fee" };

/** One line of a vendor's estimate or invoice: labor, a part or a fee. */
export type VendorChargeLine = { kind: VendorChargeKind; text: string; quantity: Quantity; each: Cents };
/** A vendor's estimate or invoice as sent. Without `tax` it charges none. */
export type VendorCharges = { lines: readonly VendorChargeLine[]; note: string; tax?: Cents };

export const lineTotal = ({ each, quantity }: Pick<VendorChargeLine, "each" | "quantity">): Cents => times(each, quantity);
/** Each line is rounded by itself, then added. */
export const linesTotal = ({ lines }: Pick<VendorCharges, "lines">): Cents => sumCents(lines.map(lineTotal));
export const taxOf = ({ tax }: Pick<VendorCharges, "tax">): Cents => tax ?? toCents(0);
/** Lines plus tax, which vendors charge as one sum. */
export const vendorChargesTotal = (charges: Pick<VendorCharges, "lines" | "tax">): Cents => sumCents([linesTotal(charges), taxOf(charges)]);
