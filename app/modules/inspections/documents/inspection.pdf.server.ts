import { formatDuration } from "~/kernel/time";
import { unitFactRows } from "~/modules/assets/unit-facts";
import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactMoment } from "~/ui/moment";
import { defectTitle, inspectionLabels, partLabel } from "../checklists/labels";
import { certificationLabels, defectState, defectStateLabels } from "../defects/defect";
import type { DefectHistory } from "../defects/defect-history";
import { signerText } from "../defects/defect-history";
import { photosArrived, reportMarks } from "../report-marks";
import type { PrintedReport } from "./printed-report";

type Manner = Parameters<typeof exactMoment>[1] & Parameters<typeof unitFactRows>[1];
const labels = inspectionLabels.en;

/** A driver's report as it was signed, with what was signed about its defects since (49 CFR 396.11 and 396.13). */
export function inspectionDocument(report: PrintedReport, shop: Letterhead, manner: Manner): PdfDocument {
  const { kind, unitNumber, typedUnit, customer, driverName, defects, stillThere, reviewed, signature, sha256, startedAt, signedAt } = report;
  const moment = (at: typeof signedAt) => exactMoment(at, manner);
  const marks = reportMarks(report);
  return {
    kind: "Vehicle inspection",
    number: `Unit ${unitNumber}`,
    reader: customer,
    locale: manner.locale,
    shop,
    stamp: null,
    figure: null,
    parties: [
      { term: "Motor carrier", lines: [customer] },
      { term: "Driver", lines: [driverName] },
    ],
    facts: [
      { term: "Signed", value: moment(signedAt) },
      ...(report.enteredBy === null
        ? [
            { term: "Started", value: moment(startedAt) },
            { term: "Took", value: formatDuration(signedAt - startedAt) },
          ]
        : [{ term: "Entered from paper by", value: report.enteredBy }]),
    ],
    parts: [
      { kind: "heading", plate: unitNumber, title: `${labels.kinds[kind]} inspection` },
      { kind: "facts", columns: 4, facts: factsOf(report, manner, typedUnit !== unitNumber) },
      { kind: "text", tone: "strong", text: defects.length === 0 ? "No new defects" : defects.length === 1 ? "1 defect" : `${defects.length} defects` },
      ...(defects.length === 0 ? [] : [defectTable(defects, moment)]),
      ...(stillThere.length === 0
        ? []
        : [
            { kind: "text", tone: "strong", text: "Still there from earlier reports" } as const,
            defectTable(
              stillThere.map(({ defect }) => defect),
              moment,
            ),
          ]),
      ...(reviewed.length === 0
        ? []
        : [
            { kind: "text", tone: "strong", text: "Repairs that the driver reviewed" } as const,
            {
              kind: "list",
              items: reviewed.map(
                ({ defect, review }) =>
                  `${defectTitle(defect)}: ${review.outcome === "accepted" ? "reviewed, certification present" : `rejected. ${review.reason}`}`,
              ),
            } as const,
          ]),
      ...checklistParts(report),
      ...(marks.length === 0 ? [] : [{ kind: "text", tone: "soft", text: `${marks.join(". ")}.` } as const]),
      ...(report.corrected ? [{ kind: "text", text: `Corrects the report of ${moment(report.corrected.signedAt)}.` } as const] : []),
      ...report.corrections.map((one) => ({ kind: "text", text: `Corrected by the report of ${moment(one.signedAt)}.` }) as const),
      { kind: "text", text: `Signed by ${signature.name}, ${moment(signedAt)}` },
      ...(signature.path ? [{ kind: "drawing", term: "Driver's signature", path: signature.path } as const] : []),
      { kind: "text", tone: "soft", text: `SHA-256 of all that was signed, photos included: ${sha256}` },
    ],
  };
}

function factsOf(
  { vin, plate, year, make, model, unitKind, odometer, engine, typedUnit, latitude, longitude, photos }: PrintedReport,
  manner: Manner,
  renamed: boolean,
) {
  const [pictures, videos] = [false, true].map((isVideo) => {
    const files = photos.filter((file) => file.isVideo === isVideo);
    return photosArrived({ photos: files.length, arrived: files.filter(({ arrived }) => arrived).length }, isVideo ? "video" : "photo");
  });
  return [
    ...unitFactRows({ kind: unitKind, vin, plate, year, make, model, odometer, engine }, manner, ""),
    ...(renamed ? [{ term: "Unit as typed", value: typedUnit }] : []),
    ...(latitude !== null && longitude !== null ? [{ term: "Place", value: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` }] : []),
    ...(pictures ? [{ term: "Photos", value: pictures }] : []),
    ...(videos ? [{ term: "Videos", value: videos }] : []),
  ];
}

const columns = [{ title: "Defect" }, { title: "Severity" }, { title: "State" }, { title: "Signed since", grows: true }] as const;

const defectTable = (defects: readonly DefectHistory[], moment: (at: DefectHistory["reportedAt"]) => string): Part => ({
  kind: "table",
  columns,
  rows: defects.map((defect) => [
    [defectTitle(defect), defect.note].filter(Boolean).join("\n"),
    labels.severities[defect.severity],
    defectStateLabels[defectState(defect)],
    signedSince(defect, moment).join("\n"),
  ]),
});

function signedSince({ certifications, reviews, sightings, leftOutAt }: DefectHistory, moment: (at: DefectHistory["reportedAt"]) => string): string[] {
  return [
    ...certifications.map(({ outcome, reason, at, ...signer }) => ({
      at,
      text: `${[certificationLabels[outcome], reason].filter(Boolean).join(": ")}. ${signerText(signer)}`,
    })),
    ...reviews.map(({ outcome, reason, driverName, at }) => ({ at, text: `${outcome === "accepted" ? "Reviewed" : `Rejected: ${reason}`}. ${driverName}` })),
    ...sightings.map(({ at, seenAt }) => ({ at, text: seenAt < at ? "Named again in a correction" : "Found again" })),
    ...(leftOutAt ? [{ at: leftOutAt, text: "Left out by the correction" }] : []),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${text}, ${moment(at)}`);
}

/** Which parts were looked at: a group in a line. */
function checklistParts({ groups, confirmed, defects, stillThere }: PrintedReport): Part[] {
  if (groups.length === 0) return [];
  const found = [...defects, ...stillThere.map(({ defect }) => defect)].map(({ part }) => part);
  const line = (parts: (typeof groups)[number]["parts"]) =>
    parts.map((part) => (found.includes(part) ? `${partLabel(part)} (defect)` : partLabel(part))).join(", ");
  return [
    {
      kind: "table",
      columns: [{ title: "Checklist" }, { title: "Parts", grows: true }, { title: "Confirmed" }],
      rows: groups.map(({ key, parts }) => [labels.groups[key], line(parts), confirmed.includes(key) ? "Yes" : "No"]),
    },
  ];
}
