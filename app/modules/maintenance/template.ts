import type { Id } from "~/kernel/ids";
import type { AssetKind } from "~/modules/assets/asset";
import type { Meter } from "~/modules/assets/meters/meter";
import type { CalendarInterval, MeterInterval, Plan } from "./plan";

export const categories = ["service", "inspection", "registration", "insurance", "permit"] as const;
export type Category = (typeof categories)[number];
export const categoryLabels: Record<Category, string> = {
  service: "Service",
  inspection: "Annual inspection",
  registration: "Registration",
  insurance: "Insurance",
  permit: "Permit",
};

/** A plan for many units. Its schedules have its plan until it is changed, and then the new one. */
export type Template = {
  id: Id<"maintenanceTemplate">;
  name: string;
  category: Category;
  /** The kind of units that it is offered for; null for any. */
  kind: AssetKind | null;
  plan: Plan;
  /** The job that is put on an order; null for one without lines. */
  cannedJobId: Id<"cannedJob"> | null;
  version: number;
};

/** A template's form as typed: miles or kilometers, hours, days or months. */
export type TemplateForm = {
  name: string;
  category: string;
  kind: string;
  distance: string;
  distanceSoon: string;
  hoursMeter: string;
  hours: string;
  hoursSoon: string;
  calendar: string;
  calendarUnit: string;
  soonDays: string;
  fixed: boolean;
  cannedJobId: string;
};

/** A tenth of the interval ahead. */
export const usualSoon = (every: number): number => every / 10;

const miles = (count: number) => count * 1_609.344;
const hours = (count: number) => count * 3_600;
const every = (meter: Meter, distance: number): MeterInterval => ({ meter, every: distance, soon: usualSoon(distance) });
const months = (count: number, soonDays: number, fixed = false): CalendarInterval => ({ every: count, unit: "month", soonDays, fixed });

/** Intervals that makers usually ask for, ready to use and to change. */
export const readyTemplates: readonly Omit<Template, "id" | "version" | "cannedJobId">[] = [
  { name: "Engine oil and filters, highway diesel", category: "service", kind: "truck", plan: plan([every("odometer", miles(25_000))], months(12, 14)) },
  { name: "Chassis grease and brake check", category: "service", kind: "truck", plan: plan([every("odometer", miles(12_500))], months(6, 14)) },
  { name: "Fuel filters", category: "service", kind: "truck", plan: plan([every("odometer", miles(50_000))], null) },
  { name: "Transmission and axle oils", category: "service", kind: "truck", plan: plan([every("odometer", miles(250_000))], months(36, 30)) },
  { name: "Coolant test and valve lash", category: "service", kind: "truck", plan: plan([every("odometer", miles(150_000))], months(24, 30)) },
  { name: "DPF cleaning", category: "service", kind: "truck", plan: plan([every("odometer", miles(200_000)), every("engine", hours(4_500))], null) },
  { name: "Trailer lights, brakes and tires", category: "service", kind: "trailer", plan: plan([], months(3, 10)) },
  { name: "Reefer unit service", category: "service", kind: "trailer", plan: plan([every("reefer", hours(1_500))], months(12, 14)) },
  { name: "Engine oil and filters, equipment", category: "service", kind: "equipment", plan: plan([every("engine", hours(500))], months(12, 14)) },
  { name: "Hydraulic oil and filters", category: "service", kind: "equipment", plan: plan([every("engine", hours(2_000))], months(24, 30)) },
  { name: "Annual DOT inspection", category: "inspection", kind: null, plan: { meters: [], calendar: months(12, 30), grace: 0 } },
  { name: "Registration", category: "registration", kind: null, plan: { meters: [], calendar: months(12, 30, true), grace: 0 } },
  { name: "Insurance", category: "insurance", kind: null, plan: { meters: [], calendar: months(12, 30, true), grace: 0 } },
  { name: "Permit", category: "permit", kind: null, plan: { meters: [], calendar: months(12, 30, true), grace: 0 } },
];

function plan(meters: readonly MeterInterval[], calendar: CalendarInterval | null): Plan {
  return { meters, calendar, grace: 10 };
}
