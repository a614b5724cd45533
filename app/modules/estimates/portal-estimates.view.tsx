import type { Cents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { estimateNumber, formatSum } from "./format";
import { type RevisionState, stateLabels } from "./revision";
import { stateTones } from "./state.view";

type Row = {
  id: string;
  number: number;
  title: string;
  unitNumber: string;
  total: Cents;
  approvedTotal: Cents | null;
  state: RevisionState;
  validThrough: string /** Expired without an answer. */;
  isExpired: boolean;
};

/** A customer's list of estimates. */
export function PortalEstimateList({ rows, label = "Estimates" }: { rows: readonly Row[]; label?: string }) {
  const format = useFormat();
  return (
    <DataList label={label}>
      {rows.map(({ id, number, title, unitNumber, total, approvedTotal, state, validThrough, isExpired: isOver }) => (
        <DataRow
          key={id}
          to={paths.customer.estimate(id)}
          lead={<UnitPlate number={unitNumber} />}
          title={title}
          detail={
            <span className="grid">
              <span>
                {estimateNumber(number)}
                {state === "sent" && ` · ${isOver ? "expired" : "until"} ${format.day(validThrough)}`}
              </span>
              <StateMark
                bare
                tone={isOver ? "amber" : stateTones[state]}
                label={isOver ? "Expired" : state === "sent" ? "Needs your decision" : stateLabels[state]}
              />
            </span>
          }
          end={<span className="font-semibold tabular-nums">{formatSum({ state, total, approvedTotal }, format)}</span>}
        />
      ))}
    </DataList>
  );
}
