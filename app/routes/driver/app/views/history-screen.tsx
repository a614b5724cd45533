import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";

/** The driver's own reports, and the last ones of today's vehicles. */
export function HistoryScreen() {
  const { start, texts, labels, formatTime } = usePhone();
  return (
    <Screen
      title={texts.history}
      lead={texts.historyLead}
      actions={
        <ButtonLink wide to={paths.driver.home}>
          {texts.toVehicles}
        </ButtonLink>
      }
    >
      {start.reports.length === 0 ? (
        <p className="text-ink-soft">{texts.noReports}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {start.reports.map((report) => (
            <li key={report.id} className="grid gap-1 py-3">
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <UnitPlate number={report.unitNumber} size="medium" />
                <StateMark
                  tone={report.safetyDefects > 0 ? "red" : report.defects > 0 ? "amber" : "green"}
                  label={report.defects === 0 ? texts.clean : texts.defects(report.defects)}
                />
              </span>
              <span>{labels.kinds[report.kind]}</span>
              <span className="text-ink-soft">
                {report.driverName}, {formatTime(report.signedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Screen>
  );
}
