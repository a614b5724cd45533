import type { KeyboardEvent, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import { RowCheck, type RowSelection } from "./row-check";

/** A list whose rows are links; arrow keys move between them. */
export function DataList({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets.
    <ul role="list" aria-label={label} onKeyDown={walkRows} className="divide-y divide-line border-y border-line bg-panel">
      {children}
    </ul>
  );
}

type RowProps = {
  title: ReactNode;
  /** Plate or docket at the row's start. */
  lead?: ReactNode;
  /** A second line, only where it adds something. */
  detail?: ReactNode;
  /** State, age or money at the row's end. */
  end?: ReactNode;
  to?: LinkProps["to"];
  selected?: boolean;
  selection?: RowSelection;
  /** Glows once after a change that came from elsewhere. */
  changed?: boolean;
  link?: Omit<LinkProps, "to" | "className" | "children">;
};

export function DataRow({ title, lead, detail, end, to, selected, selection, changed, link }: RowProps) {
  const inner = (
    <>
      {/* On a phone, text wraps instead of being cut off. */}
      {lead && <span className="flex shrink-0 items-center sm:min-w-17">{lead}</span>}
      <span className="grid min-w-0 flex-1">
        <span className="wrap-anywhere sm:truncate">{title}</span>
        {detail && <span className="text-small wrap-anywhere text-ink-soft sm:truncate">{detail}</span>}
      </span>
      {end && <span className="flex shrink-0 items-center gap-3 text-right">{end}</span>}
    </>
  );
  const className = "flex min-h-(--row) min-w-0 flex-1 items-center gap-3 px-3 py-1";
  return (
    <li className={`relative flex ${selected ? "bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]" : "hover:bg-hover"} ${changed ? "glow-once" : ""}`}>
      {selection && <RowCheck selection={selection} />}
      {to === undefined ? (
        <div className={className}>{inner}</div>
      ) : (
        <Link {...link} to={to} data-row aria-current={selected ? "true" : undefined} className={`${className} -outline-offset-2`}>
          {inner}
        </Link>
      )}
    </li>
  );
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Moves focus between the rows' links; shared with the table. */
export function walkRows(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[event.key];
  if (!step || event.metaKey || event.ctrlKey || event.altKey) return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-row]")) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const next = rows[rows.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Moves focus to the next or previous row of the page, to its first one if no row has it. */
export function stepToRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")].filter((row) => row.checkVisibility());
  const here = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  rows[here < 0 ? 0 : Math.max(0, here + step)]?.focus();
}
