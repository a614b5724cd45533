import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { type Column, DataTable } from "~/ui/data-table";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { inspectionLabels } from "./checklists/labels";
import type { InspectionKind } from "./inspection";
import { photosArrived, reportMarks } from "./report-marks";

export type InspectionRow = {
  id: Id<"inspection">;
  assetId: Id<"asset"> | null;
  unitNumber: string;
  kind: InspectionKind;
  driverName: string;
  customer: string;
  signedAt: UtcMs;
  defects: number;
  safetyDefects: number;
  open: number;
  openSafety: number;
  /** Certified, and not reviewed by a driver yet. */
  certified: number;
  photos: number;
  arrived: number;
  isTooFast: boolean;
  afterSwitchOff: boolean;
  clockOffset: number;
};

/** What a report found, and whether it still waits. */
export function ResultMark({ defects, open, openSafety, certified }: Pick<InspectionRow, "defects" | "open" | "openSafety" | "certified">) {
  if (defects === 0) return <StateMark bare tone="green" label="No defects" />;
  const found = defects === 1 ? "1 defect" : `${defects} defects`;
  if (open === 0 && certified > 0) return <StateMark bare tone="blue" label={`${found}, review pending`} />;
  if (open === 0) return <StateMark bare tone="green" label={`${found}, closed`} />;
  return <StateMark bare tone={openSafety > 0 ? "red" : "amber"} label={open === defects ? `${found} open` : `${open} of ${found} open`} />;
}

type Props = {
  rows: readonly InspectionRow[];
  rowTo(id: string): string;
  withCustomer?: boolean;
  withUnit?: boolean;
  caption?: string;
  /** Where the list can be ordered. */
  sort?(by: "signed" | "unit", first?: "desc"): Column<InspectionRow>["sort"];
};

/** Inspections. What was unusual about how one was filed is for the shop alone. */
export function InspectionTable({ rows, rowTo, withCustomer = false, withUnit = true, caption = "Inspections", sort }: Props) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }: InspectionRow) => id}
      rowTo={({ id }) => rowTo(id)}
      columns={[
        {
          key: "at",
          title: "Signed",
          sort: sort?.("signed", "desc"),
          cell: ({ signedAt, kind, unitNumber }) => (
            <span className="grid">
              <Moment at={signedAt} />
              <span className="text-small text-ink-soft">{inspectionLabels.en.kinds[kind]}</span>
              {withUnit && <span className="sr-only">, unit {unitNumber}</span>}
            </span>
          ),
        },
        ...(withUnit
          ? [
              {
                key: "unit",
                title: "Unit",
                sort: sort?.("unit"),
                cell: ({ unitNumber, assetId }: InspectionRow) => (
                  <span className="grid justify-items-start">
                    <UnitPlate number={unitNumber} />
                    {assetId === null && <span className="text-small text-ink-soft">not matched</span>}
                  </span>
                ),
              },
            ]
          : []),
        {
          key: "driver",
          title: "Driver",
          wraps: true,
          cell: (row) => (
            <span className="grid min-w-0">
              <span>{row.driverName}</span>
              {withCustomer && <span className="text-small text-ink-soft">{row.customer}</span>}
              <span className="sm:hidden">
                <Result row={row} withMarks={withCustomer} />
              </span>
            </span>
          ),
        },
        { key: "result", title: "Result", from: "sm", wraps: true, cell: (row) => <Result row={row} withMarks={withCustomer} /> },
      ]}
    />
  );
}

function Result({ row, withMarks }: { row: InspectionRow; withMarks: boolean }) {
  const more = [photosArrived(row), ...(withMarks ? reportMarks(row) : [])].filter((text) => text !== null);
  return (
    <span className="grid justify-items-start">
      <ResultMark {...row} />
      {more.map((text) => (
        <span key={text} className="text-small text-ink-soft">
          {text}
        </span>
      ))}
    </span>
  );
}
