import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { type ChargeRules, type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { charged, type Line, priceOf } from "~/modules/work-orders/jobs/job";

/** One complaint and what the shop suggests about it. */
export type Group = {
  id: Id<"job">;
  complaint: string;
  recommendation: string;
  /** Its lines are approved or declined together: one without the others is no repair. */
  together: boolean;
  lines: readonly Line[];
};

/** What the shop writes. `insideNote` and the lines' costs are the shop's alone. */
export type Content = {
  title: string;
  note: string;
  insideNote: string;
  validThrough: string;
  /** What the shop asks for before it begins; null where it asks for nothing. */
  deposit: Cents | null;
  groups: readonly Group[];
};
/** What is written besides the jobs. */
export type Head = Omit<Content, "groups">;

/** A photo that goes with a line: by its checksum, so that what was seen can be proved. */
export type SnapshotPhoto = { id: Id<"attachment">; name: string; sha256: string };
export type SnapshotLine = Omit<Line, "cost"> & { price: Cents; photos: readonly SnapshotPhoto[] };
export type SnapshotGroup = Omit<Group, "lines"> & { lines: readonly SnapshotLine[] };

/** One revision as the customer reads it, whole: what is not in here, the customer never gets. Its text is what a decision is bound to. */
export type EstimateSnapshot = {
  number: number;
  revision: number;
  title: string;
  note: string;
  /** The last day on which it can be approved, as the shop's calendar has it. */
  validThrough: string;
  deposit: Cents | null;
  unit: string;
  unitNumber: string;
  groups: readonly SnapshotGroup[];
  rules: ChargeRules;
  taxExempt: boolean;
  charges: Charges;
};

type Facts = Pick<EstimateSnapshot, "number" | "revision" | "unit" | "unitNumber" | "taxExempt"> & { rules: ChargeRules; photos: Photos };
/** The photos that the customer may see, by line. */
export type Photos = Readonly<Record<string, readonly SnapshotPhoto[]>>;

/** Each field is named: what a line or a group gets later is not shown until somebody decides so. */
export function takeSnapshot(
  { title, note, validThrough, deposit, groups }: Content,
  { number, revision, unit, unitNumber, taxExempt, rules, photos }: Facts,
): EstimateSnapshot {
  const { tax, supplies } = rules;
  return {
    number,
    revision,
    title,
    note,
    validThrough,
    deposit,
    unit,
    unitNumber,
    groups: groups.map(({ id, complaint, recommendation, together, lines }) => ({
      id,
      complaint,
      recommendation,
      together,
      lines: lines.map((line) => ({
        id: line.id,
        kind: line.kind,
        text: line.text,
        partNumber: line.partNumber,
        quantity: line.quantity,
        each: line.each,
        ...(line.discount ? { discount: line.discount } : {}),
        supplies: line.supplies,
        price: priceOf(line),
        photos: photos[line.id] ?? [],
      })),
    })),
    rules: { tax, supplies },
    taxExempt,
    charges: chargesOf(linesIn({ groups }).map(charged), rules, taxExempt),
  };
}

export const linesIn = <L>({ groups }: { groups: readonly { lines: readonly L[] }[] }): L[] => groups.flatMap(({ lines }) => lines);

/** The same content is the same text, whatever order its fields were written in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

export type Split = { approved: Cents; declined: Cents };

/**
 * What a choice of lines comes to, with supplies and tax as they will be charged, and what it leaves off. The two
 * add up to the whole: supplies may be capped, so a part by itself can cost more than its share.
 */
export function splitOf(snapshot: Pick<EstimateSnapshot, "groups" | "rules" | "taxExempt" | "charges">, approved: ReadonlySet<string>): Split {
  const chosen = linesIn(snapshot).filter(({ id }) => approved.has(id));
  const { total } = chargesOf(
    chosen.map((line) => charged({ ...line, cost: null })),
    snapshot.rules,
    snapshot.taxExempt,
  );
  return { approved: total, declined: toCents(snapshot.charges.total - total) };
}
