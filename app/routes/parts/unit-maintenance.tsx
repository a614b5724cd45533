import type { ReactNode } from "react";
import { DueText, ScheduleMark } from "~/modules/maintenance/schedule.view";
import type { MaintenanceRow } from "~/queries/maintenance-list.server";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

type Row = Pick<MaintenanceRow, "id" | "name" | "state" | "firstBy" | "dueDay" | "dueMeter" | "projectedDay" | "reads"> & { isOrdered: boolean };

/** `order` shows the open order that a row is on, to those who may see it. */
type Props<R extends Row> = { rows: readonly R[]; to: string; empty: string; order?: (row: R) => ReactNode };

/** A unit's maintenance in short, the most urgent first. */
export function UnitMaintenance<R extends Row>({ rows, to, empty, order }: Props<R>) {
  return (
    <Section title="Maintenance" count={rows.length || undefined} action={<TextLink to={to}>All maintenance</TextLink>}>
      {rows.length === 0 ? (
        <p className="text-ink-soft">{empty}</p>
      ) : (
        <ul aria-label="Maintenance" className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
              <span className="min-w-0">
                {row.name}
                <span className="block text-small text-ink-soft">
                  <DueText {...row} />
                  {row.isOrdered && <span className="block">On {order?.(row) ?? "an open work order"}</span>}
                </span>
              </span>
              <ScheduleMark state={row.state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
