import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, percentText, portion, type Quantity, quantityText, sumCents, times, toBasisPoints, toCents } from "~/kernel/money";
import type { ChargedLine, LineClass } from "~/modules/organizations/shop-rules/charges";
import type { JobOptions } from "../lines/job-options";
import type { LineOffer } from "../lines/line-decision";

export const lineKinds = ["labor", "part", "core", "fee", "outside"] as const;
export type LineKind = (typeof lineKinds)[number];

export const lineKindLabels: Record<LineKind, string> = { labor: "Labor", part: "Part", core: "Core charge", fee: "Fee", outside: "Outside work" };
const classes: Record<LineKind, LineClass> = { labor: "labor", part: "parts", core: "parts", fee: "fees", outside: "outside" };

/** A charge: labor, a part, outside work. Labor quantities are book hours; clocked time is separate. */
export type Line = {
  id: Id<"line">;
  kind: LineKind;
  text: string;
  partNumber: string | null;
  /** Hours or pieces, in thousandths. */
  quantity: Quantity;
  each: Cents;
  /** Discount; absent if none. */
  discount?: BasisPoints;
  /** Unit cost to the shop; null if unknown. Internal. */
  cost: Cents | null;
  /** Whether it counts for shop supplies. */
  supplies: boolean;
  /** Concerns safety, so declining it is marked; absent if not. */
  safety?: true;
  /** The option of its job that it is in; absent if it is in all of them. */
  option?: Id<"option">;
  /** Of a core charge, the part it is for, which it follows in everything; absent if none. */
  ofLine?: Id<"line">;
};

/** A line of an order, with what the order keeps about it. */
export type OrderLine = Line & {
  /** The order's versions when it last changed, and when it was written. */
  version: number;
  writtenIn: number;
  /** Its price, before supplies and tax, on the newest estimate that was sent with it and not withdrawn; null if none. */
  quoted: Cents | null;
  /** The one estimate that it is on; null if none. */
  offer: (Omit<LineOffer, "lineId"> & { /** What it was quoted before this estimate. */ quotedBefore: Cents | null }) | null;
  /** The estimate on which it was first offered all or nothing, with others of its job; null if it was offered by itself. */
  offeredWith: Id<"estimate"> | null;
  /** Answered when the order is completed; null until then. */
  done: boolean | null;
  /** The deferred line that it offers again. */
  revivedFrom: Id<"line"> | null;
  /** The outside work that it pays for; null if none. */
  vendorJobId: Id<"vendorJob"> | null;
  /** Its price is to follow the vendor's invoice. */
  priceFollows: boolean;
  /** Nobody knows its price yet, so it can be neither offered nor invoiced. */
  priceOpen: boolean;
};

export type Technician = { id: Id<"membership">; name: string };

/** A complaint with its cause and correction. */
export type Job<L extends Line = OrderLine> = {
  id: Id<"job">;
  position: number;
  complaint: string;
  cause: string;
  correction: string;
  /** VMRS code as text: system, assembly, component. The code table is licensed, so we can't ship it. */
  vmrs: string | null;
  technician: Technician | null;
  /** Ways to do it that the customer chooses from; absent if there is one. */
  options?: JobOptions;
  lines: readonly L[];
  /** The order's version when this job last changed. */
  version: number;
};

/** A job as it is written, before it has a place on its order. */
export type JobDraft = Omit<Job<Line>, "version" | "position">;
/** A new job of a canned one; which one is kept with it for good. */
export type CannedDraft = JobDraft & { cannedJobId: Id<"cannedJob"> };

/** 100 percent. */
export const FULL_DISCOUNT = toBasisPoints(10_000);

/** The price of a line: the discount applies to the whole line, rounded once. Tax and supplies are based on this price. */
export function priceOf({ each, quantity, discount = toBasisPoints(0) }: Pick<Line, "each" | "quantity" | "discount">): Cents {
  const full = times(each, quantity);
  return toCents(full - portion(full, discount));
}

/** "10 % off"; null without a discount. */
export const formatDiscount = ({ discount }: Pick<Line, "discount">): string | null => (discount ? `${percentText(discount)} % off` : null);

/** What a line costs the shop. Of outside work it is the vendor's invoice, whatever the line's quantity. */
export const costOf = (line: Line & Partial<Pick<OrderLine, "vendorJobId">>): Cents | null =>
  line.cost === null ? null : line.vendorJobId ? line.cost : times(line.cost, line.quantity);
export const charged = (line: Line): ChargedLine => ({ class: classes[line.kind], price: priceOf(line), counts: line.supplies });

/** VMRS 2000: three digits each for system, assembly and component; the last two are optional. */
export const isVmrs = (text: string): boolean => /^\d{3}(-\d{3}(-\d{3})?)?$/.test(text);

export type LineSums = {
  price: Cents;
  cost: Cents /** How many priced lines have no cost. Labor doesn't count: its cost is on the clock. */;
  costUnknown: number;
};

/** Sums of lines, before supplies and tax. */
export function sumsOf(lines: readonly Line[]): LineSums {
  return {
    price: sumCents(lines.map(priceOf)),
    cost: sumCents(lines.map((line) => costOf(line) ?? (0 as Cents))), // zero cents are whole cents
    costUnknown: lines.filter(({ kind, cost }) => kind !== "labor" && cost === null).length,
  };
}

/** Whether a line of that many at that price can be kept; what is not typed yet does not count. */
export const fitsALine = (each: number | null, quantity: number | null): boolean => Math.abs((each ?? 0) * ((quantity ?? 0) / 1_000)) < MOST_A_LINE;

/** In cents. The sum of an order full of such lines is still an exact integer. */
export const MOST_A_LINE = 100_000_000_000;

/** "3.5 h" for labor, "2" for anything else. */
export const formatQuantity = ({ kind, quantity }: Pick<Line, "kind" | "quantity">): string => `${quantityText(quantity)}${kind === "labor" ? " h" : ""}`;
