import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { parseReading } from "~/kernel/units";
import { assetKinds } from "~/modules/assets/asset";
import { type Checklist, type GroupKey, isPartKey } from "~/modules/inspections/checklists/checklist";
import { newestChecklist } from "~/modules/inspections/checklists/own-checklist";
import { defectProblems, defectSeverities } from "~/modules/inspections/defects/defect";
import { type Submission, SubmissionForm } from "~/modules/inspections/filing/submission";
import { inspectionKinds } from "~/modules/inspections/inspection";
import { noteField, ROWS } from "./rows";

/** The plain form as it is posted: `group-<key>` is "good" or "defect", `part-<n>` and its neighbors are one defect. */
export const PlainForm = z.looseObject({
  submissionId: z.string(),
  inspectionId: z.string(),
  assetId: z.string(),
  unitNumber: z.string().max(40),
  unitKind: z.enum(assetKinds),
  kind: z.enum(inspectionKinds, "Choose which inspection it is."),
  odometer: z.string().max(20).default(""),
  engineHours: z.string().max(20).default(""),
  name: z.string().trim().min(1, "Enter your name.").max(120),
});
export type PlainFields = z.output<typeof PlainForm>;

const text = (fields: PlainFields, name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
const among = <V extends string>(values: readonly V[], given: string): V | null => values.find((one) => one === given) ?? null;

/** The same for the same row of the same form, so that a form sent twice is one report. */
const defectIdOf = (inspectionId: Id<"inspection">, row: number): Id<"defect"> =>
  `def_${inspectionId.slice(inspectionId.indexOf("_") + 1, -1)}${row}` as Id<"defect">; // an id's characters, the last one a digit

/** The report that a plain form means, or what is wrong with it by field. */
export function readPlainForm(
  fields: PlainFields,
  ids: { inspectionId: Id<"inspection">; assetId: Id<"asset">; corrects?: Id<"inspection"> | null },
  { signedAt, startedAt, distanceUnit, checklists }: { signedAt: number; startedAt: number; distanceUnit: "mi" | "km"; checklists: readonly Checklist[] },
): { ok: true; submission: Submission } | { ok: false; problems: Record<string, string> } {
  const problems: Record<string, string> = {};
  const checklist = newestChecklist(checklists, fields.unitKind);
  const defects = ROWS.flatMap((row) => {
    const given = text(fields, `part-${row}`);
    if (given === "") return [];
    const part = isPartKey(given) ? given : null;
    const problem = among(defectProblems, text(fields, `problem-${row}`));
    const severity = among(defectSeverities, text(fields, `severity-${row}`));
    if (problem === null) problems[`problem-${row}`] = "Choose what is wrong.";
    if (severity === null) problems[`severity-${row}`] = "Choose whether it can be driven.";
    if (part === null || problem === null || severity === null) return [];
    return [{ id: defectIdOf(ids.inspectionId, row), part, problem, severity, note: text(fields, noteField(row)).slice(0, 1_000), photos: [] }];
  });
  const stillThere = Object.entries(fields).flatMap(([name, value]) => {
    const [defectId, part] = [parseId("defect", /^still-(.+)$/.exec(name)?.[1]), String(value)];
    return defectId && isPartKey(part) ? [{ defectId, part, note: "" }] : [];
  });
  const found = [...defects, ...stillThere];
  const confirmed: GroupKey[] = [];
  for (const { key, parts } of checklist.groups) {
    const answer = text(fields, `group-${key}`);
    if (answer === "good") confirmed.push(key);
    else if (answer !== "defect") problems[`group-${key}`] = "Choose one.";
    else if (!found.some(({ part }) => parts.includes(part))) problems[`group-${key}`] = "Describe its defect, or mark the one that is still there.";
  }
  const meter = (name: "odometer" | "engineHours") => {
    const typed = fields[name];
    const value = parseReading(typed);
    if (typed.trim() !== "" && value === null) problems[name] = "Enter the number as shown on the dash.";
    return value;
  };
  const [odometer, engineHours] = [meter("odometer"), meter("engineHours")];
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const submission = SubmissionForm.safeParse({
    kind: fields.kind,
    language: "en",
    startedAt: Math.min(startedAt, signedAt),
    signedAt,
    place: null,
    signature: { name: fields.name, path: null },
    units: [
      {
        id: ids.inspectionId,
        assetId: ids.assetId,
        corrects: ids.corrects ?? null,
        unitNumber: fields.unitNumber,
        kind: fields.unitKind,
        checklistVersion: checklist.version,
        confirmed,
        odometer: odometer === null ? null : { value: odometer, unit: distanceUnit },
        engineHours,
        defects,
        stillThere,
        reviews: [],
      },
    ],
  });
  return submission.success ? { ok: true, submission: submission.data } : { ok: false, problems: { kind: "Open the form again; this one can't be read." } };
}
