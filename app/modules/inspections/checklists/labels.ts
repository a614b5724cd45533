import type { AssetKind } from "~/modules/assets/asset";
import type { CertificationOutcome, DefectProblem, DefectSeverity } from "../defects/defect";
import type { InspectionKind } from "../inspection";
import { type GroupKey, isOwnPart, nameOfOwn, type PartKey, type ProductPart } from "./checklist";

/** Languages of the driver portal. The shop reads English. */
export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

export type InspectionLabels = {
  kinds: Record<InspectionKind, string>;
  groups: Record<GroupKey, string>;
  parts: Record<ProductPart, string>;
  problems: Record<DefectProblem, string>;
  severities: Record<DefectSeverity, string>;
  certifications: Record<CertificationOutcome, string>;
  unitKinds: Record<AssetKind, string>;
};

/** What parts, problems and kinds of report are called. Spanish is in labels.es.ts; a language without a word does not compile. */
export const inspectionLabels: { en: InspectionLabels } = {
  en: {
    kinds: { "pre-trip": "Pre-trip", "post-trip": "Post-trip", "during-trip": "During the trip" },
    groups: {
      cab: "In the cab",
      front: "Front and lights",
      wheels: "Wheels and brakes",
      coupling: "Coupling",
      load: "Load and body",
      controls: "Controls",
      engine: "Engine and hydraulics",
      undercarriage: "Undercarriage",
      attachments: "Attachments",
      machine: "Lights and body",
    },
    parts: {
      "service-brakes": "Service brakes",
      "parking-brake": "Parking brake",
      steering: "Steering",
      lights: "Lights and reflectors",
      tires: "Tires",
      horn: "Horn",
      wipers: "Windshield wipers",
      mirrors: "Mirrors",
      coupling: "Coupling devices",
      wheels: "Wheels and rims",
      "emergency-equipment": "Emergency equipment",
      "air-lines": "Air and electric lines",
      body: "Body and frame",
      "bucket-and-blade": "Bucket, blade and pins",
      controls: "Levers and pedals",
      "cooling-unit": "Reefer unit",
      doors: "Doors and hinges",
      "engine-leaks": "Engine, belts and leaks",
      exhaust: "Exhaust",
      gauges: "Gauges and warning lights",
      hydraulics: "Hydraulics",
      "landing-gear": "Landing gear",
      load: "Load securement",
      suspension: "Suspension",
      tracks: "Tracks",
      "underride-guard": "Rear underride guard",
    },
    problems: {
      "not-working": "Not working",
      worn: "Worn",
      broken: "Broken or cracked",
      leaking: "Leaking",
      loose: "Loose",
      missing: "Missing",
      low: "Low",
      noise: "Noise or vibration",
      other: "Something else",
    },
    severities: { safety: "Not safe to drive", minor: "Can wait for the shop" },
    certifications: { repaired: "Repaired", "not-necessary": "Repair not necessary" },
    unitKinds: { truck: "Truck", trailer: "Trailer", equipment: "Equipment" },
  },
};

/** A shop's own part is called as the shop called it, in every language. */
export const partLabel = (part: PartKey, { parts }: Pick<InspectionLabels, "parts"> = inspectionLabels.en): string =>
  isOwnPart(part) ? nameOfOwn(part) : parts[part];

/** A defect in one line: "Tires: Worn". */
export const defectTitle = ({ part, problem }: { part: PartKey; problem: DefectProblem }, labels = inspectionLabels.en): string =>
  `${partLabel(part, labels)}: ${labels.problems[problem].toLowerCase()}`;
