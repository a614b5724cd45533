import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { type ChargeRules, type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { charged, type Line, priceOf } from "~/modules/work-orders/jobs/job";

/** One complaint and the work the shop recommends for it. */
export type Group = {
  id: Id<"job">;
  complaint: string;
  recommendation: string;
  /** Its lines are approved or declined together, because one without the others is not a repair. */
  together: boolean;
  lines: readonly Line[];
};

/** The content of a revision. `insideNote` and the costs of lines are internal. */
export type Content = {
  title: string;
  note: string;
  insideNote: string;
  validThrough: string;
  /** Deposit due before work begins; null if none. */
  deposit: Cents | null;
  groups: readonly Group[];
};
/** The content without the jobs. */
export type Head = Omit<Content, "groups">;

/** A photo of a line. The checksum proves which photo the customer saw. */
export type SnapshotPhoto = { id: Id<"attachment">; name: string; sha256: string };
export type SnapshotLine = Omit<Line, "cost"> & { price: Cents; photos: readonly SnapshotPhoto[] };
export type SnapshotGroup = Omit<Group, "lines"> & { lines: readonly SnapshotLine[] };

/** Everything the customer sees of a revision, and nothing else. A decision is bound to the hash of this text. */
export type EstimateSnapshot = {
  number: number;
  revision: number;
  title: string;
  note: string;
  /** Last day to approve it, in the shop's time zone. */
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
/** Photos the customer may see, by line. */
export type Photos = Readonly<Record<string, readonly SnapshotPhoto[]>>;

/** Lists every field by name, so a field added to lines or groups later is not shown to customers by accident. */
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

/** JSON with sorted keys, so that equal content has an equal hash. */
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
 * Totals of the approved lines with supplies and tax, and of the rest. The two add up to the whole: supplies may be
 * capped, so a part by itself can cost more than its share.
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
