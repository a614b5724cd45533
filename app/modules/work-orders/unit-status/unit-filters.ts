/** What the list of units can be narrowed to; the first is what it opens with. */
export const unitFilters = {
  all: "All",
  truck: "Trucks",
  trailer: "Trailers",
  equipment: "Equipment",
  "out-of-service": "Out of service",
  archived: "Archived",
} as const;
export type UnitFilter = keyof typeof unitFilters;
export const unitFilterNames = Object.keys(unitFilters) as UnitFilter[]; // the table's own keys

export const parseUnitFilter = (text: string | null): UnitFilter => unitFilterNames.find((name) => name === text) ?? "all";
