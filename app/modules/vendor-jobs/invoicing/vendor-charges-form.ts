import { type Cents, moneyText, parseMoney, parseQuantity, quantityText, times } from "~/kernel/money";
import { fitsALine, MOST_A_LINE } from "~/modules/work-orders/jobs/job";
import { type VendorChargeKind, type VendorChargeLine, type VendorCharges, vendorChargeKinds } from "./vendor-charges";

/** Form values as typed, by field name. */
export type Typed = Readonly<Record<string, string>>;
export type TypedLine = Record<"kind" | "text" | "quantity" | "each", string>;
export const chargeField = (row: number, field: keyof TypedLine): string => `line-${row}-${field}`;

export const MOST_LINES = 40;

export const blankLine = (kind: VendorChargeKind): TypedLine => ({ kind, text: "", quantity: "1", each: "" });
export const TAX = "tax";
export const typedTax = ({ tax }: Pick<VendorCharges, "tax">): string => (tax ? moneyText(tax) : "");
/** The lines of a new form. */
export const blankLines = (): TypedLine[] => [blankLine("labor")];
/** Extra rows for browsers without JavaScript, which can't add any. */
export const spareLines = (): TypedLine[] => [blankLine("part"), blankLine("fee")];
export const typedLine = ({ kind, text, quantity, each }: VendorChargeLine): TypedLine => ({
  kind,
  text,
  quantity: quantityText(quantity),
  each: moneyText(each),
});

/** The rows of a refused form, as typed. */
export function typedLines(typed: Typed): TypedLine[] {
  const rows: TypedLine[] = [];
  for (let row = 0; row < MOST_LINES && chargeField(row, "kind") in typed; row++) {
    const of = (field: keyof TypedLine) => typed[chargeField(row, field)] ?? "";
    rows.push({ kind: of("kind"), text: of("text"), quantity: of("quantity"), each: of("each") });
  }
  return rows;
}

/** What a row makes while it is typed; null where that is no line yet, or none that can be kept. */
export function typedTotal({ each, quantity }: TypedLine): Cents | null {
  const [price, count] = [parseMoney(each), quantity.trim() === "" ? parseQuantity("1") : parseQuantity(quantity)];
  return price === null || count === null || !fitsALine(price, count) ? null : times(price, count);
}

const isBlank = ({ text, each }: TypedLine): boolean => text.trim() === "" && each.trim() === "";

/** Reads the lines and the tax of an estimate or invoice. Empty rows are ignored. */
export function readCharges(typed: Typed): { ok: true; lines: VendorChargeLine[]; tax?: Cents } | { ok: false; fields: Record<string, string> } {
  const fields: Record<string, string> = {};
  const lines = typedLines(typed).flatMap((it, row): VendorChargeLine[] => {
    if (isBlank(it)) return [];
    const wrong = (field: keyof TypedLine, message: string) => {
      fields[chargeField(row, field)] = `Line ${row + 1}: ${message}`;
    };
    const text = it.text.trim();
    const quantity = it.quantity.trim() === "" ? parseQuantity("1") : parseQuantity(it.quantity);
    const each = parseMoney(it.each);
    if (text === "") wrong("text", "enter a description.");
    if (text.length > 300) wrong("text", "use at most 300 characters.");
    if (quantity === null || quantity <= 0) wrong("quantity", "enter a quantity such as 2 or 1.5.");
    if (each === null || each < 0) wrong("each", "enter a price such as 145.00.");
    else if (!fitsALine(each, quantity)) wrong("each", "the amount is too large for one line.");
    const kind = vendorChargeKinds.find((known) => known === it.kind) ?? "fee";
    return quantity === null || each === null ? [] : [{ kind, text, quantity, each }];
  });
  const tax = parseMoney(typed[TAX]?.trim() || "0");
  if (tax === null || tax < 0 || tax >= MOST_A_LINE) fields[TAX] = "Enter tax as an amount such as 12.50, or leave it empty.";
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, lines, ...(tax ? { tax } : {}) };
}
