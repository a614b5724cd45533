import { type Id, newId, parseId } from "~/kernel/ids";
import { type Cents, moneyText, parseMoney, parsePercent, parseQuantity, percentText, quantityText, toBasisPoints } from "~/kernel/money";
import { type Markup, partPrice } from "~/modules/organizations/shop-rules/shop-rules";
import { FULL_DISCOUNT, fitsALine, isVmrs, type Job, type Line, type LineKind, lineKinds, priceOf } from "./job";
import { readOptions } from "./options-form";

/** Form values as typed, by field name. */
export type Typed = Readonly<Record<string, string>>;
/** A line as form values. */
export type TypedLine = {
  id: string;
  kind: LineKind;
  text: string;
  partNumber: string;
  quantity: string;
  each: string;
  discount: string;
  cost: string;
  supplies: boolean;
  safety: boolean;
  /** The id of its option; empty for a line of all of them. */
  option: string;
  /** The id of the part that a core is for; empty for the part above it, `NO_PART` for none. */
  of: string;
};
export const NO_PART = "none";
export type WrittenJob = Pick<Job, "complaint" | "cause" | "correction" | "vmrs" | "options"> & { lines: readonly Line[] };

/** Far above any real job; two people may add to it at once. */
const MOST_LINES = 200;
const LONGEST = 4_000;

export const lineFields = ["id", "kind", "text", "partNumber", "quantity", "each", "discount", "cost", "supplies", "safety", "option", "of"] as const;
export const lineField = (row: number, field: (typeof lineFields)[number]): string => `line-${row}-${field}`;

/** An empty row. Labor starts with the given hourly rate as its price. */
export const blankLine = (kind: LineKind, each = ""): TypedLine => ({
  id: newId("line"),
  kind,
  text: "",
  partNumber: "",
  quantity: "1",
  each,
  discount: "",
  cost: "",
  supplies: kind === "labor" || kind === "part",
  safety: false,
  option: "",
  of: "",
});

export const typedLine = (line: Line): TypedLine => ({
  id: line.id,
  kind: line.kind,
  text: line.text,
  partNumber: line.partNumber ?? "",
  quantity: quantityText(line.quantity),
  each: moneyText(line.each),
  discount: line.discount ? percentText(line.discount) : "",
  cost: line.cost === null ? "" : moneyText(line.cost),
  supplies: line.supplies,
  safety: line.safety ?? false,
  option: line.option ?? "",
  of: line.ofLine ?? NO_PART,
});

/** The rows a form starts with: the existing lines and an empty one, or one for labor and two for parts. */
export const firstRows = (lines: readonly Line[], hour: string): TypedLine[] =>
  lines.length > 0 ? [...lines.map(typedLine), blankLine("part")] : [blankLine("labor", hour), blankLine("part"), blankLine("part")];

/** The rows of a refused form, as typed. */
export function typedLines(typed: Typed): TypedLine[] {
  const rows: TypedLine[] = [];
  // One more than a job takes, so that too many are noticed.
  for (let row = 0; row <= MOST_LINES && lineField(row, "kind") in typed; row++) {
    const of = (field: (typeof lineFields)[number]) => typed[lineField(row, field)] ?? "";
    const kind = lineKinds.find((known) => known === of("kind")) ?? "part";
    rows.push({
      id: of("id"),
      kind,
      text: of("text"),
      partNumber: of("partNumber"),
      quantity: of("quantity"),
      each: of("each"),
      discount: of("discount"),
      cost: of("cost"),
      supplies: of("supplies") === "on",
      safety: of("safety") === "on",
      option: of("option"),
      of: of("of"),
    });
  }
  return rows;
}

/** Whether a row was left empty. */
const isBlank = ({ text, partNumber, quantity, each, discount, cost }: TypedLine, usual: ReadonlySet<string>): boolean =>
  text.trim() === "" &&
  partNumber.trim() === "" &&
  cost.trim() === "" &&
  discount.trim() === "" &&
  ["", "1"].includes(quantity.trim()) &&
  (each.trim() === "" || usual.has(each.trim()));

/**
 * Reads a job's form, or returns errors by field. `usualPrices` are the prices that blank rows start with: a row with
 * nothing else was not used. A part without a price is sold at its cost plus the shop's markup.
 */
export function readJobForm(
  typed: Typed,
  usualPrices: readonly string[],
  markups: readonly Markup[] = [],
): { ok: true; job: WrittenJob } | { ok: false; fields: Record<string, string> } {
  const fields: Record<string, string> = {};
  const text = (name: string): string => {
    const value = (typed[name] ?? "").trim();
    if (value.length > LONGEST) fields[name] = `Use at most ${LONGEST} characters.`;
    return value;
  };
  const complaint = text("complaint");
  if (complaint === "") fields.complaint = "Enter the customer's or driver's complaint.";
  const [cause, correction, vmrs] = [text("cause"), text("correction"), text("vmrs")];
  if (vmrs !== "" && !isVmrs(vmrs)) fields.vmrs = "Enter a VMRS code such as 013, 013-001 or 013-001-015.";
  const rows = typedLines(typed);
  if (rows.length > MOST_LINES) fields.complaint = `A job takes up to ${MOST_LINES} lines. Put the others in a job of their own.`;
  const usual = new Set(usualPrices);
  const options = readOptions(typed, fields);
  const lines: Line[] = [];
  const known = new Set<string>();
  for (const [row, it] of rows.entries()) {
    if (isBlank(it, usual)) continue;
    const line = readLine(it, row, fields, markups);
    if (!line) continue;
    if (known.has(line.id)) line.id = newId("line");
    known.add(line.id);
    const option = options?.list.find(({ id }) => id === it.option);
    if (it.option && !option) fields[lineField(row, "option")] = `Line ${row + 1}: its option was removed. Choose another one, or all of them.`;
    const part = line.kind === "core" ? partFor(it.of, lines, rows) : null;
    lines.push({ ...line, ...(option ? { option: option.id } : {}), ...(part ? { ofLine: part } : {}) });
  }
  return Object.keys(fields).length > 0
    ? { ok: false, fields }
    : { ok: true, job: { complaint, cause, correction, vmrs: vmrs || null, ...(options ? { options } : {}), lines } };
}

/** The part that a core is for: the one chosen, or else the part above it. */
function partFor(chosen: string, above: readonly Line[], rows: readonly TypedLine[]): Id<"line"> | null {
  if (chosen === "") return above.findLast(({ kind }) => kind === "part")?.id ?? null;
  return parseId("line", rows.find(({ id, kind, text }) => id === chosen && kind === "part" && text.trim() !== "")?.id);
}

function readLine(it: TypedLine, row: number, fields: Record<string, string>, markups: readonly Markup[]): Line | null {
  const before = Object.keys(fields).length;
  const wrong = (field: (typeof lineFields)[number], message: string) => {
    fields[lineField(row, field)] = message;
  };
  const text = it.text.trim();
  if (text === "") wrong("text", `Line ${row + 1}: enter a description.`);
  if (text.length > 300) wrong("text", `Line ${row + 1}: use at most 300 characters.`);
  const quantity = it.quantity.trim() === "" ? parseQuantity("1") : parseQuantity(it.quantity);
  if (quantity === null) wrong("quantity", `Line ${row + 1}: enter a quantity such as 2 or 1.5.`);
  const each = it.each.trim() === "" ? (suggestedPrice(it, markups) ?? parseMoney("0")) : parseMoney(it.each);
  if (each === null || each < 0) wrong("each", `Line ${row + 1}: enter a price such as 145.00.`);
  const cost = it.cost.trim() === "" ? null : parseMoney(it.cost);
  if (it.cost.trim() !== "" && (cost === null || cost < 0)) wrong("cost", `Line ${row + 1}: enter a cost such as 88.50.`);
  const discount = it.discount.trim() === "" ? toBasisPoints(0) : parsePercent(it.discount);
  if (discount === null || discount < 0 || discount > FULL_DISCOUNT) wrong("discount", `Line ${row + 1}: enter a discount from 0 to 100 percent, such as 10.`);
  if (!fitsALine(each, quantity)) wrong("each", `Line ${row + 1}: quantity times price is too large for one line.`);
  if (!fitsALine(cost, quantity)) wrong("cost", `Line ${row + 1}: quantity times cost is too large for one line.`);
  if (Object.keys(fields).length > before || quantity === null || each === null || discount === null) return null;
  const id: Id<"line"> = parseId("line", it.id) ?? newId("line");
  return {
    id,
    kind: it.kind,
    text,
    partNumber: it.partNumber.trim().slice(0, 60) || null,
    quantity,
    each,
    ...(discount > 0 ? { discount } : {}),
    cost,
    supplies: it.supplies,
    ...(it.safety ? { safety: true as const } : {}),
  };
}

/** The price by the shop's markups of a part that has a cost and no price; otherwise null. */
export function suggestedPrice({ kind, each, cost }: Pick<TypedLine, "kind" | "each" | "cost">, markups: readonly Markup[]): Cents | null {
  const known = kind === "part" && each.trim() === "" && cost.trim() !== "" ? parseMoney(cost) : null;
  return known === null || known < 0 ? null : partPrice(known, markups);
}

/** What a row makes while it is typed; null where that is no line yet, or none that can be kept. */
export function typedTotal(row: TypedLine, markups: readonly Markup[]): Cents | null {
  const { each, quantity, discount } = row;
  const [price, count] = [
    each.trim() === "" ? suggestedPrice(row, markups) : parseMoney(each),
    quantity.trim() === "" ? parseQuantity("1") : parseQuantity(quantity),
  ];
  const off = discount.trim() === "" ? null : parsePercent(discount);
  if (price === null || count === null || !fitsALine(price, count)) return null;
  return priceOf({ each: price, quantity: count, ...(off !== null && off >= 0 && off <= FULL_DISCOUNT ? { discount: off } : {}) });
}
