import type { ReactNode } from "react";
import { Link } from "react-router";
import { walkRows } from "./list";
import { RowCheck, type RowSelection } from "./row-check";
import { SteadyList, useSteadyRows } from "./use-steady-rows";

export type Column<Row> = {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Digits align: money, meters, codes. */
  figures?: boolean;
  /** Text of any length, which breaks rather than widening the table. */
  wraps?: boolean;
  /** VINs and part numbers, in a font that tells 0 from O. */
  code?: boolean;
  /** The smallest width at which the column is shown. */
  from?: "sm" | "lg" | "xl";
  sort?: { to: string; order?: "ascending" | "descending" };
};

type Props<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first cell has the link, and the whole row is clickable. */
  rowTo?: (row: Row) => string;
  selected?: string | null;
  selection?: (row: Row) => RowSelection | null;
};

const FROM = { sm: "hidden sm:table-cell", lg: "hidden lg:table-cell", xl: "hidden xl:table-cell" };
const cellClass = ({ figures, from }: Column<never>) => `px-3 py-1 ${figures ? "text-right" : "text-left"} ${from ? FROM[from] : ""}`;
const cellFont = ({ figures, code, wraps }: Column<never>) => (code ? "font-mono text-small" : figures ? "tabular-nums" : wraps ? "wrap-anywhere" : "");

/** A table whose rows stay in their places while somebody points at them, whatever the page loads meanwhile. */
export function DataTable<Row>({ caption, columns, rows: fresh, rowKey, rowTo, selected, selection }: Props<Row>) {
  const { rows, ...steady } = useSteadyRows(fresh, rowKey);
  return (
    <SteadyList {...steady}>
      <table onKeyDown={walkRows} className="w-full border-collapse border-y border-line bg-panel">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-small text-ink-soft">
            {selection && <td className="w-(--target)" />}
            {columns.map((column) => (
              <th key={column.key} scope="col" aria-sort={column.sort?.order} className={`${cellClass(column)} h-(--row) font-semibold whitespace-nowrap`}>
                <ColumnTitle column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => {
            const key = rowKey(row);
            const check = selection?.(row);
            const chosen = key === selected;
            return (
              <tr key={key} className={`relative ${chosen ? "bg-accent-soft" : "hover:bg-hover"} ${steady.changed.has(key) ? "glow-once" : ""}`}>
                {selection && <td className="relative z-10">{check && <RowCheck selection={check} />}</td>}
                {columns.map((column, place) => (
                  <td key={column.key} className={`${cellClass(column)} h-(--row) ${cellFont(column)}`}>
                    {place === 0 && rowTo ? (
                      <Link
                        to={rowTo(row)}
                        data-row
                        aria-current={chosen ? "true" : undefined}
                        className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                      >
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </SteadyList>
  );
}

const ARROWS = { ascending: "M2 8 6 3l4 5Z", descending: "M2 4h8L6 9Z" };

function ColumnTitle({ column: { title, sort } }: { column: Column<never> }) {
  if (!sort) return title;
  return (
    <Link to={sort.to} preventScrollReset className="inline-flex items-center gap-1 hover:text-ink">
      {title}
      {sort.order && (
        <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-current">
          <path d={ARROWS[sort.order]} />
        </svg>
      )}
    </Link>
  );
}
