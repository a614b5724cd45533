import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { refusalText } from "~/modules/inspections/filing/refusals";
import { Button } from "~/ui/button";
import { draftFrom } from "../draft";
import { type QueuedReport, reopenReport } from "../phone/phone-database.client";
import { refresh, sendAgain, sendQueue } from "../phone/send-queue.client";
import { usePhone } from "../phone-context";

/** What waits on this phone. Another driver's reports on a shared tablet are only counted. */
export function UnsentReports({ reports }: { reports: readonly QueuedReport[] }) {
  const { start, texts, refusals, formatTime } = usePhone();
  const navigate = useNavigate();
  const own = reports.filter(({ driverId }) => driverId === start.driver.id);
  return (
    <section className="grid gap-2" aria-label={texts.unsentTitle}>
      <h2 className="text-lead">{texts.unsentTitle}</h2>
      {own.length < reports.length && <p className="text-ink-soft">{texts.unsent(reports.length - own.length)}</p>}
      <ul className="divide-y divide-line border-y border-line">
        {own.map(({ id, driverId, report, driverName, isFiled, refusal, needsSignIn }) => (
          <li key={id} className="grid gap-1 py-3">
            <span className="font-semibold">{report.units.map(({ unitNumber }) => unitNumber).join(" + ")}</span>
            <span className="text-ink-soft">{texts.unsentOf(driverName, formatTime(report.signedAt))}</span>
            {needsSignIn && <span className="font-semibold text-state-red">{texts.needsSignIn(driverName)}</span>}
            {refusal !== null && (
              <>
                <span className="font-semibold text-state-red">
                  {texts.refused}: {refusalText(refusal, refusals)}
                </span>
                <Button wide onClick={() => sendAgain(id)}>
                  {texts.tryAgain}
                </Button>
                {!isFiled && (
                  <Button
                    wide
                    onClick={async () => {
                      await reopenReport(id, draftFrom(id, driverId, report, start.checklists));
                      await refresh();
                      navigate(paths.driver.inspect(id, ""));
                    }}
                  >
                    {texts.correct}
                  </Button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {reports.some(({ refusal }) => refusal === null) && (
        <Button wide onClick={() => sendQueue()}>
          {texts.tryAgain}
        </Button>
      )}
    </section>
  );
}
