/** Filters of the list of units; the first is the default. */
export const unitFilters = {
  all: "All",
  truck: "Trucks",
  trailer: "Trailers",
  equipment: "Equipment",
  "do-not-operate": "Do not operate",
  "maintenance-due": "Maintenance due",
  "out-of-service": "Out of service",
  archived: "Archived",
} as const;
export type UnitFilter = keyof typeof unitFilters;
export const unitFilterNames = Object.keys(unitFilters) as UnitFilter[]; // the keys of the table above

export const parseUnitFilter = (text: string | null): UnitFilter => unitFilterNames.find((name) => name === text) ?? "all";
