import type { ReactNode } from "react";
import { UnitFactLine } from "~/modules/assets/unit-facts.view";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { useFormat } from "~/ui/format";
import { isWhole } from "./decisions/answer-choice";
import { answeredCharges, chargesFor, type EstimateSnapshot, type Picks, type SnapshotGroup, type SnapshotLine } from "./estimate-snapshot";
import { estimateSums } from "./estimate-sums";
import type { Decision } from "./revision";
import { type PhotoAt, SheetLine } from "./sheet-line.view";
import { SheetOptions } from "./sheet-options.view";

export type SheetProps = {
  snapshot: EstimateSnapshot;
  /** Which lines were approved, once decided. */
  decision?: Pick<Decision, "outcome" | "approved" | "declined"> | null;
  /** The options that are picked; others are the preselected. */
  picks?: Picks;
  /** The choice for a line, or for a job that is answered whole. */
  choiceOf?(group: SnapshotGroup, line: SnapshotLine | null): ReactNode;
  /** Addresses of a photo and of its thumbnail. */
  photoAt: PhotoAt;
  /** The messages about a line. */
  threadOf?(line: SnapshotLine): ReactNode;
};

/** An estimate as the customer sees it; the shop's preview uses it too. */
export function EstimateSheet(props: SheetProps) {
  const { snapshot, decision = null, picks = {} } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <UnitFactLine unit={snapshot.unitFacts} when="" />
      {snapshot.note && <p className="max-w-prose whitespace-pre-line">{snapshot.note}</p>}
      {snapshot.groups.map((group, at) => (
        <SheetGroup key={group.id} {...props} group={group} at={at} />
      ))}
      <SheetSums snapshot={snapshot} charges={decision ? answeredCharges(snapshot, decision) : chargesFor(snapshot, picks)} />
    </div>
  );
}

function SheetGroup({ group, at, snapshot, decision = null, picks = {}, choiceOf, photoAt, threadOf }: SheetProps & { group: SnapshotGroup; at: number }) {
  const approved = new Set<string>(decision?.approved ?? []);
  const isSplit = decision?.outcome === "partially-approved";
  const answered = decision && decision.outcome !== "changes-requested" ? new Set<string>([...decision.approved, ...decision.declined]) : null;
  const lineOf = (line: SnapshotLine) => {
    const answer = isSplit && answered?.has(line.id) ? (approved.has(line.id) ? "Approved" : "Declined") : null;
    return (
      <SheetLine key={line.id} line={line} answer={answer} photoAt={photoAt}>
        {!isWhole(group) && !partOf(line, group.lines) && choiceOf?.(group, line)}
        {threadOf?.(line)}
      </SheetLine>
    );
  };
  const common = group.options ? group.lines.filter(({ option }) => option === undefined) : group.lines;
  return (
    <section aria-labelledby={`group-${group.id}`} className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t-2 border-ink pt-2">
      <h3 id={`group-${group.id}`} className="text-lead whitespace-pre-line">
        <span className="text-ink-soft">{at + 1}.</span> {group.complaint}
      </h3>
      {group.recommendation && (
        <p className="max-w-prose whitespace-pre-line">
          <span className="text-ink-soft">We recommend: </span>
          {group.recommendation}
        </p>
      )}
      {group.together && !group.options && <p className="text-small text-ink-soft">All or nothing: these lines are approved together.</p>}
      {group.options && common.length > 0 && <p className="text-small text-ink-soft">In each option:</p>}
      {common.length > 0 && (
        <ul aria-label={`Lines of ${group.complaint}`} className="divide-y divide-line border-y border-line">
          {common.map(lineOf)}
        </ul>
      )}
      {group.options && <SheetOptions snapshot={snapshot} group={group} picks={picks} isForm={choiceOf !== undefined} answered={answered} lineOf={lineOf} />}
      {isWhole(group) && choiceOf?.(group, null)}
    </section>
  );
}

function SheetSums({ snapshot, charges }: Pick<SheetProps, "snapshot"> & Pick<EstimateSnapshot, "charges">) {
  const { money } = useFormat();
  const { sums, order } = estimateSums(snapshot, charges, money);
  return (
    <>
      <table className="w-full max-w-96 justify-self-end">
        <caption className="sr-only">Totals</caption>
        <tbody>
          {sums.map(([label, amount], at) => (
            <SheetSum key={label} label={label} amount={amount} className={at === sums.length - 1 ? "border-y-2 border-ink font-semibold" : "*:font-normal"} />
          ))}
          {order.map(([label, amount], at) => (
            <SheetSum key={label} label={label} amount={amount} className={at === order.length - 1 ? "font-semibold" : "*:font-normal"} />
          ))}
        </tbody>
      </table>
      {snapshot.deposit !== null && (
        <p className="justify-self-end text-right">
          A deposit of <strong className="tabular-nums">{money(snapshot.deposit)}</strong> is due before work begins.
        </p>
      )}
    </>
  );
}

const SheetSum = ({ label, amount, className }: { label: string; amount: string; className: string }) => (
  <tr className={className}>
    <th scope="row" className="py-1 text-left">
      {label}
    </th>
    <td className="py-1 text-right tabular-nums">{amount}</td>
  </tr>
);
