import type { ReactNode } from "react";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import type { StartDefect } from "~/queries/driver/start.server";
import { StateGlyph } from "~/ui/state-mark";
import { usePhone } from "../phone-context";

type Props = { defects: readonly StartDefect[] /** What can be answered about one. */; children?(defect: StartDefect): ReactNode };

/** Defects of earlier reports: what, who, when, and what was certified. */
export function DefectList({ defects, children }: Props) {
  const { texts, labels, formatTime } = usePhone();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {defects.map((defect) => (
        <li key={defect.id} className="grid gap-2 py-3">
          <span className="flex items-center gap-2 font-semibold">
            <StateGlyph tone={defect.severity === "safety" ? "red" : "amber"} />
            {defectTitle(defect, labels)}
          </span>
          {defect.severity === "safety" && <span className="text-state-red">{labels.severities.safety}</span>}
          {defect.note && <span>{defect.note}</span>}
          <span className="text-ink-soft">{texts.reportedBy(defect.driverName, formatTime(defect.reportedAt))}</span>
          {defect.certification && (
            <span className="text-ink-soft">
              {labels.certifications[defect.certification.outcome]}
              {`: ${[defect.certification.reason, defect.certification.signedName, defect.certification.signedFor, formatTime(defect.certification.at)].filter(Boolean).join(" · ")}`}
            </span>
          )}
          {children?.(defect)}
        </li>
      ))}
    </ul>
  );
}
