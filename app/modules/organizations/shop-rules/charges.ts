import { type BasisPoints, type Cents, percentText, portion, sumCents, toCents } from "~/kernel/money";

/** Classes of lines for tax and supplies. Core charges count as parts; outside work is done by vendors. */
export const lineClasses = ["labor", "parts", "fees", "outside"] as const;
export type LineClass = (typeof lineClasses)[number];

/** Shop supplies: a share of labor, parts or both, up to a cap; or a flat amount per order. */
export type Supplies =
  | { kind: "none" }
  | { kind: "share"; of: "labor" | "parts" | "both"; rate: BasisPoints; most: Cents | null; taxed: boolean }
  | { kind: "flat"; amount: Cents; taxed: boolean };

/** Tax and supplies rules. They are versioned, and a document stores the version it was made under. */
export type ChargeRules = { tax: Record<LineClass, BasisPoints>; supplies: Supplies };

/** A line's total price, already rounded; `counts` is false if it doesn't count for supplies. */
export type ChargedLine = { class: LineClass; price: Cents; counts: boolean };

export type Charges = Record<LineClass, Cents> & { supplies: Cents; subtotal: Cents; tax: Cents; total: Cents };

type Money = (amount: Cents) => string;
const bases = { labor: "labor", parts: "parts", both: "labor and parts" } as const;

/** "Shop supplies (5% of labor, at most $75.00)": how the charge was computed; `rules` has those of each order. */
export function suppliesLabel(rules: readonly Supplies[], money: Money): string {
  const described = new Set(rules.filter(({ kind }) => kind !== "none").map((one) => describeSupplies(one, rules.length > 1 ? " per order" : "", money)));
  const [only] = described;
  return described.size === 1 ? `Shop supplies (${only})` : "Shop supplies";
}

function describeSupplies(supplies: Supplies, per: string, money: Money): string {
  if (supplies.kind === "none") return "";
  if (supplies.kind === "flat") return `flat charge${per}`;
  const share = `${percentText(supplies.rate)}% of ${bases[supplies.of]}`;
  return supplies.most === null ? share : `${share}, at most ${money(supplies.most)}${per}`;
}

/** The sums of a document with their labels, in display order, on screen and paper. Zero sums are left out, except tax and total. */
export function sumRows(charges: Charges, taxExempt: boolean, suppliesTerm = "Shop supplies", totalTerm = "Total"): [word: string, amount: Cents][] {
  const { labor, parts, fees, outside, supplies, tax, total } = charges;
  const sums: [string, Cents][] = [
    ["Labor", labor],
    ["Parts", parts],
    ["Fees", fees],
    ["Outside work", outside],
    [suppliesTerm, supplies],
  ];
  return [...sums.filter(([, amount]) => amount !== 0), [taxExempt ? "Tax (exempt)" : "Tax", tax], [totalTerm, total]];
}

/**
 * The sums of a document. Each line and its tax are rounded before adding, so that the printed lines add up to the
 * printed totals.
 */
export function chargesOf(lines: readonly ChargedLine[], rules: ChargeRules, taxExempt: boolean): Charges {
  const sumOf = (wanted: LineClass) => sumCents(lines.filter((line) => line.class === wanted).map(({ price }) => price));
  const sums = { labor: sumOf("labor"), parts: sumOf("parts"), fees: sumOf("fees"), outside: sumOf("outside") };
  const supplies = suppliesOn(lines, rules.supplies);
  const subtotal = sumCents([sums.labor, sums.parts, sums.fees, sums.outside, supplies]);
  const suppliesTaxed = rules.supplies.kind !== "none" && rules.supplies.taxed;
  const taxes = [...lines.map((line) => portion(line.price, rules.tax[line.class])), suppliesTaxed ? portion(supplies, rules.tax.parts) : toCents(0)];
  const tax = taxExempt ? toCents(0) : sumCents(taxes);
  return { ...sums, supplies, subtotal, tax, total: sumCents([subtotal, tax]) };
}

function suppliesOn(lines: readonly ChargedLine[], supplies: Supplies): Cents {
  if (supplies.kind === "none") return toCents(0);
  const counted = lines.filter(({ counts }) => counts);
  // An order without work used no supplies.
  if (supplies.kind === "flat") return counted.some(({ class: of }) => of === "labor" || of === "parts") ? supplies.amount : toCents(0);
  const base = counted.filter(({ class: of }) => (supplies.of === "both" ? of === "labor" || of === "parts" : of === supplies.of));
  const share = portion(toCents(Math.max(0, sumCents(base.map(({ price }) => price)))), supplies.rate);
  return supplies.most !== null && share > supplies.most ? supplies.most : share;
}
