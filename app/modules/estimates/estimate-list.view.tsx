import type { Cents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { StateMark } from "~/ui/state-mark";
import { estimateNumber, formatSum } from "./format";
import { type RevisionState, stateLabels } from "./revision";
import { stateTones } from "./state.view";

type EstimateStatus = { state: RevisionState; isDrafting: boolean; validThrough: string | null };

const isOver = ({ state, validThrough }: EstimateStatus, today: string): boolean => state === "sent" && validThrough !== null && validThrough < today;

/** The state of an estimate as staff see it, including expired and being revised. */
export function estimateLabel(estimate: EstimateStatus, today: string): string {
  const { state, isDrafting } = estimate;
  const label = isOver(estimate, today) ? "Expired" : stateLabels[state];
  return isDrafting && state !== "draft" ? `${label}, being revised` : label;
}

export function EstimateMark(estimate: EstimateStatus) {
  const { today } = useFormat();
  return <StateMark bare tone={isOver(estimate, today) ? "amber" : stateTones[estimate.state]} label={estimateLabel(estimate, today)} />;
}

type Row = EstimateStatus & {
  id: string;
  number: number;
  title: string;
  /** Total of the latest sent revision; null if none was sent. */
  total: Cents | null;
  approvedTotal: Cents | null;
};

/** The estimates of a work order or unit, on its page. */
export function EstimateList({ rows }: { rows: readonly Row[] }) {
  const format = useFormat();
  return (
    <DataList label="Estimates">
      {rows.map((row) => (
        <DataRow
          key={row.id}
          to={paths.staff.estimate(row.id)}
          lead={<span className="font-semibold tabular-nums">{estimateNumber(row.number)}</span>}
          title={row.title}
          detail={<EstimateMark {...row} />}
          end={<span className="tabular-nums">{row.total === null ? "Not sent" : formatSum({ ...row, total: row.total }, format)}</span>}
        />
      ))}
    </DataList>
  );
}
