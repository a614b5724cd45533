import { defectTitle, inspectionLabels } from "~/modules/inspections/checklists/labels";
import { certificationLabels, conditionFrom, type DefectState, defectStateLabels, unitConditionLabels } from "~/modules/inspections/defects/defect";
import type { DefectHistory } from "~/modules/inspections/defects/defect-history";
import { signerText } from "~/modules/inspections/defects/defect-history";
import { kindLabel } from "~/modules/inspections/report.view";
import type { RoadsideRecord } from "~/queries/roadside.server";
import { exactMoment } from "~/ui/moment";

type Manner = Parameters<typeof exactMoment>[1];
type Shop = { name: string; phone: string | null };

/** Large and black on white: read on a phone in the sun, saved and printed as one file. */
const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}body,:host{display:block;margin:0 auto;max-width:46rem;padding:1rem;font:1.0625rem/1.45 system-ui,sans-serif;color:#111;background:#fff}
h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:1.6rem 0 .4rem}p{margin:.2rem 0}ul{margin:0;padding:0;list-style:none}li{padding:.6rem 0;border-top:1px solid #bbb;overflow-wrap:anywhere}
.state{display:inline-block;padding:.1rem .6rem;border:2px solid;font-weight:700}.bad{color:#a30d0d}.soft{color:#444}small{font-size:.875rem}svg{display:block;max-width:16rem;height:auto;margin:.3rem 0;border-bottom:1px solid #888}`;

type Props = { record: RoadsideRecord; shop: Shop; manner: Manner };

/** A unit's open defects, last reports, certifications and signatures, in one page without anything to load. */
export function RoadsidePage({ record: { unit, reports, defects }, shop, manner }: Props) {
  const open = defects.filter(({ state }) => state !== "closed");
  const condition = conditionFrom(open);
  const at = (moment: Parameters<typeof exactMoment>[0]) => exactMoment(moment, manner);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`Unit ${unit.unitNumber}: inspections`}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <h1>Unit {unit.unitNumber}</h1>
          <p>
            Motor carrier: <strong>{unit.customer}</strong>
          </p>
          <p>{[unit.year, unit.make, unit.model].filter(Boolean).join(" ")}</p>
          <p>{[unit.vin && `VIN ${unit.vin}`, unit.plate && `Plate ${unit.plate}`].filter(Boolean).join(" · ")}</p>
          <p>
            <span className={condition === "do-not-operate" ? "state bad" : "state"}>{unitConditionLabels[condition]}</span>
          </p>
          <h2>Open defects ({open.length})</h2>
          {open.length === 0 ? (
            <p>None.</p>
          ) : (
            <ul>
              {open.map((defect) => (
                <DefectItem key={defect.id} defect={defect} at={at} />
              ))}
            </ul>
          )}
          <h2>Last inspections ({reports.length})</h2>
          {reports.length === 0 && <p>None.</p>}
          <ul>
            {reports.map((report) => (
              <li key={report.id}>
                <p>
                  <strong>
                    {kindLabel(report.kind)}, {at(report.signedAt)}
                  </strong>
                </p>
                <p>{report.defects === 0 ? "No defects" : `${report.defects} reported, ${report.safetyDefects} not safe to drive`}</p>
                <p>
                  Signed by {report.signature.name}
                  {report.signature.name === report.driverName ? "" : ` (${report.driverName})`}
                </p>
                {report.signature.path && (
                  <svg viewBox="0 0 600 150" role="img" aria-label={`Signature of ${report.signature.name}`}>
                    <path d={report.signature.path} fill="none" stroke="#111" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
                  </svg>
                )}
                <ul>
                  {defects
                    .filter(({ inspectionId, state }) => inspectionId === report.id && state === "closed")
                    .map((defect) => (
                      <DefectItem key={defect.id} defect={defect} at={at} />
                    ))}
                </ul>
                <p className="soft">
                  <small>SHA-256 {report.sha256}</small>
                </p>
              </li>
            ))}
          </ul>
          <p className="soft">
            Kept by {[shop.name, shop.phone].filter(Boolean).join(", ")}. This page closes {at(unit.expiresAt)}.
          </p>
        </main>
      </body>
    </html>
  );
}

function DefectItem({ defect, at }: { defect: DefectHistory & { state: DefectState }; at(moment: DefectHistory["reportedAt"]): string }) {
  return (
    <li>
      <p>
        <strong>{defectTitle(defect)}</strong>: {defectStateLabels[defect.state]}
        {defect.severity === "safety" && `, ${inspectionLabels.en.severities.safety.toLowerCase()}`}
      </p>
      {defect.note && <p>{defect.note}</p>}
      <p className="soft">
        Reported by {defect.driverName}, {at(defect.reportedAt)}
      </p>
      {defect.certifications.map(({ round, outcome, reason, at: signedAt, ...signer }) => (
        <p key={`c${round}`}>
          {certificationLabels[outcome]}
          {reason && ` (${reason})`}, certified by {signerText(signer)}, {at(signedAt)}
        </p>
      ))}
      {defect.reviews.map(({ round, inspectionId, outcome, reason, driverName, at: signedAt }) => (
        <p key={`r${round}${inspectionId}`}>
          {outcome === "accepted" ? "Reviewed" : `Rejected: ${reason}`}, signed by {driverName}, {at(signedAt)}
        </p>
      ))}
    </li>
  );
}
