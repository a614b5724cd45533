import type { ReactNode } from "react";
import { Moment } from "~/ui/clock";
import { defectTitle } from "../checklists/labels";
import { DefectMark } from "../condition.view";
import { certificationLabels, type DefectState } from "./defect";
import { type DefectHistory, signerText } from "./defect-history";

type Props = { defect: DefectHistory & { state: DefectState } /** Photos, the order that repairs it. */; children?: ReactNode; lead?: ReactNode };

/** A defect with its state and everything that was signed about it, oldest first. */
export function DefectRow({ defect, lead, children }: Props) {
  const { note, driverName, reportedAt, severity, state } = defect;
  return (
    <div className="flex min-w-0 gap-2 py-2">
      {lead}
      <div className="grid min-w-0 flex-1 gap-1">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-semibold wrap-anywhere">{defectTitle(defect)}</span>
          <DefectMark state={state} severity={severity} />
        </span>
        {note && <p className="whitespace-pre-line wrap-anywhere">{note}</p>}
        <p className="text-small text-ink-soft">
          Reported by {driverName}, <Moment at={reportedAt} />
        </p>
        <SignedSince defect={defect} />
        {children}
      </div>
    </div>
  );
}

function SignedSince({ defect: { certifications, reviews, sightings, leftOutAt } }: { defect: DefectHistory }) {
  const lines = [
    ...certifications.map(({ round, outcome, reason, at, ...signer }) => ({
      key: `c${round}`,
      at,
      text: `${certificationLabels[outcome]}, signed by ${signerText(signer)}`,
      reason,
    })),
    ...reviews.map(({ round, outcome, reason, driverName, inspectionId, at }) => ({
      key: `r${round}${inspectionId}`,
      at,
      text: `${outcome === "accepted" ? "Repair reviewed" : "Repair rejected"} by ${driverName}`,
      reason,
    })),
    ...sightings.map(({ inspectionId, note, at, seenAt }) => ({
      key: `s${inspectionId}`,
      at,
      text: seenAt < at ? "Named again in a correction" : "Found again by a driver",
      reason: note,
    })),
    ...(leftOutAt ? [{ key: "left-out", at: leftOutAt, text: "Left out by the correction. Only a certification closes it", reason: "" }] : []),
  ].sort((a, b) => a.at - b.at);
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-0.5 border-l-2 border-line pl-2 text-small">
      {lines.map(({ key, at, text, reason }) => (
        <li key={key} className="wrap-anywhere">
          {text}, <Moment at={at} />
          {reason && <span className="block text-ink-soft">{reason}</span>}
        </li>
      ))}
    </ul>
  );
}
