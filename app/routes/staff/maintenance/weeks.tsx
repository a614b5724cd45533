import { Link } from "react-router";
import { addDays } from "~/kernel/days";
import { paths } from "~/kernel/paths";
import { ScheduleMark, scheduleTones } from "~/modules/maintenance/schedule.view";
import type { MaintenanceRow } from "~/queries/maintenance-list.server";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

type Props = { days: readonly MaintenanceRow[]; today: string; week: string; weeks: number; to(monday: string): string };

/** Six weeks from a Monday on, each with what is expected to be due in it. What is late is above them. */
export function MaintenanceWeeks({ days, today, week, weeks, to }: Props) {
  const { day: format } = useFormat();
  const late = days.filter(({ projectedDay }) => projectedDay !== null && projectedDay <= today);
  const coming = days.filter(({ projectedDay }) => projectedDay !== null && projectedDay > today);
  return (
    <>
      <nav aria-label="Weeks" className="flex flex-wrap gap-4">
        <Link className="text-accent" to={to(addDays(week, -7 * weeks))}>
          Earlier
        </Link>
        <Link className="text-accent" to={to(today)}>
          This week
        </Link>
        <Link className="text-accent" to={to(addDays(week, 7 * weeks))}>
          Later
        </Link>
      </nav>
      {late.length > 0 && (
        <Section title="Due now" count={late.length}>
          <Rows label="Due now" rows={late} />
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

function Rows({ label, rows }: { label: string; rows: readonly MaintenanceRow[] }) {
  const { day: format } = useFormat();
  return (
    <DataList label={label}>
      {rows.map(({ id, assetId, name, customer, unitNumber, state, projectedDay, dueDay }) => (
        <DataRow
          key={id}
          to={paths.staff.assetMaintenance(assetId)}
          lead={<UnitPlate number={unitNumber} state={scheduleTones[state]} />}
          title={name}
          detail={`${customer} · ${dueDay === null ? "expected " : ""}${projectedDay === null ? "" : format(projectedDay)}`}
          end={<ScheduleMark state={state} />}
        />
      ))}
    </DataList>
  );
}
