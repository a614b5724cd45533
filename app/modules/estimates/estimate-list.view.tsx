import type { Cents } from "~/kernel/money";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { DataList, DataRow } from "~/ui/list";
import { StateMark } from "~/ui/state-mark";
import { stateTones } from "./estimate.view";
import { estimateNumber, sumInWords } from "./format";
import { type RevisionState, stateWords } from "./revision";

type Standing = { state: RevisionState; isDrafting: boolean; validThrough: string | null /** The shop's calendar day. */; today: string };

/** How an estimate stands, for the shop: an offer that ran out says so, and one that is being revised too. */
export function EstimateMark({ state, isDrafting, validThrough, today }: Standing) {
  const isOver = state === "sent" && validThrough !== null && validThrough < today;
  const word = isOver ? "Expired" : stateWords[state];
  return <StateMark bare tone={isOver ? "amber" : stateTones[state]} word={isDrafting && state !== "draft" ? `${word}, being revised` : word} />;
}

type Row = Omit<Standing, "today"> & {
  id: string;
  number: number;
  title: string;
  /** Before supplies and tax, as far as it is written. */
  price: Cents;
  /** What the customer was offered; null where nothing was sent. */
  total: Cents | null;
  approvedTotal: Cents | null;
};

/** The estimates of an order or a unit, on its page. */
export function EstimateList({ rows, today, currency, locale }: { rows: readonly Row[]; today: string; currency: string; locale: string }) {
  return (
    <DataList label="Estimates">
      {rows.map((row) => (
        <DataRow
          key={row.id}
          to={paths.staff.estimate(row.id)}
          lead={<span className="font-semibold tabular-nums">{estimateNumber(row.number)}</span>}
          title={row.title}
          detail={<EstimateMark {...row} today={today} />}
          end={
            <span className="tabular-nums">
              {row.total === null ? `${formatMoney(row.price, currency, locale)} before tax` : sumInWords({ ...row, total: row.total }, { currency, locale })}
            </span>
          }
        />
      ))}
    </DataList>
  );
}
