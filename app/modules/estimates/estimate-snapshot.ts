import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import type { UnitFacts } from "~/modules/assets/unit-facts";
import type { BillTo } from "~/modules/customers/bill-to";
import type { ShopParty } from "~/modules/organizations/shop-party";
import { type ChargedLine, type ChargeRules, type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { charged, type Job, type Line, type OrderLine, priceOf } from "~/modules/work-orders/jobs/job";
import type { OrderAuthorization } from "~/modules/work-orders/lines/authorization";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { type JobOptions, linesWith, livingOptions } from "~/modules/work-orders/lines/job-options";

/** A job of the order on an estimate: which of its lines are offered, and what the shop recommends. */
export type OfferedJob = {
  jobId: Id<"job">;
  recommendation: string;
  /** Its lines are approved or declined together, because one without the others is not a repair. */
  together: boolean;
  lineIds: readonly Id<"line">[];
};

/** How fast an answer is wanted, in hours that the shop is open, and which contact is asked when nobody answers in time. */
export type AnswerWanted = { hours: number; backupId: Id<"contact"> | null };

/** The content of a revision. It names lines of the order and has none of its own. `insideNote` is internal. */
export type Content = {
  title: string;
  note: string;
  insideNote: string;
  validThrough: string;
  /** Deposit due before work begins; null if none. */
  deposit: Cents | null;
  /** Absent where there is no hurry. */
  answerWanted?: AnswerWanted;
  jobs: readonly OfferedJob[];
};
/** The content without the lines. */
export type Head = Omit<Content, "jobs">;

export const lineIdsIn = ({ jobs }: Pick<Content, "jobs">): Id<"line">[] => jobs.flatMap(({ lineIds }) => lineIds);

/** A photo of a line. The checksum proves which photo the customer saw. */
export type SnapshotPhoto = { id: Id<"attachment">; name: string; sha256: string };
export type SnapshotLine = Omit<Line, "cost"> & {
  price: Cents;
  photos: readonly SnapshotPhoto[];
  /** What the customer approved for it before; absent if it is new. */
  approvedBefore?: Cents;
};
export type SnapshotGroup = {
  id: Id<"job">;
  complaint: string;
  recommendation: string;
  together: boolean;
  /** Of which the customer chooses one, with the lines that are in all of them; absent where there is no choice. */
  options?: JobOptions;
  lines: readonly SnapshotLine[];
};

/** Everything the customer sees of a revision, and nothing else. A decision is bound to the hash of this text. */
export type EstimateSnapshot = {
  number: number;
  revision: number;
  title: string;
  note: string;
  /** Last day to approve it, in the shop's time zone. */
  validThrough: string;
  deposit: Cents | null;
  /** Until when an answer is wanted, and who is asked after that; absent where there is no hurry. */
  answerBy?: { at: UtcMs; backup: string | null };
  customer: string;
  billTo: BillTo;
  /** Null in a preview, which names the shop as it is now. */
  shop: ShopParty | null;
  unitFacts: UnitFacts;
  unitNumber: string;
  groups: readonly SnapshotGroup[];
  /** What the customer agreed to on this order before. Empty unless this is a supplement. */
  agreed: readonly (ChargedLine & { id: Id<"line"> })[];
  rules: ChargeRules;
  taxExempt: boolean;
  /** What the offered lines add to the order, with the preselected options. Supplies may be capped or flat, so a supplement can add less than its lines alone would cost. */
  charges: Charges;
};

/** Photos the customer may see, by line. */
export type Photos = Readonly<Record<string, readonly SnapshotPhoto[]>>;
/** Whom and which unit it is for, and from whom. */
export type Parties = Pick<EstimateSnapshot, "customer" | "billTo" | "shop" | "unitFacts" | "unitNumber">;
/** For a snapshot of which only the sums are asked. */
export const noParties: Parties = {
  customer: "",
  billTo: { address: null, taxId: null },
  shop: null,
  unitFacts: { kind: "truck", vin: null, plate: null, year: null, make: null, model: null, odometer: null, engine: null },
  unitNumber: "",
};
type Facts = Parties & Pick<EstimateSnapshot, "number" | "revision" | "taxExempt" | "answerBy"> & { rules: ChargeRules; photos: Photos };
/** The order whose lines are offered. */
export type OfferedOrder = { jobs: readonly Pick<Job, "id" | "complaint" | "options" | "lines">[]; authorization: OrderAuthorization };

/** The jobs of an order as an estimate offers them. Lines that went to another order since are offered with the job they are on now. */
export function offeredJobsIn<J extends Pick<Job, "id" | "lines">>(
  { jobs: offered }: Pick<Content, "jobs">,
  jobs: readonly J[],
): (Omit<OfferedJob, "jobId"> & { job: J })[] {
  const chosen = new Set(lineIdsIn({ jobs: offered }));
  return jobs.map((job) => {
    const its = offered.find(({ jobId }) => jobId === job.id) ?? offered.find(({ lineIds }) => job.lines.some(({ id }) => lineIds.includes(id)));
    const lineIds = job.lines.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
    return { job, recommendation: its?.recommendation ?? "", together: its?.together ?? false, lineIds };
  });
}

/**
 * The chosen lines with what goes with them: all options of a job while the customer may choose, and the cores of parts.
 * Lines of options that were not chosen are left out.
 */
export function wholeJobs({ jobs: offered }: Pick<Content, "jobs">, { jobs, authorization }: OfferedOrder): OfferedJob[] {
  return offeredJobsIn({ jobs: offered }, jobs).flatMap(({ job, recommendation, together, lineIds }): OfferedJob[] => {
    const { lines } = job;
    const isIn = ({ id }: OrderLine) => lineIds.includes(id);
    const standing = ({ id }: OrderLine) => authorization.lines.get(id);
    const choosing = lines.some((line) => standing(line)?.isAlternative) && lines.some((line) => line.option && isIn(line));
    const chosen = lines.filter((line) => (isIn(line) || (choosing && line.option)) && (standing(line)?.isAlternative || standing(line)?.state !== "unchosen"));
    const cores = lines.filter((line) => {
      const part = partOf(line, chosen);
      return part && (line.offer === null || line.offer.estimateId === part.offer?.estimateId);
    });
    const whole = lines.filter((line) => chosen.includes(line) || cores.includes(line)).map(({ id }) => id);
    return whole.length > 0 ? [{ jobId: job.id, recommendation, together, lineIds: whole }] : [];
  });
}

/** Whether a line that was chosen isn't on the order anymore. */
export const namesGone = (content: Pick<Content, "jobs">, { jobs }: Pick<OfferedOrder, "jobs">): boolean =>
  lineIdsIn(content).some((id) => !jobs.some(({ lines }) => lines.some((line) => line.id === id)));

/** The options of a job of which two or more are offered. */
function offeredOptions({ options, lines }: Pick<Job, "options" | "lines">, offered: readonly OrderLine[], authorization: OrderAuthorization) {
  if (!options || !offered.some(({ id }) => authorization.lines.get(id)?.isAlternative)) return {};
  const list = livingOptions({ options, lines: offered });
  const counts = lines.find(({ id, option }) => option && authorization.lines.get(id)?.isAlternative === false)?.option;
  const preselected = list.find(({ id }) => id === counts) ?? list[0];
  return preselected && list.length > 1 ? { options: { list, preselected: preselected.id } } : {};
}

/** Lists every field by name, so a field added to lines or jobs later is not shown to customers by accident. */
export function takeSnapshot(content: Content, order: OfferedOrder, facts: Facts): EstimateSnapshot {
  const { number, revision, customer, billTo, shop, unitFacts, unitNumber, taxExempt, rules, photos, answerBy } = facts;
  const { title, note, validThrough, deposit } = content;
  const { tax, supplies } = rules;
  const authorized = (line: OrderLine): Cents => order.authorization.lines.get(line.id)?.authorized ?? toCents(0);
  const whole = { jobs: wholeJobs(content, order) };
  const groups = offeredJobsIn(whole, order.jobs).flatMap(({ job, recommendation, together, lineIds }): SnapshotGroup[] => {
    const lines = job.lines.filter(({ id }) => lineIds.includes(id));
    if (lines.length === 0) return [];
    return [
      {
        id: job.id,
        complaint: job.complaint,
        recommendation,
        together,
        ...offeredOptions(job, lines, order.authorization),
        lines: lines.map((line) => ({
          id: line.id,
          kind: line.kind,
          text: line.text,
          partNumber: line.partNumber,
          quantity: line.quantity,
          each: line.each,
          ...(line.discount ? { discount: line.discount } : {}),
          supplies: line.supplies,
          ...(line.safety ? { safety: line.safety } : {}),
          ...(line.option ? { option: line.option } : {}),
          ...(line.ofLine ? { ofLine: line.ofLine } : {}),
          price: priceOf(line),
          photos: photos[line.id] ?? [],
          ...(authorized(line) !== 0 ? { approvedBefore: authorized(line) } : {}),
        })),
      },
    ];
  });
  const agreed = order.jobs
    .flatMap(({ lines }) => lines)
    .flatMap((line) => {
      const its = order.authorization.lines.get(line.id);
      const price = sumCents([its?.authorized ?? toCents(0), its?.covered ?? toCents(0)]);
      return price !== 0 ? [{ ...charged(line), price, id: line.id }] : [];
    });
  const head = { number, revision, title, note, validThrough, deposit, ...(answerBy ? { answerBy } : {}), customer, billTo, shop, unitFacts, unitNumber };
  const snapshot = { ...head, groups, agreed, rules: { tax, supplies }, taxExempt };
  return { ...snapshot, charges: addedBy(snapshot, idsOf(countedIn(snapshot))) };
}

export const linesIn = <L>({ groups }: { groups: readonly { lines: readonly L[] }[] }): L[] => groups.flatMap(({ lines }) => lines);

const idsOf = (lines: readonly { id: string }[]): Set<string> => new Set(lines.map(({ id }) => id));

/** The option of each job that is chosen, by job. */
export type Picks = Readonly<Record<string, string>>;

/** The lines of a job with the option that is picked, else with the preselected. */
export function countedOf({ id, options, lines }: SnapshotGroup, picks: Picks = {}): readonly SnapshotLine[] {
  if (!options) return lines;
  const picked = options.list.find((option) => option.id === picks[id])?.id ?? options.preselected;
  return linesWith(lines, picked);
}
export const countedIn = ({ groups }: Pick<EstimateSnapshot, "groups">, picks: Picks = {}): SnapshotLine[] =>
  groups.flatMap((group) => countedOf(group, picks));

/** What the estimate adds with these options, with supplies and tax. */
export const chargesFor = (snapshot: Priced, picks: Picks): Charges => addedBy(snapshot, idsOf(countedIn(snapshot, picks)));
export const totalWith = (snapshot: Priced, picks: Picks): Cents => chargesFor(snapshot, picks).total;

/** The options of a job, each with its price before supplies and tax, and with the estimate's total if it is picked. */
export const pricedOptions = (snapshot: Priced, group: SnapshotGroup, picks: Picks = {}) =>
  (group.options?.list ?? []).map((option) => {
    const of = { ...picks, [group.id]: option.id };
    const lines = group.lines.filter((line) => line.option === option.id);
    return { ...option, lines, price: sumCents(countedOf(group, of).map(({ price }) => price)), total: totalWith(snapshot, of) };
  });

/** The cheapest option of each job, and the dearest. */
export const leastPicks = (snapshot: Priced): Picks => extremePicks(snapshot, 1);
export const mostPicks = (snapshot: Priced): Picks => extremePicks(snapshot, -1);
const extremePicks = (snapshot: Priced, sign: 1 | -1): Picks =>
  Object.fromEntries(
    snapshot.groups.flatMap((group) => {
      const [first] = [...pricedOptions(snapshot, group)].sort((a, b) => sign * (a.total - b.total));
      return first ? [[group.id, first.id]] : [];
    }),
  );

type Answered = { outcome: string; approved: readonly string[]; declined: readonly string[] } | null;

/** The charges that were answered: with the options that the customer chose. Unanswered, with the preselected. */
export const answeredCharges = (snapshot: Priced & Pick<EstimateSnapshot, "charges">, decision: Answered): Charges =>
  decision && decision.outcome !== "changes-requested" ? addedBy(snapshot, new Set([...decision.approved, ...decision.declined])) : snapshot.charges;
export const answeredTotal = (snapshot: Priced & Pick<EstimateSnapshot, "charges">, decision: Answered): Cents => answeredCharges(snapshot, decision).total;

type Priced = Pick<EstimateSnapshot, "groups" | "agreed" | "rules" | "taxExempt">;

/** What an order comes to with these lines approved, and what it came to before. */
function chargesWith({ groups, agreed, rules, taxExempt }: Priced, approved: ReadonlySet<string>): Charges {
  const chosen = linesIn({ groups }).filter(({ id }) => approved.has(id));
  return chargesOf(
    [
      ...agreed.filter(({ id }) => !approved.has(id)),
      ...chosen.map((line) => ({ ...charged({ ...line, cost: null }), ...(line.price === 0 ? { counts: false } : {}) })),
    ],
    rules,
    taxExempt,
  );
}

/** The charges that approving these lines adds to the order. */
function addedBy(snapshot: Priced, approved: ReadonlySet<string>): Charges {
  const [after, before] = [chargesWith(snapshot, approved), chargesWith(snapshot, new Set())];
  const names = Object.keys(after) as (keyof Charges)[]; // the keys of the object above
  return Object.fromEntries(names.map((name) => [name, toCents(after[name] - before[name])])) as Charges; // the same keys
}

/** What the customer agreed to before a supplement, with supplies and tax; zero if this is not one. */
export const agreedBefore = (snapshot: Priced): Cents => chargesWith(snapshot, new Set()).total;

/** What the order comes to if all of it is approved. */
export const totalAfter = (snapshot: Priced & Pick<EstimateSnapshot, "charges">): Cents => toCents(agreedBefore(snapshot) + snapshot.charges.total);

export type Split = { approved: Cents; declined: Cents };

/**
 * Totals of the approved lines with supplies and tax, and of the rest. The two add up to the whole: supplies may be
 * capped, so a part by itself can cost more than its share.
 */
export function splitOf(snapshot: Priced & Pick<EstimateSnapshot, "charges">, approved: ReadonlySet<string>): Split {
  const { total } = addedBy(snapshot, approved);
  return { approved: total, declined: toCents(snapshot.charges.total - total) };
}
