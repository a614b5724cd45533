import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { newDraft } from "../draft";
import { writeDraft } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";

/** The driver's own reports, and the last ones of today's vehicles. */
export function HistoryScreen() {
  const { start, texts, labels, formatTime } = usePhone();
  const navigate = useNavigate();
  /** A full report of the unit again, linked to the one that was wrong. */
  const correct = async ({ id, assetId, kind }: (typeof start.reports)[number]) => {
    const unit = start.units.find((one) => one.id === assetId);
    if (!unit) return;
    const begun = newDraft(start.driver.id, unit, { now: Date.now(), distanceUnit: start.shop.distanceUnit, checklists: start.checklists });
    const fresh = { ...begun, kind, units: begun.units.map((one) => ({ ...one, corrects: id })) };
    await writeDraft(fresh);
    navigate(paths.driver.inspect(fresh.id, ""));
  };
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
              {report.isOwn && start.units.some(({ id }) => id === report.assetId) && (
                <button type="button" className="-mb-3 min-h-(--target) justify-self-start text-accent underline" onClick={() => correct(report)}>
                  {texts.correctReport}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Screen>
  );
}
