import { type Cents, type Quantity, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import type { ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import type { Line, LineKind } from "~/modules/work-orders/jobs/job";
import type { JobOptions } from "~/modules/work-orders/lines/job-options";
import { demoId } from "./ids";

/** What the demo shops charge by: 145 an hour, tax on parts, supplies of 6 % of labor up to 75, and less on a part the dearer it is. */
export const demoRules: ShopRules = {
  laborRates: [
    { name: "Standard", perHour: toCents(145_00) },
    { name: "Diagnostic", perHour: toCents(165_00) },
    { name: "Road call", perHour: toCents(185_00) },
  ],
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(700), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "share", of: "labor", rate: toBasisPoints(600), most: toCents(75_00), taxed: false },
  leastPart: toCents(50_00),
  markups: [
    { upTo: toCents(10_00), markup: toBasisPoints(10_000) },
    { upTo: toCents(50_00), markup: toBasisPoints(7_500) },
    { upTo: toCents(500_00), markup: toBasisPoints(5_000) },
    { upTo: null, markup: toBasisPoints(3_500) },
  ],
};

/** Ridge has rates of its own. */
export const ridgeRules: ShopRules = {
  ...demoRules,
  laborRates: [
    { name: "Standard", perHour: toCents(132_00) },
    { name: "Farm call", perHour: toCents(160_00) },
  ],
};

/** `option` is the name of the option of its job that it is in. */
export type DemoLine = { kind: LineKind; text: string; partNumber?: string; quantity: number; each: number; cost?: number; option?: string };
export type DemoRepair = { cause?: string; correction?: string; vmrs?: string; lines: readonly DemoLine[] };

export const labor = (text: string, hours: number, each = 145): DemoLine => ({ kind: "labor", text, quantity: hours, each });
export const part = (text: string, partNumber: string, quantity: number, each: number, cost: number): DemoLine => ({
  kind: "part",
  text,
  partNumber,
  quantity,
  each,
  cost,
});

/** The jobs of the demo's orders, by their titles. */
export const demoRepairs: Readonly<Record<string, DemoRepair>> = {
  "A-service, oil and filters": {
    vmrs: "045",
    lines: [
      labor("A-service", 1.5),
      part("Oil filter", "LF14000NN", 1, 48.9, 31.2),
      part("Fuel filter kit", "FS20124", 1, 112.5, 71.8),
      part("Engine oil 10W-30", "OIL-1030", 44, 5.4, 3.35),
      { kind: "fee", text: "Waste oil", quantity: 1, each: 12 },
    ],
  },
  "DPF pressure sensor, SPN 3251": {
    cause: "Differential pressure sensor reads 2.1 kPa with the engine off; both hoses are clear.",
    correction: "Replaced the sensor, cleared the codes, forced a regeneration. Reads 0.0 kPa with the engine off.",
    vmrs: "043-004",
    lines: [
      labor("Diagnose SPN 3251 FMI 2", 1, 165),
      labor("Replace DPF pressure sensor", 0.8),
      part("DPF differential pressure sensor", "A0101539528", 1, 236.4, 158),
    ],
  },
  "Water pump, coolant loss": {
    cause: "Weep hole is wet; shaft has play.",
    correction: "Replaced the pump and belt, pressure-tested at 16 psi for 20 minutes.",
    vmrs: "042-001",
    lines: [
      labor("Replace water pump", 4.2),
      part("Water pump", "5404013NX", 1, 612, 418.5),
      part("Serpentine belt", "K081280HD", 1, 74.2, 44.1),
      part("Coolant ELC", "ELC-50", 6, 21.5, 13.9),
    ],
  },
  "Headlight aim and wiring": {
    cause: "Chafed harness behind the left bucket.",
    correction: "Repaired and sleeved the harness, aimed both lamps.",
    vmrs: "034-001",
    lines: [labor("Repair harness and aim", 1.3), part("Loom and terminals", "HARN-KIT", 1, 18.6, 7.9)],
  },
  "Transmission shudder in 8th": {
    cause: "Shudders under load between 1,100 and 1,250 rpm; oil is dark. Sent out for a teardown.",
    vmrs: "026",
    lines: [labor("Road test and fluid check", 1.2, 165), { kind: "outside", text: "Teardown and estimate", quantity: 1, each: 640, cost: 520 }],
  },
  "Injector cup leak, cylinder 4": {
    cause: "Fuel in the coolant; cup of cylinder 4 leaks at 90 psi.",
    vmrs: "044-006",
    lines: [
      labor("Pressure test", 1.5, 165),
      labor("Replace injector cup", 5.5),
      part("Injector cup kit", "3801086", 1, 148, 96),
      part("Injector, reman", "4954434RX", 1, 912, 640),
      { kind: "core", text: "Injector core", quantity: 1, each: 275, cost: 275 },
    ],
  },
  "Injectors, cylinders 2 and 5": {
    cause: "Contribution test: cylinders 2 and 5 at 61 and 58 %.",
    correction: "Fitted two reman injectors, programmed their trim codes; all cylinders within 4 %.",
    vmrs: "044-006",
    lines: [
      labor("Replace injectors, program trim codes", 6.2),
      part("Injector, reman", "4954434RX", 2, 912, 640),
      { kind: "core", text: "Injector core", quantity: 2, each: 275, cost: 275 },
    ],
  },
  "Clutch and flywheel": {
    cause: "Clutch slips in 9th; 0.4 mm of wear left.",
    vmrs: "023-001",
    lines: [
      labor("Replace clutch, resurface flywheel", 9.5),
      part("Clutch kit 15.5 in", "209925-82", 1, 1480, 1012),
      part("Pilot bearing", "6306-2RS", 1, 28.4, 14.8),
    ],
  },
  "Brake chambers, rear": {
    cause: "Both rear chambers leak past the diaphragm.",
    correction: "Replaced both 30/30 chambers, adjusted, tested at 120 psi.",
    vmrs: "013-001",
    lines: [labor("Replace rear brake chambers", 2.6), part("Brake chamber 30/30", "GC3030LSHDW", 2, 118.75, 74.2)],
  },
  "Tail lamps and mud flaps": {
    cause: "Hit at a dock.",
    correction: "Replaced both lamps and the right flap and hanger.",
    vmrs: "034-002",
    lines: [labor("Replace lamps and flap", 1), part("Tail lamp LED", "44302R", 2, 46.5, 27.3), part("Mud flap", "MF2430", 1, 24, 11.5)],
  },
  "B-service": {
    cause: "Due by miles.",
    correction: "B-service done, no defects found.",
    vmrs: "045",
    lines: [labor("B-service", 3), part("Service kit B", "KIT-B-DD15", 1, 264, 171)],
  },
  "Radiator hoses": {
    cause: "Upper hose swollen.",
    correction: "Replaced both hoses and clamps.",
    lines: [labor("Replace hoses", 1.6), part("Hose kit", "HK-950M", 1, 142, 88)],
  },
  "Mirror and bracket": {
    cause: "Struck a pole.",
    correction: "Replaced mirror and bracket.",
    lines: [labor("Replace mirror", 0.7), part("Mirror assembly", "MIR-VNL", 1, 312, 204)],
  },
};

/** A canned job of each demo shop. */
export const demoCanned = {
  harbor: {
    key: "a-service",
    name: "A-service",
    complaint: "A-service, oil and filters",
    correction: "Changed oil and filters, greased the chassis, topped up all fluids.",
    repair: "A-service, oil and filters",
  },
  ridge: {
    key: "pm",
    name: "Reefer PM",
    complaint: "Reefer PM",
    correction: "Serviced the reefer unit, checked belts and charge.",
    repair: "Mirror and bracket",
  },
} as const;

/** Lines that are in this option of their job. */
export const inOption = (option: string, ...lines: readonly DemoLine[]): DemoLine[] => lines.map((line) => ({ ...line, option }));

/** The options of a job by name, of which one is preselected. */
export const demoOptions = (name: string, options: readonly string[], preselected: string): JobOptions => ({
  list: options.map((option) => ({ id: optionId(name, option), name: option })),
  preselected: optionId(name, preselected),
});
const optionId = (name: string, option: string) => demoId("option", `${name} ${option}`);

const cents = (amount: number): Cents => toCents(Math.round(amount * 100));
const thousandths = (count: number): Quantity => toQuantity(Math.round(count * 1_000));

export const demoLines = (name: string, lines: readonly DemoLine[]): Line[] =>
  lines.map(({ kind, text, partNumber, quantity, each, cost, option }, at) => {
    // A core is of the part above it.
    const part = kind === "core" ? lines.slice(0, at).findLastIndex((line) => line.kind === "part") : -1;
    return {
      id: demoId("line", `${name} ${at}`),
      kind,
      text,
      partNumber: partNumber ?? null,
      quantity: thousandths(quantity),
      each: cents(each),
      cost: cost === undefined ? null : cents(cost),
      supplies: kind === "labor" || kind === "part",
      ...(option ? { option: optionId(name, option) } : {}),
      ...(part < 0 ? {} : { ofLine: demoId("line", `${name} ${part}`) }),
    };
  });
