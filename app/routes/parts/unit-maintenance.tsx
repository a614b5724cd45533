import { DueText, ScheduleMark } from "~/modules/maintenance/schedule.view";
import type { MaintenanceRow } from "~/queries/maintenance-list.server";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

type Row = Pick<MaintenanceRow, "id" | "name" | "state" | "firstBy" | "dueDay" | "dueMeter" | "projectedDay"> & { isOrdered: boolean };

/** A unit's maintenance in short, the most urgent first. */
export function UnitMaintenance({ rows, to, empty }: { rows: readonly Row[]; to: string; empty: string }) {
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
                  {row.isOrdered && <span className="block">On an open work order</span>}
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
