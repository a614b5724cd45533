import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, percentText, portion, type Quantity, sumCents, times, toBasisPoints, toCents } from "~/kernel/money";
import type { ChargedLine, LineClass } from "~/modules/organizations/shop-rules/charges";

export const lineKinds = ["labor", "part", "core", "fee", "outside"] as const;
export type LineKind = (typeof lineKinds)[number];

export const lineKindLabels: Record<LineKind, string> = { labor: "Labor", part: "Part", core: "Core charge", fee: "Fee", outside: "Outside work" };
const classes: Record<LineKind, LineClass> = { labor: "labor", part: "parts", core: "parts", fee: "fees", outside: "outside" };

/** One thing that is charged: hours of labor, a part, a vendor's work. Hours are book hours; the clock is kept apart. */
export type Line = {
  id: Id<"line">;
  kind: LineKind;
  text: string;
  partNumber: string | null;
  /** Hours or pieces. */
  quantity: Quantity;
  each: Cents;
  /** What is taken off its price; left out where nothing is. */
  discount?: BasisPoints;
  /** What one costs the shop; null where nobody knows. Staff's alone. */
  cost: Cents | null;
  /** Whether shop supplies are charged on it. */
  supplies: boolean;
};

export type Technician = { id: Id<"membership">; name: string };

/** One complaint and its repair: why it came, what was found, what was done. */
export type Job = {
  id: Id<"job">;
  position: number;
  complaint: string;
  cause: string;
  correction: string;
  /** VMRS code as text: system, assembly, component. The table itself is licensed and not ours to ship. */
  vmrs: string | null;
  technician: Technician | null;
  lines: readonly Line[];
  /** The order's version when this job last changed. */
  version: number;
};

/** The most that can be taken off: all of it. */
export const FULL_DISCOUNT = toBasisPoints(10_000);

/** What a line is charged at: its discount is taken off the whole line, rounded once. Tax and supplies follow this price. */
export function priceOf({ each, quantity, discount = toBasisPoints(0) }: Pick<Line, "each" | "quantity" | "discount">): Cents {
  const full = times(each, quantity);
  return toCents(full - portion(full, discount));
}

/** "10 % off"; nothing where the price is the full one. */
export const formatDiscount = ({ discount }: Pick<Line, "discount">): string | null => (discount ? `${percentText(discount)} % off` : null);

export const costOf = (line: Line): Cents | null => (line.cost === null ? null : times(line.cost, line.quantity));
export const charged = (line: Line): ChargedLine => ({ class: classes[line.kind], price: priceOf(line), counts: line.supplies });

/** VMRS 2000: three digits of a system, then of an assembly, then of a component, as far as is known. */
export const isVmrs = (text: string): boolean => /^\d{3}(-\d{3}(-\d{3})?)?$/.test(text);

export type LineSums = {
  price: Cents;
  cost: Cents /** Lines that are sold at a price and whose cost nobody wrote down; labor's is on the clock. */;
  costUnknown: number;
};

/** What lines come to, before supplies and tax. */
export function sumsOf(lines: readonly Line[]): LineSums {
  return {
    price: sumCents(lines.map(priceOf)),
    cost: sumCents(lines.map((line) => costOf(line) ?? (0 as Cents))), // zero cents are whole cents
    costUnknown: lines.filter(({ kind, cost }) => kind !== "labor" && cost === null).length,
  };
}
