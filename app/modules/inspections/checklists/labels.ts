import type { AssetKind } from "~/modules/assets/asset";
import type { CertificationOutcome, DefectProblem, DefectSeverity } from "../defects/defect";
import type { InspectionKind } from "../inspection";
import type { GroupKey, PartKey } from "./checklist";

/** Languages of the driver portal. The shop reads English. */
export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

type Labels = {
  kinds: Record<InspectionKind, string>;
  groups: Record<GroupKey, string>;
  parts: Record<PartKey, string>;
  problems: Record<DefectProblem, string>;
  severities: Record<DefectSeverity, string>;
  certifications: Record<CertificationOutcome, string>;
  unitKinds: Record<AssetKind, string>;
};

/** What parts, problems and kinds of report are called. A language without a word does not compile. */
export const inspectionLabels: Record<Language, Labels> = {
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
  es: {
    kinds: { "pre-trip": "Antes del viaje", "post-trip": "Después del viaje", "during-trip": "Durante el viaje" },
    groups: {
      cab: "En la cabina",
      front: "Frente y luces",
      wheels: "Ruedas y frenos",
      coupling: "Acoplamiento",
      load: "Carga y carrocería",
      controls: "Mandos",
      engine: "Motor e hidráulica",
      undercarriage: "Tren de rodaje",
      attachments: "Accesorios",
      machine: "Luces y carrocería",
    },
    parts: {
      "service-brakes": "Frenos de servicio",
      "parking-brake": "Freno de estacionamiento",
      steering: "Dirección",
      lights: "Luces y reflectores",
      tires: "Llantas",
      horn: "Bocina",
      wipers: "Limpiaparabrisas",
      mirrors: "Espejos",
      coupling: "Acoplamientos",
      wheels: "Ruedas y rines",
      "emergency-equipment": "Equipo de emergencia",
      "air-lines": "Líneas de aire y eléctricas",
      body: "Carrocería y chasis",
      "bucket-and-blade": "Cucharón, hoja y pernos",
      controls: "Palancas y pedales",
      "cooling-unit": "Unidad de refrigeración",
      doors: "Puertas y bisagras",
      "engine-leaks": "Motor, bandas y fugas",
      exhaust: "Escape",
      gauges: "Indicadores y testigos",
      hydraulics: "Hidráulica",
      "landing-gear": "Patas de apoyo",
      load: "Sujeción de la carga",
      suspension: "Suspensión",
      tracks: "Orugas",
      "underride-guard": "Defensa trasera",
    },
    problems: {
      "not-working": "No funciona",
      worn: "Gastado",
      broken: "Roto o agrietado",
      leaking: "Con fuga",
      loose: "Flojo",
      missing: "Falta",
      low: "Bajo",
      noise: "Ruido o vibración",
      other: "Otra cosa",
    },
    severities: { safety: "No es seguro manejar", minor: "Puede esperar al taller" },
    certifications: { repaired: "Reparado", "not-necessary": "No requiere reparación" },
    unitKinds: { truck: "Camión", trailer: "Remolque", equipment: "Maquinaria" },
  },
};

/** A defect in one line: "Tires: Worn". */
export const defectTitle = ({ part, problem }: { part: PartKey; problem: DefectProblem }, language: Language = "en"): string =>
  `${inspectionLabels[language].parts[part]}: ${inspectionLabels[language].problems[problem].toLowerCase()}`;
