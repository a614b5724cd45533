import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { assetKinds } from "~/modules/assets/asset";
import { idOf } from "~/modules/audit/event-fields";
import { isPartKey, type PartKey } from "./checklists/checklist";
import { defectTitle, inspectionLabels, partLabel } from "./checklists/labels";
import { certificationLabels, certificationOutcomes, defectProblems } from "./defects/defect";
import { signerText } from "./defects/defect-history";
import { inspectionKinds } from "./inspection";

const part = z.custom<PartKey>((value) => typeof value === "string" && isPartKey(value));
const defect = z.object({ unit: z.string(), part, problem: z.enum(defectProblems) });

const counted = (defects: number): string => (defects === 0 ? "no defects" : defects === 1 ? "1 defect" : `${defects} defects`);
const listed = (what: string, parts: readonly PartKey[]): string => (parts.length === 0 ? "" : `${what}: ${parts.map((part) => partLabel(part)).join(", ")}`);
/** An order that was opened for it has no number yet. */
const orderOf = (number: number | null): string => (number === null ? "a new work order" : `WO-${number}`);

export const inspectionJournal = defineEvents({
  "submission.filed": event(z.object({ units: z.array(z.string()), sha256: z.string() }), ({ units }) => `Inspection filed for ${units.join(", ")}`),
  "inspection.filed": event(z.object({ unit: z.string(), kind: z.enum(inspectionKinds), defects: z.number(), safety: z.number() }), {
    label: ({ unit, kind, defects }) => `${inspectionLabels.en.kinds[kind]} inspection of unit ${unit}: ${counted(defects)}`,
    title: ({ kind, defects }) => `${inspectionLabels.en.kinds[kind]} inspection: ${counted(defects)}`,
    tone: ({ defects, safety }) => (safety > 0 ? "red" : defects > 0 ? "amber" : "green"),
  }),
  "inspection.matched": event(z.object({ unit: z.string(), typed: z.string() }), ({ unit, typed }) => `Inspection of "${typed}" matched to unit ${unit}`),
  "inspection.unmatched": event(z.object({ unit: z.string(), typed: z.string() }), ({ unit, typed }) => `Inspection of "${typed}" is not of unit ${unit}`),
  "inspection-settings.changed": event(
    z.object({ hours: z.number(), before: z.number() }),
    ({ hours, before }) => `Defects may wait ${hours} hours for certification (before: ${before})`,
  ),
  "checklist.changed": event(z.object({ kind: z.enum(assetKinds), added: z.array(part), removed: z.array(part), choices: z.array(part) }), {
    label: ({ kind }) => `Checklist changed: ${inspectionLabels.en.unitKinds[kind]}`,
    detail: ({ added, removed, choices }) =>
      [listed("Added", added), listed("Left out", removed), listed("Choices changed", choices)].filter(Boolean).join(" · "),
  }),
  "roadside.opened": event(z.object({ unit: z.string(), until: z.number() }), ({ unit }) => `Roadside page of unit ${unit} opened`),
  "roadside.ended": event(z.object({ unit: z.string() }), ({ unit }) => `Roadside page of unit ${unit} ended`),
  "defect.certified": event(
    defect.extend({ outcome: z.enum(certificationOutcomes), reason: z.string(), signedName: z.string(), signedFor: z.string().nullable() }),
    {
      label: ({ unit, outcome, ...rest }) => `Unit ${unit}: ${defectTitle(rest)}. Certified: ${certificationLabels[outcome].toLowerCase()}`,
      title: ({ outcome, ...rest }) => `${defectTitle(rest)}. Certified: ${certificationLabels[outcome].toLowerCase()}`,
      detail: ({ reason, ...signer }) => [reason, `Signed by ${signerText(signer)}`].filter(Boolean).join(" · "),
      tone: "green",
    },
  ),
  "defect.added-to-order": event(defect.extend({ workOrderId: idOf("workOrder"), number: z.number().nullable() }), {
    label: ({ unit, number, ...rest }) => `Unit ${unit}: ${defectTitle(rest)}. Added to ${orderOf(number)}`,
    title: ({ number, ...rest }) => `${defectTitle(rest)}. Added to ${orderOf(number)}`,
    tone: "blue",
  }),
  "defect.job-kept": event(defect.extend({ fleet: z.string(), number: z.number(), why: z.string() }), {
    label: ({ unit, number, ...rest }) => `Unit ${unit}: ${defectTitle(rest)}. Job on WO-${number} kept`,
    title: ({ fleet, ...rest }) => `Job kept although ${fleet} certified the repair: ${defectTitle(rest)}`,
    detail: ({ why }) => why,
    tone: "amber",
  }),
});
