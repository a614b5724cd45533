import type { ScheduleState } from "./schedule-state";

export const maintenanceFilters = {
  due: { label: "Due", states: ["overdue", "due"] },
  soon: { label: "Due soon", states: ["due-soon"] },
  unknown: { label: "No reading", states: ["unknown"] },
  all: { label: "All", states: ["overdue", "due", "due-soon", "unknown", "current"] },
} as const satisfies Record<string, { label: string; states: readonly ScheduleState[] }>;
export type MaintenanceFilter = keyof typeof maintenanceFilters;
export const maintenanceFilterNames = Object.keys(maintenanceFilters) as MaintenanceFilter[]; // the keys of the table above

export const parseMaintenanceFilter = (text: string | null): MaintenanceFilter => maintenanceFilterNames.find((name) => name === text) ?? "due";
