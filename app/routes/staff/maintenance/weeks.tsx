import { Link } from "react-router";
import { addDays, startOfWeek } from "~/kernel/days";
import { paths } from "~/kernel/paths";
import { formatShortDay } from "~/kernel/time";
import { formatDueRow } from "~/modules/maintenance/format-due";
import { ScheduleMark, scheduleTones } from "~/modules/maintenance/schedule.view";
import { compareRows, type ScheduleState, scheduleStates } from "~/modules/maintenance/schedule-state";
import { docketNumber } from "~/modules/work-orders/work-order";
import type { MaintenanceRow } from "~/queries/maintenance-list.server";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

type Props = {
  days: readonly MaintenanceRow[];
  more: { past: boolean; coming: boolean };
  today: string;
  week: string;
  weeks: number;
  to(monday: string): string;
};

/** Six weeks from a Monday on, each with what is expected to be due in it. What is late is above them. */
export function MaintenanceWeeks({ days, more, today, week, weeks, to }: Props) {
  const { day: format, locale } = useFormat();
  const late = days.filter(({ state }) => state === "overdue" || state === "due").sort(compareRows);
  // Nothing was read since the day came, so nobody knows.
  const passed = days.filter((row) => !late.includes(row) && row.projectedDay !== null && row.projectedDay < today);
  const coming = days.filter((row) => !late.includes(row) && !passed.includes(row));
  return (
    <>
      <nav aria-label="Weeks" className="flex flex-wrap gap-4">
        {week > startOfWeek(today) && (
          <Link className="text-accent" to={to(addDays(week, -7 * weeks))}>
            Earlier
          </Link>
        )}
        <Link className="text-accent" to={to(today)}>
          This week
        </Link>
        <Link className="text-accent" to={to(addDays(week, 7 * weeks))}>
          Later
        </Link>
      </nav>
      {(more.past || more.coming) && (
        <Notice tone="amber" title="There is more than fits here">
          <p>These are the {days.length.toLocaleString(locale)} nearest to today. Choose a customer, or see all of it in the list.</p>
        </Notice>
      )}
      {late.length > 0 && (
        <Section title="Due now" count={late.length}>
          <Rows label="Due now" rows={late} />
        </Section>
      )}
      {passed.length > 0 && (
        <Section title="Was expected, no reading since" count={passed.length}>
          <Rows label="Was expected, no reading since" rows={passed} passed />
        </Section>
      )}
      {Array.from({ length: weeks }, (_, n) => addDays(week, 7 * n)).map((monday) => {
        const rows = coming.filter(({ projectedDay }) => projectedDay !== null && projectedDay >= monday && projectedDay < addDays(monday, 7));
        return (
          <Section key={monday} title={`Week of ${format(monday)}`} count={rows.length}>
            {rows.length === 0 ? <p className="text-ink-soft">Nothing expected.</p> : <Rows label={`Week of ${format(monday)}`} rows={rows} />}
          </Section>
        );
      })}
    </>
  );
}

/** A unit's services of one span of days, under its number: it comes to the shop once for them. */
function Rows({ label, rows, passed = false }: { label: string; rows: readonly MaintenanceRow[]; passed?: boolean }) {
  const { locale, today, distanceUnit } = useFormat();
  const when = (row: MaintenanceRow) =>
    [
      formatDueRow(row, today, { distanceUnit, locale }),
      passed && row.projectedDay !== null && `was expected ${formatShortDay(row.projectedDay, locale)}`,
      row.openOrder && `on ${docketNumber(row.openOrder.number)}`,
    ]
      .filter(Boolean)
      .join(", ");
  return (
    <DataList label={label}>
      {[...Map.groupBy(rows, ({ assetId }) => assetId).values()].map((its) => {
        const [first] = its;
        return (
          first && (
            <DataRow
              key={first.assetId}
              to={paths.staff.assetMaintenance(first.assetId)}
              lead={<UnitPlate number={first.unitNumber} state={scheduleTones[worstOf(its)]} />}
              title={
                <span className="grid gap-y-1">
                  {its.map((row) => (
                    <span key={row.id} className="flex items-baseline justify-between gap-x-4">
                      <span className="min-w-0">
                        {row.name} <span className="text-small text-ink-soft">{when(row)}</span>
                      </span>
                      <ScheduleMark state={row.state} />
                    </span>
                  ))}
                </span>
              }
              detail={first.customer}
            />
          )
        );
      })}
    </DataList>
  );
}

const worstOf = (rows: readonly MaintenanceRow[]): ScheduleState => scheduleStates.find((state) => rows.some((row) => row.state === state)) ?? "current";
